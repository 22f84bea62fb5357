namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Intervals of normalized conformal prediction (Papadopoulos et al. 2002; Lei et al. 2018): score plus and minus q s(x), where s(x)^2 is the variance of the
/// noise plus the mean leverage of the members at x, and q the quantile of |error| / s over rows that the members erred on left them out. Standardized units.
/// </summary>
/// <param name="Kind">What the width is calibrated on.</param>
/// <param name="Level">The share of rows that an interval is to hold, in (0, 1).</param>
/// <param name="NoiseVariance">The median of the members' 1/b.</param>
/// <param name="ConstantLeverage">What stands for the leverage where members are too large to keep theirs: its mean over the training rows; 0 where they keep it.</param>
/// <param name="Quantile">q; infinity where no row was left out.</param>
/// <param name="ErrorScale">The root mean square of error / s; infinity where no row was left out.</param>
public sealed record PredictionIntervals(IntervalKind Kind, double Level, double NoiseVariance, double ConstantLeverage, double Quantile, double ErrorScale)
{
    /// <summary>The interval around a score.</summary>
    /// <param name="score">The prediction in units of the label.</param>
    /// <param name="unit">The standard deviation of the label.</param>
    /// <param name="leverage">The mean leverage of the members.</param>
    internal IntervalPrediction Around(double score, double unit, double leverage)
    {
        // Without rows to calibrate on nothing is known, also of a label that never changed.
        double scale = double.IsInfinity(Quantile) ? 1 : unit * Math.Sqrt(NoiseVariance + leverage);
        double half = Quantile * scale;
        return new IntervalPrediction(score, score - half, score + half, ErrorScale * scale);
    }
}
