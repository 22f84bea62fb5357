using GnMlNet.Core.Data;

namespace GnMlNet.Core.Ensembles;

/// <summary>Finds the width of a finished ensemble's intervals from rows that nothing of it has seen: split conformal prediction.</summary>
internal static class HeldOutCalibration
{
    /// <summary>The intervals.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="uncalibrated">Intervals whose half width is s(x).</param>
    /// <param name="rows">The rows, in the units of the data.</param>
    /// <param name="options">The kind and the level.</param>
    internal static PredictionIntervals Calibrate(NetworkEnsemble ensemble, PredictionIntervals uncalibrated, RegressionData rows, EnsembleOptions options)
    {
        NetworkEnsemble measure = ensemble.WithIntervals(uncalibrated);
        double unit = ensemble.Label.Deviation;
        double[] labels = rows.Labels(), weights = RowGroups.WeighEachAsOne(rows.Groups(), rows.Weights(), [.. Enumerable.Range(0, rows.RowCount)]);
        var errors = new List<(double Error, double Variance, double Weight)>();
        int row = 0;
        foreach (double[] features in rows.Inputs().Chunk(rows.InputSize))
        {
            IntervalPrediction at = measure.PredictInterval(features);
            // The root mean square error to expect, uncalibrated, is s(x) in the units of the label.
            double scale = at.StandardDeviation / unit, error = (labels[row] - at.Score) / unit;
            // An end that is open holds the label on its side whatever the quantile.
            if ((error > 0 && double.IsPositiveInfinity(at.Upper)) || (error < 0 && double.IsNegativeInfinity(at.Lower))) error = 0;
            errors.Add((unit == 0 ? (labels[row] == at.Score ? 0 : double.PositiveInfinity) : error, unit == 0 ? 0 : (scale * scale) - uncalibrated.NoiseVariance, weights[row]));
            row++;
        }

        return IntervalCalibration.Calibrate(options, uncalibrated.NoiseVariance, uncalibrated.ConstantLeverage, errors, shrink: 1);
    }
}
