using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>A statement with its verdict and the certificates for it.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Findings">What was found on each instance.</param>
/// <param name="Duration">How long it took; for information.</param>
public sealed record Entry(StatementText Text, LedgerVerdict Verdict, IReadOnlyList<Finding> Findings, TimeSpan Duration)
{
    /// <summary>Whether the verdict is the one that the text has, with no more undecided instances than it says.</summary>
    [JsonIgnore]
    public bool IsAsExpected => Departure(countsUndecided: true) is null;

    /// <summary>What the text has and the verdict has not; null where it has all.</summary>
    /// <param name="countsUndecided">Whether undecided instances count: the text says how many there are in the quick set.</param>
    public string? Departure(bool countsUndecided) =>
        Verdict.Kind != Text.Expected ? $"{Text.Expected}"
        : countsUndecided && Verdict.Undecided > Text.ExpectedUndecided ? FormattableString.Invariant($"undecided on {Text.ExpectedUndecided} at most")
        : null;
}
