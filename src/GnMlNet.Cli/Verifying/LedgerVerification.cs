using GnMlNet.Balls;
using GnMlNet.Cli.Output;
using GnMlNet.Ledger.Reports;
using GnMlNet.Ledger.Verdicts;
using Spectre.Console;

namespace GnMlNet.Cli.Verifying;

/// <summary>A ledger: every verdict is derived from its claims again, and every claim is computed from its instance again.</summary>
internal static class LedgerVerification
{
    /// <param name="text">The text of the ledger.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="labels">The statements whose claims are computed again; all where there is none.</param>
    /// <param name="console">Where progress goes.</param>
    internal static Verification Of(string text, string name, string[] labels, IAnsiConsole console)
    {
        RecordedLedger ledger = Read(text, name);
        if (ledger.Contradictions.Count > 0)
            return new Verification(Verdict.Refuted, [.. ledger.Contradictions.Take(1).Select(first => Invariant($"Refuted: {first}; {ledger.Contradictions.Count} contradictions, {ledger.Confirmed} parts confirmed."))]);
        if (labels.Except(ledger.Entries.Select(entry => entry.Text.Label)).FirstOrDefault() is { } unknown) throw new UserError($"{name}: there is no statement '{unknown}' in it.");
        Entry[] chosen = [.. ledger.Entries.Where(entry => labels.Length == 0 || labels.Contains(entry.Text.Label))];
        if (chosen.Length == 0) throw new UserError($"{name}: there is no statement in it.");

        using var interrupts = new Interrupts();
        (Entry Entry, Verdict Verdict, string Reason)[] outcomes = Bar.Run(console, "Deciding statements", advance => chosen.Select(entry =>
        {
            interrupts.Stop.ThrowIfCancellationRequested();
            (Verdict verdict, string reason) = LedgerRecomputation.Check(entry, ledger.Scope);
            advance(1.0 / chosen.Length);
            return (entry, verdict, reason);
        }).ToArray());
        int Count(Verdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);
        Verdict worst = Count(Verdict.Refuted) > 0 ? Verdict.Refuted : Count(Verdict.Undecided) > 0 ? Verdict.Undecided : Verdict.Proved;
        return new Verification(worst,
        [
            .. outcomes.Where(outcome => outcome.Verdict != Verdict.Proved).Select(outcome => $"{outcome.Verdict}: {outcome.Entry.Text.Label} {outcome.Reason}."),
            Invariant($"{worst}: {Count(Verdict.Proved)} of {chosen.Length} entries are what their statements come to when they are decided anew; {ledger.Confirmed} verdicts follow from the claims. The file has {ledger.Entries.Count} of {GnMlNet.Ledger.Ledger.Statements.Count} statements."),
        ]);
    }

    private static RecordedLedger Read(string text, string name)
    {
        try
        {
            return RecordedLedger.Read(text);
        }
        catch (FormatException error)
        {
            throw new UserError($"{name}: {error.Message}");
        }
    }
}
