using GnMlNet.Balls;
using GnMlNet.Ledger.Numbers;
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
        new Finding("x", 64, [Proved], [Refuted]).Verdict.Should().Be(FindingVerdict.Refuted);
        new Finding("x", 64, [Open], [Refuted]).Verdict.Should().Be(FindingVerdict.Undecided);
        new Finding("x", 64, [Refuted], [Proved]).Verdict.Should().Be(FindingVerdict.NotApplicable);
        new Finding("x", 64, [Open, Refuted], [Refuted]).Verdict.Should().Be(FindingVerdict.NotApplicable);
        new Finding("x", 64, [Proved], []).Verdict.Should().Be(FindingVerdict.Undecided);
        new Finding("x", 64, [], [Proved, Open]).Verdict.Should().Be(FindingVerdict.Undecided);
        new Finding("x", 64, [], [Proved, Open, Refuted]).Verdict.Should().Be(FindingVerdict.Refuted);
    }

    [Fact]
    public void A_premise_of_the_method_that_fails_leaves_the_instance_undecided()
    {
        new Finding("x", 64, [Proved], [Refuted]) { Premises = [Proved] }.Verdict.Should().Be(FindingVerdict.Refuted);
        new Finding("x", 64, [Proved], [Refuted]) { Premises = [Refuted] }.Verdict.Should().Be(FindingVerdict.Undecided);
        new Finding("x", 64, [Proved], [Proved]) { Premises = [Open] }.Verdict.Should().Be(FindingVerdict.Undecided);
        new Finding("x", 64, [Refuted], [Proved]) { Premises = [Open] }.Verdict.Should().Be(FindingVerdict.NotApplicable);
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
    public void One_refuting_instance_refutes_and_every_other_one_counts_as_what_it_is()
    {
        Finding proved = new("a", 64, [], [Proved]), refuted = new("b", 64, [], [Refuted]), open = new("c", 64, [Open], [Proved]), outside = new("d", 64, [Refuted], [Proved]);
        LedgerVerdict.From(StatementKind.Checkable, [proved, refuted, open]).Should().Be(new LedgerVerdict(VerdictKind.Refuted, 1, 1, 0, null, "b"));
        LedgerVerdict.From(StatementKind.Checkable, [proved, open, outside, outside]).Should().Be(new LedgerVerdict(VerdictKind.ProvedOnInstances, 1, 1, 2, null, null));
        LedgerVerdict.From(StatementKind.Checkable, [proved, open, outside]).ToString().Should().Be("proved on 1 instances; undecided on 1; hypotheses not met by 1");
        LedgerVerdict.From(StatementKind.Checkable, []).Kind.Should().Be(VerdictKind.Undecided);
        LedgerVerdict.From(StatementKind.Checkable, [open, outside]).Kind.Should().Be(VerdictKind.Undecided);
        LedgerVerdict.From(StatementKind.WithoutInstance, [proved]).Kind.Should().Be(VerdictKind.Vacuous);
        LedgerVerdict.From(StatementKind.ThroughConsequence, [proved]).Kind.Should().Be(VerdictKind.NotDecidableByComputation);
    }

    [Fact]
    public void A_verdict_reaches_no_further_than_the_instance_that_reaches_least()
    {
        Finding far = new("a", 64, [], [Proved], Reach.UpToTime(2)), near = new("b", 64, [], [Proved], Reach.UpToTime(((Real)1).Shift(-7))), open = new("c", 64, [], [Open], Reach.UpToTime(0));
        LedgerVerdict.From(StatementKind.Checkable, [far, near, open]).ToString().Should().Be("proved on 2 instances up to t = 0.0078125; undecided on 1");
        Reach.UpToTime(Real.Parse("0.1", 128)).Until.ToDouble().Should().BeInRange(0.0999, 0.1);
        Reach.UpToStep(100).ToString().Should().Be("k = 100");
    }
}
