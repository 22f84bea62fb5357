namespace GnMlNet.Reference.Predictions;

/// <summary>How wide intervals are: score plus and minus q s, s² the variance of the noise and of the ensemble, standardized.</summary>
/// <param name="NoiseVariance">The variance of the noise.</param>
/// <param name="ConstantLeverage">What is added to the variance of the networks.</param>
/// <param name="Quantile">q; infinity where nothing is known.</param>
/// <param name="ErrorScale">What s is multiplied by to a standard deviation; infinity where nothing is known.</param>
public sealed record RecordedIntervals(double NoiseVariance, double ConstantLeverage, double Quantile, double ErrorScale);
