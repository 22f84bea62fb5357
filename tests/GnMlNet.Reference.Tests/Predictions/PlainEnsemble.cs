using GnMlNet.Reference.Predictions;

namespace GnMlNet.Reference.Tests.Predictions;

/// <summary>What members come to, by plain loops in double.</summary>
internal static class PlainEnsemble
{
    public static RecordedPrediction Predict(RecordedEnsemble ensemble, double[] values, double?[] variances)
    {
        double[] limited = [.. values.Select(value => Math.Clamp(value, ensemble.RangeLeast, ensemble.RangeGreatest))];
        int networks = ensemble.Networks;
        double w = ensemble.KernelWeight, ofNetworks = Mean(limited[..networks]), ofKernel = Mean(limited[networks..]);
        double score = Bounded(ensemble.LabelMean + (ensemble.LabelDeviation * (((1 - w) * ofNetworks) + (w * ofKernel))));
        double unlimited = ((1 - w) * Mean(values[..networks])) + (w * Mean(values[networks..]));
        RecordedIntervals intervals = ensemble.Intervals!;
        double variance = ((1 - w) * (Average(variances[..networks]) + Spread(limited[..networks]) + intervals.ConstantLeverage)) + (w * (Average(variances[networks..]) + Spread(limited[networks..])))
            + (w * (1 - w) * (ofNetworks - ofKernel) * (ofNetworks - ofKernel));
        double scale = ensemble.LabelDeviation * Math.Sqrt(intervals.NoiseVariance + variance), half = double.IsInfinity(intervals.Quantile) ? intervals.Quantile : intervals.Quantile * scale;
        bool isRanged = ensemble.LabelDeviation > 0;
        return new RecordedPrediction(
            values,
            variances,
            (float)score,
            (float)Bounded(isRanged && unlimited < ensemble.RangeLeast ? double.NegativeInfinity : score - half),
            (float)Bounded(isRanged && unlimited > ensemble.RangeGreatest ? double.PositiveInfinity : score + half),
            (float)(double.IsInfinity(intervals.ErrorScale) ? intervals.ErrorScale : intervals.ErrorScale * scale));

        double Bounded(double value) => Math.Clamp(value, ensemble.LowerBound, ensemble.UpperBound);

        double Mean(double[] of)
        {
            if (of.Length == 0) return 0;
            if (ensemble.HasPlainMeans) return of.Average();
            double median = Median(of), reach = 2 * 1.4826 * Median([.. of.Select(value => Math.Abs(value - median))]);
            return of.Average(value => Math.Clamp(value, median - reach, median + reach));
        }
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Average(double?[] variances) => variances.OfType<double>().DefaultIfEmpty(0).Average();

    private static double Spread(double[] values) => values.Length < 2 ? 0 : values.Average(value => (value - values.Average()) * (value - values.Average()));
}
