using System.Text.RegularExpressions;
using GnMlNet.Balls;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

public class LedgerTests
{
    public static TheoryData<string> Labels => [.. Ledger.Statements.Select(statement => statement.Text.Label)];

    [Theory, MemberData(nameof(Labels))]
    public void A_statement_gets_the_verdict_that_its_text_has(string label)
    {
        Entry entry = Entries.Of(label);
        entry.Findings.Should().NotBeEmpty();
        entry.Verdict.Kind.Should().Be(entry.Text.Expected, Describe(entry));
        entry.IsAsExpected.Should().BeTrue();
    }

    [Theory, MemberData(nameof(Labels))]
    public void The_reverse_of_what_is_proved_is_refuted_and_the_other_way_round(string label)
    {
        foreach (Claim claim in Entries.Of(label).Findings.SelectMany(finding => finding.Conclusions).Where(claim => claim.Verdict != Verdict.Undecided))
        {
            Relation opposite = claim.Relation == Relation.Less ? Relation.LessOrEqual : Relation.Less;
            new Claim("the opposite", claim.Right, opposite, claim.Left).Verdict.Should().Be(claim.Verdict == Verdict.Proved ? Verdict.Refuted : Verdict.Proved, claim.Text);
        }
    }

    [Theory, MemberData(nameof(Labels))]
    public void A_side_is_not_proved_to_be_at_most_99_percent_of_itself(string label)
    {
        foreach (Claim claim in Entries.Of(label).Findings.SelectMany(finding => finding.Conclusions))
        {
            foreach (Ball side in new[] { claim.Left, claim.Right }.Where(side => side.IsFinite))
            {
                Ball size = Ball.Abs(side), less = Ball.Divide(Ball.Multiply(size, Ball.Exact(99), 128), Ball.Exact(100), 128);
                if (side.Sign != 0) new Claim("x ≤ 0.99 x", size, Relation.LessOrEqual, less).Verdict.Should().NotBe(Verdict.Proved, claim.Text);
            }
        }
    }

    [Fact]
    public void Labels_are_unique_and_repairs_are_in_the_ledger()
    {
        string[] labels = [.. Ledger.Statements.Select(statement => statement.Text.Label)];
        labels.Should().OnlyHaveUniqueItems();
        Ledger.Statements.Select(statement => statement.Text.RepairedBy).OfType<string>().Should().BeSubsetOf(labels);
        Ledger.Statements.Where(statement => statement.Text.Expected == VerdictKind.ProvedOnInstances && Regex.IsMatch(statement.Text.Label, "^[1-6]R$")).Should().HaveCount(5);
    }

    [Theory, InlineData("1R"), InlineData("2R"), InlineData("3R"), InlineData("5R"), InlineData("5R-ρ"), InlineData("6R"), InlineData("1R at L = 0 on random-feature networks")]
    public void A_repaired_theorem_is_proved_on_twenty_instances(string label) => Entries.Of(label).Verdict.Instances.Should().BeGreaterThanOrEqualTo(20);

    [Theory]
    [InlineData("1R", ReachKind.Time, 1), InlineData("5R", ReachKind.Time, 1), InlineData("5R-ρ", ReachKind.Time, 1), InlineData("Theorem 1 where κ₁ ≥ 2/3", ReachKind.Time, 1), InlineData("Remark 2, ρ = 1", ReachKind.Time, 1)]
    [InlineData("2R", ReachKind.Step, 100), InlineData("6R", ReachKind.Step, 100)]
    public void What_is_said_of_all_times_is_proved_of_a_time_that_is_no_moment(string label, ReachKind kind, double least)
    {
        Entry entry = Entries.Of(label);
        entry.Verdict.Reach!.Value.Kind.Should().Be(kind);
        entry.Verdict.Reach!.Value.Until.ToDouble().Should().BeGreaterThanOrEqualTo(least);
        entry.Findings.Where(finding => finding.Conclusions.Count > 0).Should().OnlyContain(finding => finding.Verdict == FindingVerdict.Proved);
    }

    internal static string Describe(Entry entry) => string.Join("\n", entry.Findings.SelectMany(finding =>
        finding.Hypotheses.Concat(finding.Conclusions).Select(claim => $"{finding.Instance}: {claim.Verdict} ({claim.Cases}) {claim.Text}: {claim.Left.Round(64)} {claim.Relation} {claim.Right.Round(64)}")));
}
