namespace GnMlNet.Core.Insight;

/// <summary>Rows in an order that is their own, so that nothing depends on the order in which they were given.</summary>
internal static class SortedRows
{
    /// <summary>As many rows as asked for, evenly from all of them in the order of their numbers.</summary>
    internal static double[][] Take(IReadOnlyList<double[]> rows, int most)
    {
        double[][] sorted = [.. rows];
        Array.Sort(sorted, (left, right) => left.AsSpan().SequenceCompareTo(right));
        return sorted.Length <= most ? sorted : [.. Enumerable.Range(0, most).Select(j => sorted[(int)(((2L * j) + 1) * sorted.Length / (2L * most))])];
    }

    /// <summary>A copy of a row with another value in a column.</summary>
    internal static double[] With(this double[] row, int column, double value)
    {
        double[] changed = [.. row];
        changed[column] = value;
        return changed;
    }
}
