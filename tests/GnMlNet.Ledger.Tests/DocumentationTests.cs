using System.Reflection;
using System.Text.RegularExpressions;
using GnMlNet.Ledger.Reports;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

public partial class DocumentationTests
{
    private static readonly string Documents = Path.Combine(
        typeof(DocumentationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!, "docs");

    private static Entry[] All => Entries.All();

    [Fact]
    public void The_page_on_the_ledger_is_what_the_ledger_says() =>
        File.ReadAllText(Path.Combine(Documents, "ledger.md")).Should().Be(LedgerTable.Markdown(All), "'gnml audit' writes the page anew: copy its ledger.md to docs");

    [Fact]
    public void The_page_on_rates_is_what_the_ledger_computes() =>
        File.ReadAllText(Path.Combine(Documents, "rates.md")).Should().Be(RateTable.Markdown(), "'gnml audit' writes the page anew: copy its rates.md to docs");

    [Fact]
    public void Every_statement_leads_to_a_heading_of_the_page_on_the_theory()
    {
        // GitHub's anchors: lower case, only letters, digits, hyphens and spaces, which become hyphens.
        string[] anchors = [.. Heading().Matches(File.ReadAllText(Path.Combine(Documents, "theory.md")))
            .Select(heading => NoAnchor().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))];
        Ledger.Statements.Select(statement => statement.Text.Anchor).Should().BeSubsetOf(anchors);
    }

    [Fact]
    public void Every_verdict_of_the_file_can_be_derived_again_from_its_text()
    {
        Entry[] all = All;
        (int confirmed, int contradicted) = LedgerFile.Check(LedgerFile.Write(all));
        contradicted.Should().Be(0);
        confirmed.Should().BeGreaterThan(all.Length + all.Sum(entry => entry.Findings.Count) + all.SelectMany(entry => entry.Findings).Sum(finding => finding.Hypotheses.Count + finding.Conclusions.Count));
    }

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- ]")]
    private static partial Regex NoAnchor();
}
