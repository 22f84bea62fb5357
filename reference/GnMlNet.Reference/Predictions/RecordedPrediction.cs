namespace GnMlNet.Reference.Predictions;

/// <summary>What an ensemble was found to predict at a row.</summary>
/// <param name="Values">What each member says, standardized.</param>
/// <param name="Variances">For each member the variance of that, or null where it does not tell.</param>
/// <param name="Score">The column Score.</param>
/// <param name="Lower">The column Lower, if there is one.</param>
/// <param name="Upper">The column Upper, if there is one.</param>
/// <param name="StandardDeviation">The column StandardDeviation, if there is one.</param>
public sealed record RecordedPrediction(double[] Values, double?[] Variances, float Score, float Lower = float.NaN, float Upper = float.NaN, float StandardDeviation = float.NaN);
