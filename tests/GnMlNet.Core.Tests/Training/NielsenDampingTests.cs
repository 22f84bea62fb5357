using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class NielsenDampingTests
{
    [Fact]
    public void Rejections_multiply_by_2_then_4_then_8()
    {
        var damping = new NielsenDamping(1);
        damping.Rejected();
        damping.Value.Should().Be(2);
        damping.Rejected();
        damping.Value.Should().Be(8);
        damping.Rejected();
        damping.Value.Should().Be(64);
    }

    [Fact]
    public void An_acceptance_starts_the_doubling_anew()
    {
        var damping = new NielsenDamping(1);
        damping.Rejected();
        damping.Rejected();
        damping.Accepted(0.5);
        double before = damping.Value;
        damping.Rejected();
        damping.Value.Should().Be(2 * before);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0, 2)]
    [InlineData(0.75, 0.875)]
    [InlineData(0.98, 1.0 / 3)]
    [InlineData(2, 1.0 / 3)]
    public void A_gain_ratio_moves_the_damping_as_Nielsen_says(double gain, double factor)
    {
        var damping = new NielsenDamping(1);
        damping.Accepted(gain);
        damping.Value.Should().BeApproximately(factor, 1e-15);
    }

    [Fact]
    public void Any_run_of_perfect_predictions_is_undone_by_a_few_rejections()
    {
        var damping = new NielsenDamping(0.5);
        for (int i = 0; i < 1000; i++) damping.Accepted(1);
        damping.Value.Should().BePositive();
        for (int i = 0; i < 15; i++) damping.Rejected();
        damping.Value.Should().BeGreaterThan(0.5);
    }

    [Fact]
    public void A_model_that_predicts_to_within_a_hundredth_cuts_the_damping_in_proportion_to_its_error()
    {
        var damping = new NielsenDamping(1);
        damping.Accepted(1 + 1e-6);
        damping.Value.Should().BeApproximately(1e-4 / 3, 1e-13);
    }
}
