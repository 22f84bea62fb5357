namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Intervals of normalized conformal prediction (Papadopoulos et al. 2002; Lei et al. 2018): score plus and minus q s(x), where s(x)^2 is the variance of the noise plus that of the
/// ensemble as a <see cref="Mixture"/> at x, and q the quantile of |error| / s over rows that the ensemble or the members that erred on them had not seen. Standardized units.
/// </summary>
/// <param name="Kind">What the width is calibrated on.</param>
/// <param name="Level">The share of rows that an interval is to hold, in (0, 1).</param>
/// <param name="NoiseVariance">The variance of the noise: the median of the networks' 1/b and that of the block's sigma^2, weighed like the two.</param>
/// <param name="ConstantLeverage">What stands for the leverage where networks are too large to keep theirs: its mean over the training rows; 0 where they keep it.</param>
/// <param name="Quantile">q; infinity where too few rows were there for the level.</param>
/// <param name="ErrorScale">The root mean square of error / s; infinity where there was no row.</param>
public sealed record PredictionIntervals(IntervalKind Kind, double Level, double NoiseVariance, double ConstantLeverage, double Quantile, double ErrorScale)
{
    /// <summary>The interval around a score.</summary>
    /// <param name="score">The prediction in units of the label.</param>
    /// <param name="unit">The standard deviation of the label.</param>
    /// <param name="variance">The variance of the ensemble.</param>
    /// <param name="unlimited">What the score would be if it were not limited by the range of the labels, standardized: beyond that range the interval is open.</param>
    /// <param name="range">The range.</param>
    internal IntervalPrediction Around(double score, double unit, double variance, double unlimited, LabelRange range)
    {
        // Without rows to calibrate on nothing is known, also of a label that never changed.
        double scale = unit * Math.Sqrt(NoiseVariance + variance);
        double half = double.IsInfinity(Quantile) ? double.PositiveInfinity : Quantile * scale;
        // A label that never changed has no range that a prediction could lie beyond.
        bool isRanged = unit > 0;
        return new IntervalPrediction(
            score,
            isRanged && unlimited < range.Least ? double.NegativeInfinity : score - half,
            isRanged && unlimited > range.Greatest ? double.PositiveInfinity : score + half,
            double.IsInfinity(ErrorScale) ? double.PositiveInfinity : ErrorScale * scale);
    }
}
