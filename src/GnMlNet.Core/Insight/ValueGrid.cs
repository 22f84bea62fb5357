namespace GnMlNet.Core.Insight;

/// <summary>The values of a column that effects are computed at.</summary>
internal static class ValueGrid
{
    /// <summary>Quantiles of the numbers that are there, each one of the numbers, rising and different; all of them where there are no more than places; all levels that occur.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="at">The place of the column.</param>
    /// <param name="steps">The steps between quantiles.</param>
    internal static double[] Of(ExplainedColumn column, double[][] rows, int at, int steps)
    {
        double[] sorted = [.. rows.Select(row => row[at]).Where(value => !double.IsNaN(value)).Order()], different = [.. sorted.Distinct()];
        if (!column.IsNumeric || different.Length <= steps + 1) return different;
        // The least number that at least the share of the rows does not exceed.
        return [.. Enumerable.Range(0, steps + 1).Select(k => sorted[Math.Max(0, (int)Math.Ceiling((double)k * sorted.Length / steps) - 1)]).Distinct()];
    }

    /// <summary>The step that a value lies in: that which ends at the first place not below it; the least value lies in the first step that there is.</summary>
    /// <returns>The place at which the step ends, counted from 0.</returns>
    internal static int StepOf(double[] grid, double value)
    {
        int place = Array.BinarySearch(grid, value);
        return Math.Clamp(place < 0 ? ~place : place, Math.Min(1, grid.Length - 1), grid.Length - 1);
    }
}
