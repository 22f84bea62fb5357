namespace GnMlNet.Core.Data;

/// <summary>The median of numbers of which each counts as often as its weight says.</summary>
internal static class WeightedMedian
{
    // The median of |z| of a standard normal number.
    private const double NormalMedian = 0.6744897501960817;

    /// <summary>A robust scale: 1.4826 times the median of the magnitudes, which is the standard deviation of normal numbers around zero.</summary>
    /// <param name="residuals">At least one number.</param>
    /// <param name="weights">Their weights, positive.</param>
    internal static double Deviation(IEnumerable<double> residuals, double[] weights) => Of([.. residuals.Select(Math.Abs)], weights) / NormalMedian;

    /// <summary>The least number such that it and the smaller ones have at least half of the weight; where they have exactly half, the mean of it and the next one.</summary>
    /// <param name="values">At least one number.</param>
    /// <param name="weights">Their weights, positive.</param>
    internal static double Of(double[] values, double[] weights)
    {
        double[] sorted = [.. values], sortedWeights = [.. weights];
        Array.Sort(sorted, sortedWeights);
        double half = sortedWeights.Sum() / 2, sum = 0;
        for (int j = 0; j < sorted.Length; j++)
        {
            sum += sortedWeights[j];
            if (sum > half) return sorted[j];
            if (sum == half) return (sorted[j] / 2) + (sorted[Math.Min(j + 1, sorted.Length - 1)] / 2);
        }

        return sorted[^1];
    }
}
