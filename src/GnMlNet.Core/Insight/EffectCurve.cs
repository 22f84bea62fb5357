namespace GnMlNet.Core.Insight;

/// <summary>A curve over the grid of a column, in the units of the label.</summary>
/// <param name="Values">One for each place of the grid.</param>
/// <param name="Deviations">
/// The standard deviation of each value because the model is uncertain: what its members disagree about, and what each leaves open. It says nothing of the noise of labels, of rows other than these, nor of causes. NaN where the
/// model does not tell.
/// </param>
public sealed record EffectCurve(IReadOnlyList<double> Values, IReadOnlyList<double> Deviations);
