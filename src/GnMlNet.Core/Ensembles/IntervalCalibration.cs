using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Ensembles;

/// <summary>Finds the width of prediction intervals from the rows that members left out.</summary>
internal static class IntervalCalibration
{
    // Beyond this many bytes for all members the leverage is not kept, and intervals are equally wide everywhere.
    private const double MostLeverageBytes = 1 << 26;

    /// <summary>Whether members of this size keep their leverage.</summary>
    internal static bool KeepsLeverage(int members, long parameters) => members * (double)PackedTriangle<float>.Length(parameters) * sizeof(float) <= MostLeverageBytes;

    /// <summary>Calibrates intervals.</summary>
    /// <param name="options">The kind and the level.</param>
    /// <param name="noise">The variance of the noise.</param>
    /// <param name="constantLeverage">What stands for the networks' leverage where they do not keep it.</param>
    /// <param name="errors">Errors on rows that were not seen, with the variance of the ensemble there and the weight of the row.</param>
    /// <param name="shrink">By how much the error of the whole ensemble is smaller than that of the members that erred, as a factor.</param>
    internal static PredictionIntervals Calibrate(
        EnsembleOptions options, double noise, double constantLeverage, IReadOnlyList<(double Error, double Variance, double Weight)> errors, double shrink)
    {
        (double Ratio, double Weight)[] ratios = [.. errors.Select(at => (at.Error == 0 ? 0 : Math.Abs(at.Error) / Math.Sqrt(noise + at.Variance), at.Weight))];
        double rootMeanSquare = ratios.Length == 0 ? double.PositiveInfinity : Math.Sqrt(ratios.Sum(at => at.Weight * at.Ratio * at.Ratio) / ratios.Sum(at => at.Weight));
        return new PredictionIntervals(options.Intervals, options.IntervalLevel, noise, constantLeverage, shrink * ConformalQuantile(ratios, options.IntervalLevel), shrink * rootMeanSquare);
    }

    /// <summary>
    /// The conformal quantile: the least ratio such that it and the smaller ones have the weight level (W + 1), W the weight of all; infinity where
    /// W is less than level / (1 - level), too few for the level.
    /// </summary>
    internal static double ConformalQuantile((double Ratio, double Weight)[] ratios, double level)
    {
        if (ratios.Length == 0) return double.PositiveInfinity;
        Array.Sort(ratios, (one, other) => one.Ratio.CompareTo(other.Ratio));
        double needed = level * (ratios.Sum(at => at.Weight) + 1), sum = 0;
        foreach ((double ratio, double weight) in ratios)
        {
            sum += weight;
            // Weights that are whole numbers count exactly; sums of others are compared up to their rounding.
            if (sum >= needed * (1 - 1e-12)) return ratio;
        }

        return double.PositiveInfinity;
    }
}
