using GnMlNet.Balls;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests.Verdicts;

public class FindingTests
{
    private static readonly Claim Proved = new("1 < 2", Ball.Exact(1), Relation.Less, Ball.Exact(2));
    private static readonly Claim Refuted = new("2 < 1", Ball.Exact(2), Relation.Less, Ball.Exact(1));
    private static readonly Claim Open = new("? < 1", Ball.Indeterminate, Relation.Less, Ball.Exact(1));

    [Fact]
    public void A_conclusion_counts_only_where_its_hypotheses_are_proved()
    {
        new Finding("x", 64, [Proved], [Refuted]).Verdict.Should().Be(Verdict.Refuted);
        new Finding("x", 64, [Open], [Refuted]).Verdict.Should().Be(Verdict.Undecided);
        new Finding("x", 64, [Refuted], [Proved]).Verdict.Should().Be(Verdict.Undecided);
        new Finding("x", 64, [Proved], []).Verdict.Should().Be(Verdict.Undecided);
        new Finding("x", 64, [], [Proved, Open]).Verdict.Should().Be(Verdict.Undecided);
        new Finding("x", 64, [], [Proved, Open, Refuted]).Verdict.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void Many_claims_are_proved_if_all_are_and_refuted_if_one_is()
    {
        Claim.All([Proved, Proved]).Should().BeEquivalentTo(new { Verdict = Verdict.Proved, Cases = 2 });
        Claim.All([Proved, Open]).Verdict.Should().Be(Verdict.Undecided);
        Claim.All([Proved, Open, Refuted]).Should().BeEquivalentTo(new { Verdict = Verdict.Refuted, Cases = 3 });
        Claim.All([Claim.All([Proved, Proved]), Proved]).Cases.Should().Be(3);
        FluentActions.Invoking(() => Claim.All([])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void One_refuting_instance_refutes_and_one_open_instance_leaves_a_statement_undecided()
    {
        Finding proved = new("a", 64, [], [Proved]), refuted = new("b", 64, [], [Refuted]), open = new("c", 64, [Refuted], [Proved]);
        LedgerVerdict.From(StatementKind.Checkable, [proved, refuted, open]).Should().Be(new LedgerVerdict(VerdictKind.Refuted, 1, "b"));
        LedgerVerdict.From(StatementKind.Checkable, [proved, open]).Kind.Should().Be(VerdictKind.Undecided);
        LedgerVerdict.From(StatementKind.Checkable, []).Kind.Should().Be(VerdictKind.Undecided);
        LedgerVerdict.From(StatementKind.Checkable, [proved, proved]).Should().Be(new LedgerVerdict(VerdictKind.ProvedOnInstances, 2, null));
        LedgerVerdict.From(StatementKind.WithoutInstance, [proved]).Kind.Should().Be(VerdictKind.Vacuous);
        LedgerVerdict.From(StatementKind.ThroughConsequence, [proved]).Kind.Should().Be(VerdictKind.NotDecidableByComputation);
    }
}
