using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Cluster.Work;

/// <summary>
/// The one order in which the vectors of the parts of a table are added: node(lo, hi) is the vector of part lo where hi - lo = 1, and else
/// node(lo, mid) + node(mid, hi), where mid - lo is the largest power of two below hi - lo. Whoever adds in it gets the same bits, however the work is spread.
/// </summary>
public static class SumTree
{
    /// <summary>The vectors of the parts [first, end), added in the order of the tree.</summary>
    /// <param name="first">The first part, at least 0.</param>
    /// <param name="end">The number behind the last part, above <paramref name="first"/>.</param>
    /// <param name="part">Makes the vector of a part, all of the same length, each an array of its own: some are added to. Asked once for each part, in order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no part.</exception>
    /// <exception cref="ArgumentException">Vectors differ in length.</exception>
    public static double[] Sum(int first, int end, Func<int, double[]> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, end);
        if (end - first == 1) return part(first);
        int middle = Middle(first, end);
        double[] sum = Sum(first, middle, part);
        Add(Sum(middle, end, part), sum);
        return sum;
    }

    /// <summary>Where the node of the parts [first, end), at least two, is split.</summary>
    internal static int Middle(int first, int end) => Core.Streaming.PartTree.Middle(first, end);

    /// <summary>The largest nodes of the tree over [0, parts) that make up a range, in order.</summary>
    internal static IReadOnlyList<PartRange> Nodes(int parts, PartRange range) =>
        [.. Core.Streaming.PartTree.NodesWithin(parts, range.First, range.End).Select(node => new PartRange(node.Lo, node.Hi))];

    /// <summary>The sum over [0, parts), finished from those of nodes that make up all of it.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="nodes">The vectors of these nodes.</param>
    /// <param name="sum">Where the sum goes.</param>
    internal static void Finish(int parts, IReadOnlyDictionary<PartRange, IVector> nodes, Span<double> sum) => Finish(new PartRange(0, parts), nodes, sum);

    private static void Finish(PartRange range, IReadOnlyDictionary<PartRange, IVector> nodes, Span<double> sum)
    {
        if (nodes.TryGetValue(range, out IVector? vector))
        {
            vector.Numbers.CopyTo(sum);
            return;
        }

        int middle = Middle(range.First, range.End);
        Finish(range with { End = middle }, nodes, sum);
        PartRange right = range with { First = middle };
        if (nodes.TryGetValue(right, out vector))
        {
            Add(vector.Numbers, sum);
            return;
        }

        double[] rest = new double[sum.Length];
        Finish(right, nodes, rest);
        Add(rest, sum);
    }

    private static void Add(ReadOnlySpan<double> more, Span<double> sum)
    {
        if (more.Length != sum.Length) throw new ArgumentException($"The vectors of all parts must have the same length; there are some of {sum.Length} and some of {more.Length}.");
        // Once x, with one rounding, is x + y.
        Vectors.AddScaled(more, 1, sum);
    }
}
