using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

public class LedgerTests
{
    public static TheoryData<string> Labels => [.. Ledger.Statements.Select(statement => statement.Text.Label)];

    [Theory, MemberData(nameof(Labels))]
    public void A_statement_gets_the_verdict_that_its_text_has(string label)
    {
        Entry entry = Ledger.Statements.Single(statement => statement.Text.Label == label).Decide(Scope.Quick);
        entry.Findings.Should().NotBeEmpty();
        entry.Verdict.Kind.Should().Be(entry.Text.Expected, Describe(entry));
    }

    internal static string Describe(Entry entry) => string.Join("\n", entry.Findings.SelectMany(finding =>
        finding.Hypotheses.Concat(finding.Conclusions).Select(claim => $"{finding.Instance}: {claim.Verdict} ({claim.Cases}) {claim.Text}: {claim.Left.Round(64)} {claim.Relation} {claim.Right.Round(64)}")));
}
