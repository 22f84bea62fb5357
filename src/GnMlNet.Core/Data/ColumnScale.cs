namespace GnMlNet.Core.Data;

/// <summary>
/// Weighted mean and standard deviation of one column: z = (x - Mean) / Deviation.
/// A constant column has Deviation 0 and standardizes to 0, so that it never influences a prediction.
/// </summary>
/// <param name="Mean">The weighted mean.</param>
/// <param name="Deviation">The weighted standard deviation (divisor: the sum of weights), or 0 for a constant column.</param>
public readonly record struct ColumnScale(double Mean, double Deviation)
{
    // Below this the quotient of a weight and the deviation could overflow.
    internal const double SmallestRange = 1e-250;

    /// <summary>The column's standardized value.</summary>
    public double Standardize(double value) => Deviation == 0 ? 0 : (value - Mean) / Deviation;

    /// <summary>
    /// Measures a column. Values are first mapped to [-1, 1] by their range, so that neither huge nor tiny numbers overflow or vanish.
    /// </summary>
    /// <param name="values">The column.</param>
    /// <param name="weights">The weights of its rows.</param>
    internal static ColumnScale Measure(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        foreach (double value in values)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        double center = (least / 2) + (greatest / 2);
        double halfRange = (greatest / 2) - (least / 2);
        if (halfRange < SmallestRange) return new ColumnScale(least, 0);

        double sum = 0, total = 0;
        for (int j = 0; j < values.Length; j++)
        {
            sum += weights[j] * ((values[j] - center) / halfRange);
            total += weights[j];
        }

        double mean = sum / total, square = 0;
        for (int j = 0; j < values.Length; j++)
        {
            double difference = ((values[j] - center) / halfRange) - mean;
            square += weights[j] * difference * difference;
        }

        // Weights of widely different sizes can hide the only row that differs.
        double deviation = halfRange * Math.Sqrt(square / total);
        return new ColumnScale(center + (halfRange * mean), deviation < SmallestRange ? 0 : deviation);
    }
}
