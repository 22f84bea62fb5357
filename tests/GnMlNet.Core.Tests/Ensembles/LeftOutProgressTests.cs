using GnMlNet.Core.Ensembles;

namespace GnMlNet.Core.Tests.Ensembles;

public class LeftOutProgressTests
{
    [Fact]
    public void It_tells_the_fall_of_the_best_error_over_the_last_third_of_the_iterations()
    {
        var progress = new LeftOutProgress();
        progress.Judge(50, 1).Should().Be(double.NaN, "it is too early");
        progress.Judge(80, 0.9).Should().Be(double.NaN);
        progress.Judge(120, 0.72).Should().BeApproximately(1 - (0.72 / 0.9), 1e-15);
        // A rung that is worse than one before does not undo it.
        progress.Judge(180, 0.75).Should().Be(0);
    }

    [Fact]
    public void It_says_nothing_where_no_rung_lies_far_enough_back_or_there_is_no_error()
    {
        var progress = new LeftOutProgress();
        progress.Judge(100, 1).Should().Be(double.NaN);
        progress.Judge(140, 0.5).Should().Be(double.NaN);
        progress.Judge(300, double.NaN).Should().Be(double.NaN);
    }

    [Fact]
    public void With_other_rows_it_begins_anew()
    {
        var progress = new LeftOutProgress();
        progress.Judge(100, 1);
        progress.Forget();
        progress.Judge(200, 1).Should().Be(double.NaN);
    }
}
