using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class ThresholdDampingTests
{
    [Theory, InlineData(2, 0.5), InlineData(0.26, 0.5), InlineData(0.25, 1), InlineData(0.06, 1), InlineData(0.05, 2), InlineData(0, 2), InlineData(-1, 2), InlineData(double.NaN, 2)]
    public void A_gain_halves_keeps_or_doubles(double gain, double factor)
    {
        var damping = new ThresholdDamping(3);
        damping.Accepted(gain);
        damping.Value.Should().Be(3 * factor);
    }

    [Fact]
    public void Rejections_multiply_by_2_4_8_until_a_step_is_accepted()
    {
        var damping = new ThresholdDamping(1);
        foreach (double value in new[] { 2.0, 8, 64 })
        {
            damping.Rejected();
            damping.Value.Should().Be(value);
        }

        damping.Accepted(0.1);
        damping.Rejected();
        damping.Value.Should().Be(128);
    }

    [Fact]
    public void It_never_falls_so_low_that_single_precision_drowns_it()
    {
        var damping = new ThresholdDamping(1);
        for (int i = 0; i < 1000; i++) damping.Accepted(1);
        damping.Value.Should().Be(1e-9);
    }
}
