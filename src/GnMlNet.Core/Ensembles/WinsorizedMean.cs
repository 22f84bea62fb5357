namespace GnMlNet.Core.Ensembles;

/// <summary>The mean of an ensemble's predictions after outliers were drawn in to two robust deviations from the median: no single member can spoil it.</summary>
internal static class WinsorizedMean
{
    /// <summary>The mean; NaN where a number is.</summary>
    /// <param name="values">At least one number; may be put in another order.</param>
    internal static double Of(Span<double> values)
    {
        values.Sort();
        double median = Median(values), sum = 0;
        if (double.IsNaN(values[0])) return double.NaN;

        Span<double> distances = stackalloc double[0];
        distances = values.Length <= 64 ? stackalloc double[values.Length] : new double[values.Length];
        for (int k = 0; k < values.Length; k++) distances[k] = Math.Abs(values[k] - median);
        distances.Sort();
        double reach = NetworkEnsemble.MostMedianDistances * Median(distances);
        foreach (double value in values) sum += Math.Clamp(value, median - reach, median + reach);
        return sum / values.Length;
    }

    private static double Median(ReadOnlySpan<double> sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
