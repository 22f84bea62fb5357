using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>The verdict on a statement, from the findings on its instances.</summary>
/// <param name="Kind">What the ledger says.</param>
/// <param name="Instances">On how many instances the conclusions, or the consequence, are proved.</param>
/// <param name="RefutedBy">The instance that refutes it.</param>
public sealed record LedgerVerdict([property: JsonConverter(typeof(JsonStringEnumConverter<VerdictKind>))] VerdictKind Kind, int Instances, string? RefutedBy)
{
    /// <summary>The verdict that findings support.</summary>
    internal static LedgerVerdict From(StatementKind kind, IReadOnlyList<Finding> findings)
    {
        int proved = findings.Count(finding => finding.Verdict == Verdict.Proved);
        if (findings.FirstOrDefault(finding => finding.Verdict == Verdict.Refuted) is { } refuted) return new(VerdictKind.Refuted, proved, refuted.Instance);
        if (proved == 0 || proved < findings.Count) return new(VerdictKind.Undecided, proved, null);
        return new(
            kind switch
            {
                StatementKind.Checkable => VerdictKind.ProvedOnInstances,
                StatementKind.WithoutInstance => VerdictKind.Vacuous,
                _ => VerdictKind.NotDecidableByComputation,
            },
            proved,
            null);
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        VerdictKind.ProvedOnInstances => $"proved on {Instances} instances",
        VerdictKind.Refuted => $"refuted by {RefutedBy}",
        VerdictKind.Vacuous => "vacuous",
        VerdictKind.NotDecidableByComputation => $"not decidable by computation; its consequence is proved on {Instances} instances",
        _ => "undecided",
    };
}
