using GnMlNet.Balls;
using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Output;
using GnMlNet.Ledger.Reports;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Cli.Auditing;

/// <summary>The ledger as a report: every statement with the figures that decided it.</summary>
internal static class AuditPage
{
    // Instances that are shown one by one; of the others the number is given.
    private const int ShownInstances = 3;

    internal static string ToHtml(IReadOnlyList<Entry> entries)
    {
        var page = new HtmlPage("Every statement, decided");
        page.Paragraph("S. Cayci, Gauss-Newton dynamics for neural networks, and the repaired theorems 1R to 6R: each statement was decided on concrete networks in arithmetic with bounds. "
            + "Hypotheses were proved on the instance first; a verdict is a comparison of two enclosures. Proved means proved on these instances; refuted means that one of them disproves it.");
        page.Table(["Statement", "Verdict", "Instead"], entries.Select(entry => (IReadOnlyList<string>)[entry.Text.Label, entry.Verdict.ToString(), entry.Text.RepairedBy ?? ""]));
        Dictionary<string, Illustration> drawn = Illustrations.Of(entries).ToDictionary(illustration => illustration.Label);
        foreach (Entry entry in entries) Section(page, entry, drawn.GetValueOrDefault(entry.Text.Label));
        return page.ToString();
    }

    private static void Section(HtmlPage page, Entry entry, Illustration? illustration)
    {
        page.Heading($"{entry.Text.Label}: {entry.Verdict}");
        page.Paragraph(entry.Text.Says);
        page.Paragraph($"If {string.Join("; ", entry.Text.Hypotheses)}: {entry.Text.Inequality}.");
        page.Note(entry.Text.Method);
        if (illustration is not null) page.Figure(Chart(illustration).ToPng(), illustration.Title, illustration.Title);
        // What refutes comes first.
        foreach (Finding finding in entry.Findings.OrderByDescending(finding => finding.Verdict == FindingVerdict.Refuted).Take(ShownInstances))
        {
            page.Note($"{finding.Instance}, {finding.Bits} bits: {Outcome(finding)}");
            page.Table(
                ["", "Claim", "Cases", "Left", "", "Right", "Verdict"],
                finding.Hypotheses.Select(claim => Row("if", claim)).Concat(finding.Premises.Select(claim => Row("given", claim))).Concat(finding.Conclusions.Select(claim => Row("then", claim))));
        }

        if (entry.Findings.Count > ShownInstances) page.Note($"and {entry.Findings.Count - ShownInstances} more instances, in ledger.json");
    }

    private static string Outcome(Finding finding) => finding.Verdict switch
    {
        FindingVerdict.NotApplicable => "a hypothesis is not met",
        FindingVerdict.Proved when finding.Reach is { } reach => $"proved up to {reach}",
        var verdict => verdict.ToString().ToLowerInvariant(),
    };

    private static LineChart Chart(Illustration illustration) => new(
        illustration.Title,
        illustration.XAxis,
        illustration.YAxis,
        [.. illustration.Curves.Select(curve => Curve.Of(curve.Name, curve.Points, point => point.X.Midpoint.ToDouble(), point => point.Y.Midpoint.ToDouble()))])
    {
        LogarithmicY = illustration.IsPositive,
    };

    private static IReadOnlyList<string> Row(string role, Claim claim) =>
        [role, claim.Text, Invariant($"{claim.Cases}"), Text(claim.Left), claim.Relation == Relation.Less ? "<" : "≤", Text(claim.Right), claim.Verdict.ToString()];

    // Nine digits for reading; the exact balls are in the certificates.
    private static string Text(Ball ball) => ball.IsFinite ? Invariant($"{ball.Midpoint.ToDouble():G9} ± {ball.Radius}") : "nothing known";
}
