using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>The verdict on a statement, from the findings on its instances.</summary>
/// <param name="Kind">What the ledger says.</param>
/// <param name="Instances">On how many instances the conclusions, or the consequence, are proved.</param>
/// <param name="Undecided">On how many the enclosures did not suffice.</param>
/// <param name="NotApplicable">On how many a hypothesis is proved false.</param>
/// <param name="Reach">How far along a flow or an iteration the conclusions are proved: the least of all instances where they are.</param>
/// <param name="RefutedBy">The instance that refutes it.</param>
public sealed record LedgerVerdict(
    [property: JsonConverter(typeof(JsonStringEnumConverter<VerdictKind>))] VerdictKind Kind, int Instances, int Undecided, int NotApplicable, Reach? Reach, string? RefutedBy)
{
    /// <summary>The verdict that findings support: one that refutes suffices, one that is undecided counts as that and excuses nothing else.</summary>
    internal static LedgerVerdict From(StatementKind kind, IReadOnlyList<Finding> findings)
    {
        int Count(FindingVerdict verdict) => findings.Count(finding => finding.Verdict == verdict);
        int proved = Count(FindingVerdict.Proved);
        Finding? refuted = findings.FirstOrDefault(finding => finding.Verdict == FindingVerdict.Refuted);
        Reach[] reaches = [.. findings.Where(finding => finding.Verdict == FindingVerdict.Proved).Select(finding => finding.Reach).OfType<Reach>()];
        VerdictKind verdict = refuted is not null ? VerdictKind.Refuted : proved == 0 ? VerdictKind.Undecided : kind switch
        {
            StatementKind.Checkable => VerdictKind.ProvedOnInstances,
            StatementKind.WithoutInstance => VerdictKind.Vacuous,
            _ => VerdictKind.NotDecidableByComputation,
        };
        return new(verdict, proved, Count(FindingVerdict.Undecided), Count(FindingVerdict.NotApplicable), reaches.Length == 0 ? null : reaches.MinBy(reach => reach.Until), refuted?.Instance);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string on = $"on {Instances} instances{(Reach is { } reach ? $" up to {reach}" : "")}";
        return (Kind switch
        {
            VerdictKind.ProvedOnInstances => $"proved {on}",
            VerdictKind.Refuted => $"refuted by {RefutedBy}",
            VerdictKind.Vacuous => "vacuous",
            VerdictKind.NotDecidableByComputation => $"not decidable by computation; its consequence is proved {on}",
            _ => "undecided",
        })
            + (Undecided > 0 && Kind != VerdictKind.Undecided ? $"; undecided on {Undecided}" : "")
            + (NotApplicable > 0 ? $"; hypotheses not met by {NotApplicable}" : "");
    }
}
