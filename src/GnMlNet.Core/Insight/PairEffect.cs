namespace GnMlNet.Core.Insight;

/// <summary>What predictions do along two columns together.</summary>
/// <param name="First">One column, counted from 0.</param>
/// <param name="Second">The other.</param>
/// <param name="FirstName">What the one is called.</param>
/// <param name="SecondName">What the other is called.</param>
/// <param name="Interaction">H, Friedman and Popescu's statistic: 0 where the effect of both is the sum of two effects, 1 where neither alone has any; in [0, 1] but for rounding.</param>
/// <param name="Strength">The root mean square of what the joint effect is beyond the sum of two, over the rows, in the units of the label: the numerator of H.</param>
/// <param name="Surface">The joint partial dependence; null where the pair is not among the strongest.</param>
public sealed record PairEffect(int First, int Second, string FirstName, string SecondName, double Interaction, double Strength, EffectSurface? Surface);
