using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace GnMlNet.Core.Ensembles;

/// <summary>Finds the width of prediction intervals from the rows that members left out.</summary>
internal static class IntervalCalibration
{
    // Beyond this many bytes for all members the leverage is not kept, and intervals are equally wide everywhere.
    private const double MostLeverageBytes = 1 << 26;

    /// <summary>Whether members of this size keep their leverage.</summary>
    internal static bool KeepsLeverage(int members, long parameters) => members * (double)PackedTriangle.Length(parameters) * sizeof(float) <= MostLeverageBytes;

    /// <summary>Calibrates the intervals of an ensemble.</summary>
    /// <param name="options">The kind and the level.</param>
    /// <param name="noiseVariances">1/b of every member.</param>
    /// <param name="leverages">Every member's leverage at its left-out rows.</param>
    /// <param name="keepsLeverage">Whether the members keep their leverage.</param>
    /// <param name="leftOut">Every member's left-out rows and its predictions for them.</param>
    /// <param name="errors">What the left-out rows say about the ensemble.</param>
    /// <param name="labels">The labels of all rows.</param>
    /// <param name="weights">The weights of all rows.</param>
    internal static PredictionIntervals Calibrate(
        EnsembleOptions options,
        double[] noiseVariances,
        double[][] leverages,
        bool keepsLeverage,
        IReadOnlyList<(int[] Rows, double[] Predictions)> leftOut,
        LeftOutErrors errors,
        double[] labels,
        double[] weights)
    {
        double noise = noiseVariances.Median();
        var rows = MeansOverMembers(leverages, leftOut, labels.Length);
        double constant = keepsLeverage || rows.Count == 0 ? 0 : rows.Sum(row => weights[row.Row] * row.Leverage) / rows.Sum(row => weights[row.Row]);
        (double Ratio, double Weight)[] ratios =
            [.. rows.Select(row => (Math.Abs(row.Prediction - labels[row.Row]) / Math.Sqrt(noise + (keepsLeverage ? row.Leverage : constant)), weights[row.Row]))];
        // Half the way to the ensemble's estimated error: that estimate also chose the iteration, so it is a little too low.
        double shrink = options.Intervals == IntervalKind.Ensemble ? Math.Sqrt((1 + errors.Ratio) / 2) : 1;
        double rootMeanSquare = ratios.Length == 0 ? double.PositiveInfinity : Math.Sqrt(ratios.Sum(at => at.Weight * at.Ratio * at.Ratio) / ratios.Sum(at => at.Weight));
        return new PredictionIntervals(options.Intervals, options.IntervalLevel, noise, constant, shrink * ConformalQuantile(ratios, options.IntervalLevel), shrink * rootMeanSquare);
    }

    /// <summary>
    /// The conformal quantile: the least ratio such that it and the smaller ones have the weight level (W + 1), W the weight of all; the greatest ratio where
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

        return ratios[^1].Ratio;
    }

    private static List<(int Row, double Prediction, double Leverage)> MeansOverMembers(double[][] leverages, IReadOnlyList<(int[] Rows, double[] Predictions)> leftOut, int rowCount)
    {
        var sums = new (int Count, double Prediction, double Leverage)[rowCount];
        for (int k = 0; k < leftOut.Count; k++)
        {
            (int[] rows, double[] predictions) = leftOut[k];
            for (int j = 0; j < rows.Length; j++)
            {
                ref (int Count, double Prediction, double Leverage) sum = ref sums[rows[j]];
                sum = (sum.Count + 1, sum.Prediction + predictions[j], sum.Leverage + leverages[k][j]);
            }
        }

        return [.. sums.Index().Where(row => row.Item.Count > 0).Select(row => (row.Index, row.Item.Prediction / row.Item.Count, row.Item.Leverage / row.Item.Count))];
    }
}
