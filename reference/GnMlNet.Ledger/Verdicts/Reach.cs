using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>How far along a flow or an iteration a conclusion about every time or every step is compared.</summary>
/// <param name="Kind">Times or steps.</param>
/// <param name="Until">The last time, rounded towards 0 to 12 bits, or the last step.</param>
public readonly record struct Reach([property: JsonConverter(typeof(JsonStringEnumConverter<ReachKind>))] ReachKind Kind, Dyadic Until)
{
    private const int Bits = 12;

    /// <summary>Up to a step.</summary>
    internal static Reach UpToStep(int step) => new(ReachKind.Step, step);

    /// <summary>Up to a time.</summary>
    internal static Reach UpToTime(Real time) => new(ReachKind.Time, time.Ball.Lower.Truncate(Bits));

    /// <inheritdoc/>
    public override string ToString() => $"{(Kind == ReachKind.Time ? "t" : "k")} = {DecimalText.Of(Until)}";
}
