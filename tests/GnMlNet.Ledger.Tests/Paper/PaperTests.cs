using GnMlNet.Ledger.Decisions;

namespace GnMlNet.Ledger.Tests.Paper;

// The paper's text is not part of the repository: its labels and numbers are, in PaperItems.
public class PaperTests
{
    public static TheoryData<string> Items => [.. PaperItems.All.Select(item => item.Name).Distinct()];

    [Fact]
    public void The_list_has_every_number_and_name_of_the_paper_once()
    {
        PaperItems.Displays.Select(item => item.Name).Should().BeEquivalentTo([.. Enumerable.Range(1, 32).Select(k => FormattableString.Invariant($"({k})")), "(GF-O)", "(EDI)", "(GN-CT)", "(GF-Ou)", "(EDI-u)"]);
        PaperItems.Named.Select(item => item.Name).Should().BeEquivalentTo([
            .. Numbered("Assumption", 3), .. Numbered("Lemma", 9), .. Numbered("Theorem", 5), .. Numbered("Corollary", 1), .. Numbered("Remark", 6), .. Numbered("Footnote", 1)]);
    }

    [Theory, MemberData(nameof(Items))]
    public void Every_one_has_a_row_or_a_reason_why_it_claims_nothing(string name)
    {
        foreach (PaperItem item in PaperItems.All.Where(item => item.Name == name))
        {
            (item.Rows.Length == 0).Should().Be(item.Reason.Length > 0, "it has rows or a reason, and not both");
            item.Rows.Should().BeSubsetOf(Ledger.Statements.Select(statement => statement.Text.Label));
        }
    }

    [Fact]
    public void A_display_is_decided_by_a_row_with_its_number()
    {
        foreach (PaperItem item in PaperItems.Displays.Where(item => item.Rows.Length > 0))
        {
            string number = item.Repeats.Length > 0 ? item.Repeats : item.Name;
            foreach (string label in item.Rows)
            {
                Statement row = Ledger.Statements.Single(statement => statement.Text.Label == label);
                (row.Text.Number.Contains(number, StringComparison.Ordinal) || row.Text.Label.Contains(number, StringComparison.Ordinal)).Should().BeTrue($"{label} is to decide {number}");
            }
        }
    }

    private static IEnumerable<string> Numbered(string kind, int count) => Enumerable.Range(1, count).Select(k => FormattableString.Invariant($"{kind} {k}"));
}
