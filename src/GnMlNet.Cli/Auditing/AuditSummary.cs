using GnMlNet.Cli.Output;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Verdicts;
using Spectre.Console;

namespace GnMlNet.Cli.Auditing;

/// <summary>The verdicts for people at a terminal.</summary>
internal static class AuditSummary
{
    internal static void Write(IAnsiConsole console, IReadOnlyList<Entry> entries, Scope scope, string folder)
    {
        Table table = Cells.Table(["Statement", "Verdict", "Instead"], ["Seconds"]);
        foreach (Entry entry in entries)
        {
            string verdict = Markup.Escape(entry.Verdict.ToString());
            table.AddRow(
                Markup.Escape(entry.Text.Label),
                entry.Departure(countsUndecided: scope == Scope.Quick) is { } expected ? $"[red]{verdict}; expected: {expected}[/]" : verdict,
                Markup.Escape(entry.Text.RepairedBy is { } repair && repair != entry.Text.Label ? repair : ""),
                Invariant($"{entry.Duration.TotalSeconds:0.0}"));
        }

        console.Write(table);
        string Count(VerdictKind kind) => Invariant($"{entries.Count(entry => entry.Verdict.Kind == kind)}");
        console.WriteLine($"{Count(VerdictKind.ProvedOnInstances)} proved on instances, {Count(VerdictKind.Refuted)} refuted, {Count(VerdictKind.Vacuous)} vacuous, "
            + $"{Count(VerdictKind.NotDecidableByComputation)} not decidable by computation, {Count(VerdictKind.Undecided)} undecided.");
        console.WriteLine($"Written to {folder}: ledger.json with the certificates, report.html for reading.");
    }
}
