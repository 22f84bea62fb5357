using GnMlNet.Core.Data;
using MathNet.Numerics.Statistics;

namespace GnMlNet.Core.Ensembles;

/// <summary>Finds the width of an ensemble's intervals from rows that the members that erred on them had not seen.</summary>
internal sealed class LeftOutCalibration
{
    private readonly EnsembleOptions _options;
    private readonly double _noise;
    private readonly double _constantLeverage;
    private readonly double _ratio;
    private readonly List<(double Error, double Variance, double Weight)> _errors = [];

    /// <param name="options">The options.</param>
    /// <param name="run">The training of the networks.</param>
    /// <param name="leverages">Every network's noise and its leverage at its left-out rows, or nothing where the networks have no weight.</param>
    /// <param name="keepsLeverage">Whether the networks keep their leverage.</param>
    /// <param name="block">The kernel block, or null.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="rows">The training rows, standardized.</param>
    /// <param name="counts">Their weights before those of a robust loss: a level that holds counts every row as it is.</param>
    internal LeftOutCalibration(
        EnsembleOptions options, LockstepRun run, (double NoiseVariance, double[] LeftOut)[] leverages, bool keepsLeverage, KernelBlock? block, double weight, RegressionData rows, double[] counts)
    {
        _options = options;
        double[] labels = rows.Labels(), weights = rows.Weights();
        LeftOutPredictions networks = LeftOutPredictions.OfNetworks(run.LeftOut, [.. leverages.Select(at => at.LeftOut)], labels.Length);
        LeftOutPredictions? kernel = weight > 0 ? block!.LeftOut : null;
        _noise = (weight < 1 ? (1 - weight) * leverages.Select(at => at.NoiseVariance).Median() : 0) + (weight > 0 ? weight * block!.NoiseVariance : 0);
        int[] judged = [.. Enumerable.Range(0, labels.Length).Where(j => (weight == 1 || !double.IsNaN(networks.Means[j])) && (kernel is null || !double.IsNaN(kernel.Means[j])))];
        if (weight < 1 && !keepsLeverage && judged.Length > 0) _constantLeverage = judged.Sum(j => weights[j] * networks.Variances[j]) / judged.Sum(j => weights[j]);
        double[] shares = RowGroups.WeighEachAsOne(rows.Groups(), counts, judged);
        double square = 0, ofAll = 0;
        foreach (int j in judged)
        {
            double leverage = weight == 1 ? 0 : keepsLeverage ? networks.Variances[j] : _constantLeverage;
            var mixture = new Mixture(
                weight == 1 ? 0 : networks.Means[j], leverage + networks.Spreads[j], kernel?.Means[j] ?? 0, kernel is null ? 0 : kernel.Variances[j] + kernel.Spreads[j], weight);
            double error = mixture.Mean - labels[j], ofNetworks = weight == 1 ? 0 : networks.Means[j] - labels[j];
            _errors.Add((error, mixture.Variance, shares[j]));
            square += weights[j] * error * error;
            // All networks together err less than those that left the row out; in the score they have the weight 1 - w.
            ofAll += weights[j] * ((error * error) - (Math.Pow((1 - weight) * ofNetworks, 2) * (1 - run.Errors.Ratio)));
        }

        _ratio = square > 0 ? Math.Clamp(ofAll / square, 0, 1) : 1;
    }

    /// <summary>The intervals.</summary>
    internal PredictionIntervals Calibrate()
    {
        // Half the way to the ensemble's estimated error: that estimate also chose the iteration, so it is a little too low.
        double shrink = _options.Intervals == IntervalKind.Ensemble ? Math.Sqrt((1 + _ratio) / 2) : 1;
        return IntervalCalibration.Calibrate(_options, _noise, _constantLeverage, _errors, shrink);
    }

    /// <summary>Intervals whose half width is s(x), to be calibrated on other rows.</summary>
    internal PredictionIntervals Uncalibrated() => new(_options.Intervals, _options.IntervalLevel, _noise, _constantLeverage, 1, 1);
}
