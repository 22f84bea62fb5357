using System.Numerics;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The mean of an ensemble's predictions after outliers were drawn in to two robust deviations from the median: no single member can spoil it. Of numbers, or of anything that is
/// added and ordered like them, such as a <see cref="OneSidedValue"/>.
/// </summary>
internal static class WinsorizedMean
{
    private const int MostOnStack = 64;

    /// <summary>The mean; NaN where a number is.</summary>
    /// <param name="values">At least one number; may be put in another order.</param>
    internal static T Of<T>(Span<T> values)
        where T : unmanaged, IAdditionOperators<T, T, T>, ISubtractionOperators<T, T, T>, IUnaryNegationOperators<T, T>, IMultiplyOperators<T, double, T>, IDivisionOperators<T, double, T>, IComparisonOperators<T, T, bool>
    {
        values.Sort();
        T median = Median<T>(values), sum = default;
        // What is not a number comes first, and is not below anything.
        if (!(values[0] <= values[^1])) return values[0];

        Span<T> distances = values.Length <= MostOnStack ? stackalloc T[MostOnStack] : new T[values.Length];
        distances = distances[..values.Length];
        for (int k = 0; k < values.Length; k++) distances[k] = values[k] < median ? -(values[k] - median) : values[k] - median;
        distances.Sort();
        T reach = Median<T>(distances) * NetworkEnsemble.MostMedianDistances, least = median - reach, greatest = median + reach;
        foreach (T value in values) sum += value < least ? least : value > greatest ? greatest : value;
        return sum / values.Length;
    }

    private static T Median<T>(ReadOnlySpan<T> sorted)
        where T : IAdditionOperators<T, T, T>, IDivisionOperators<T, double, T> => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
