using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// The one order in which the sums of parts are added: a binary tree over their numbers. A node of the parts from lo to hi - 1 is the sum of the node of the first of them, as many as the greatest power of two
/// below their number, and the node of the others. Whoever holds some parts in a row can make the nodes that lie in them, and whoever has these can finish.
/// </summary>
internal static class PartTree
{
    /// <summary>Where a node of several parts is cut in two.</summary>
    internal static int Middle(int lo, int hi) => lo + (1 << (31 - int.LeadingZeroCount(hi - lo - 1)));

    /// <summary>The node of some parts.</summary>
    /// <param name="lo">The first part.</param>
    /// <param name="hi">The part behind the last; greater than <paramref name="lo"/>.</param>
    /// <param name="leaf">The sum of one part, or of parts that form a node which is known already; null where there is nothing in it. Asked in the order of parts.</param>
    /// <param name="isLeaf">Whether a node is asked for as a whole.</param>
    /// <param name="giveBack">Told of sums that are no longer needed, or null.</param>
    /// <returns>The sum, or null where there is nothing in it.</returns>
    internal static double[]? Sum(int lo, int hi, Func<int, int, double[]?> leaf, Func<int, int, bool> isLeaf, Action<double[]>? giveBack = null)
    {
        if (hi - lo == 1 || isLeaf(lo, hi)) return leaf(lo, hi);
        int middle = Middle(lo, hi);
        double[]? left = Sum(lo, middle, leaf, isLeaf, giveBack), right = Sum(middle, hi, leaf, isLeaf, giveBack);
        if (left is null) return right;
        if (right is null) return left;
        Vectors.AddScaled(right, 1, left);
        giveBack?.Invoke(right);
        return left;
    }

    /// <summary>The greatest nodes of a tree over all parts that lie within some of them, in order.</summary>
    /// <param name="count">How many parts there are in all.</param>
    /// <param name="first">The first part that is held.</param>
    /// <param name="end">The part behind the last that is held.</param>
    internal static IEnumerable<(int Lo, int Hi)> NodesWithin(int count, int first, int end) => Within(0, count, first, end);

    private static IEnumerable<(int Lo, int Hi)> Within(int lo, int hi, int first, int end)
    {
        if (hi <= first || end <= lo) return [];
        if (first <= lo && hi <= end) return [(lo, hi)];
        int middle = Middle(lo, hi);
        return Within(lo, middle, first, end).Concat(Within(middle, hi, first, end));
    }
}
