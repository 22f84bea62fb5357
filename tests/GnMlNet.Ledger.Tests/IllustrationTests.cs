using GnMlNet.Balls;
using GnMlNet.Ledger.Reports;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

public class IllustrationTests
{
    public static TheoryData<string> Refuted => [.. Ledger.Statements.Where(statement => statement.Text.Expected == VerdictKind.Refuted).Select(statement => statement.Text.Label)];

    [Theory, MemberData(nameof(Refuted))]
    public void Every_refuted_statement_is_drawn_and_the_last_points_contradict_what_is_printed(string label)
    {
        Illustration illustration = Illustrations.Of([Entries.Of(label)]).Should().ContainSingle().Subject;
        illustration.Label.Should().Be(label);
        IllustrationCurve printed = illustration.Curves[0], certified = illustration.Curves[1];
        printed.Name.Should().Contain("printed");
        printed.Points.Should().NotBeEmpty().And.HaveSameCount(certified.Points);
        // A strict inequality is refuted by equal sides, too.
        Ball.Less(certified.Points[^1].Y, printed.Points[^1].Y).Should().Be(Verdict.Refuted, illustration.Title);
    }

    [Fact]
    public void What_is_not_refuted_is_not_drawn() => Illustrations.Of([Entries.Of("Lemma 3"), Entries.Of("2R")]).Should().BeEmpty();

    [Fact]
    public void The_steps_of_2R_stay_below_its_bound()
    {
        IReadOnlyList<IllustrationCurve> curves = Illustrations.Of([Entries.Of("Theorem 2 read locally, along its steps")]).Single().Curves;
        foreach (((Ball _, Ball bound), (Ball _, Ball gap)) in curves[2].Points.Zip(curves[3].Points).Skip(1)) Ball.Less(gap, bound).Should().Be(Verdict.Proved);
    }
}
