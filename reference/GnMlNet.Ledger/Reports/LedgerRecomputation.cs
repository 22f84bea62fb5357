using GnMlNet.Ledger.Decisions;

namespace GnMlNet.Ledger.Reports;

/// <summary>
/// An entry of a file, compared with the statement decided anew: the same instances, hypotheses and conclusions, and every ball of the file contains the one that comes out now, which
/// contains the number itself.
/// </summary>
public static class LedgerRecomputation
{
    /// <summary>Decides the statement of an entry again and compares.</summary>
    /// <param name="recorded">The entry of a file.</param>
    /// <param name="scope">What it was decided with.</param>
    /// <returns>Proved where all that it claims follows; refuted where it claims something else than the statement, or a number that is none; undecided where balls only overlap.</returns>
    public static (Verdict Verdict, string Reason) Check(Entry recorded, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Compare(recorded, Ledger.Statements.Single(statement => statement.Text.Label == recorded.Text.Label).Decide(scope));
    }

    /// <summary>Compares an entry of a file with one that was decided anew.</summary>
    public static (Verdict Verdict, string Reason) Compare(Entry recorded, Entry decided)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(decided);
        if (recorded.Findings.Count != decided.Findings.Count)
            return (Verdict.Refuted, FormattableString.Invariant($"the statement is decided on {decided.Findings.Count} instances, not on {recorded.Findings.Count}"));
        (Verdict Verdict, string Reason)[] outcomes = [.. recorded.Findings.Zip(decided.Findings, Compare)];
        foreach (Verdict worse in (Verdict[])[Verdict.Refuted, Verdict.Undecided])
        {
            if (Array.Find(outcomes, outcome => outcome.Verdict == worse) is { Reason: not null } found) return found;
        }

        return recorded.Verdict == decided.Verdict ? (Verdict.Proved, recorded.Verdict.ToString()) : (Verdict.Refuted, $"the verdict is: {decided.Verdict}");
    }

    private static (Verdict Verdict, string Reason) Compare(Finding recorded, Finding decided)
    {
        if (recorded.Instance != decided.Instance) return (Verdict.Refuted, $"'{recorded.Instance}' where the statement is decided on '{decided.Instance}'");
        string at = $"on {recorded.Instance}";
        if (recorded.Bits != decided.Bits) return (Verdict.Refuted, FormattableString.Invariant($"{at}: {recorded.Bits} bits where it takes {decided.Bits}"));
        if (recorded.Reach != decided.Reach) return (Verdict.Refuted, $"{at}: the conclusions are compared up to {decided.Reach}");
        Verdict verdict = Verdict.Proved;
        string reason = "";
        foreach ((string role, IReadOnlyList<Claim> claimed, IReadOnlyList<Claim> found) in new[]
        {
            ("hypotheses", recorded.Hypotheses, decided.Hypotheses), ("premises", recorded.Premises, decided.Premises), ("conclusions", recorded.Conclusions, decided.Conclusions),
        })
        {
            if (!claimed.Select(Meaning).SequenceEqual(found.Select(Meaning))) return (Verdict.Refuted, $"{at}: the {role} are not those of the statement");
            foreach ((Claim claim, Claim again) in claimed.Zip(found))
            {
                if (!claim.Left.Overlaps(again.Left) || !claim.Right.Overlaps(again.Right)) return (Verdict.Refuted, $"{at}: '{claim.Text}' is about other numbers");
                if (claim.Left.Contains(again.Left) && claim.Right.Contains(again.Right)) continue;
                (verdict, reason) = (Verdict.Undecided, $"{at}: that the numbers of '{claim.Text}' lie where it says does not follow");
            }
        }

        return recorded.Verdict == decided.Verdict ? (verdict, reason) : (Verdict.Refuted, $"{at}: {decided.Verdict} where it says {recorded.Verdict}");
    }

    private static (string Text, Relation Relation, int Cases) Meaning(Claim claim) => (claim.Text, claim.Relation, claim.Cases);
}
