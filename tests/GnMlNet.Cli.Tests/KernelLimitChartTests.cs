using GnMlNet.Balls;
using GnMlNet.Cli.Auditing;
using GnMlNet.Cli.Charts;
using GnMlNet.Ledger.Limits;

namespace GnMlNet.Cli.Tests;

public class KernelLimitChartTests
{
    [Fact]
    public void Every_layer_is_a_curve_and_the_last_one_falls_like_the_root_through_the_middle_of_them()
    {
        KernelLimitPoint[] points = [.. from law in Enum.GetValues<HiddenLaw>() from seed in new[] { 1, 2 } from power in new[] { 4, 6 } select new KernelLimitPoint(law, seed, 1 << power, Ball.Exact(1 << (3 - (power / 2))))];
        LineChart chart = KernelLimitChart.Of(points);
        chart.Curves.Should().HaveCount(5);
        chart.Curves[0].Y.Should().Equal(2, 1);
        chart.Curves[^1].Name.Should().Be("8.0/sqrt(m)");
        chart.Curves[^1].Y.Should().Equal(2, 1);
        chart.ToSvg().Should().Contain("Laplace kernel, seed 2").And.Be(chart.ToSvg());
    }
}
