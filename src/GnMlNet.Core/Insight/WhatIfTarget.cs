namespace GnMlNet.Core.Insight;

/// <summary>What a score is to become, in the units of the label: a value, or anything within a range.</summary>
/// <param name="Least">The least that will do; minus infinity for no end.</param>
/// <param name="Greatest">The greatest that will do, at least <paramref name="Least"/>; infinity for no end.</param>
public readonly record struct WhatIfTarget(double Least, double Greatest)
{
    /// <summary>A single value.</summary>
    /// <param name="value">The value, finite.</param>
    public static WhatIfTarget Value(double value) => new(value, value);

    /// <summary>What of the target is nearest to a score.</summary>
    internal double NearestTo(double score) => Math.Clamp(score, Least, Greatest);

    /// <summary>How far a score is from the target; 0 within.</summary>
    internal double Distance(double score) => Math.Abs(score - NearestTo(score));
}
