namespace GnMlNet.Core.Insight;

/// <summary>Partial dependence on two columns, in the units of the label.</summary>
/// <param name="FirstGrid">The values of the first column, rising.</param>
/// <param name="SecondGrid">The values of the second column, rising.</param>
/// <param name="Values">The mean prediction with both set, for each value of the first column one for each of the second.</param>
/// <param name="Deviations">The standard deviation of each because the model is uncertain, as of an <see cref="EffectCurve"/>.</param>
public sealed record EffectSurface(IReadOnlyList<double> FirstGrid, IReadOnlyList<double> SecondGrid, IReadOnlyList<IReadOnlyList<double>> Values, IReadOnlyList<IReadOnlyList<double>> Deviations);
