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
    public bool IsAsExpected => Verdict.Kind == Text.Expected && Verdict.Undecided <= Text.ExpectedUndecided;
}
