namespace PredictionService;

/// <summary>What a caller gets, in MPa. An end of the interval that is open, where the score is cut off at the range of the labels, is null: JSON has no infinity.</summary>
public sealed record Estimate(float Strength, float? Lower, float? Upper)
{
    internal static Estimate Of(Strength strength) => new(strength.Score, Finite(strength.Lower), Finite(strength.Upper));

    private static float? Finite(float end) => float.IsFinite(end) ? end : null;
}
