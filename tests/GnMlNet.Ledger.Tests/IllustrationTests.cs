using GnMlNet.Balls;
using GnMlNet.Ledger.Reports;

namespace GnMlNet.Ledger.Tests;

public class IllustrationTests
{
    [Fact]
    public void Every_drawn_counterexample_ends_with_the_gap_certified_above_the_printed_bound()
    {
        Illustration[] drawn = [.. Illustrations.Of([.. Ledger.Statements.Select(statement => statement.Text.Label)])];
        drawn.Should().HaveCount(3);
        foreach (Illustration illustration in drawn)
        {
            illustration.Curves[0].Name.Should().Contain("printed");
            illustration.Curves[1].Points.Should().HaveSameCount(illustration.Curves[0].Points);
            Ball.Less(illustration.Curves[0].Points[^1].Y, illustration.Curves[1].Points[^1].Y).Should().Be(Verdict.Proved, illustration.Title);
        }
    }

    [Fact]
    public void The_steps_of_2R_stay_below_its_bound()
    {
        IReadOnlyList<IllustrationCurve> curves = Illustrations.Of(["Theorem 2 read locally, along its steps"]).Single().Curves;
        foreach (((Ball _, Ball bound), (Ball _, Ball gap)) in curves[2].Points.Zip(curves[3].Points).Skip(1)) Ball.Less(gap, bound).Should().Be(Verdict.Proved);
    }
}
