using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class ResidualCurvaturePolicyTests
{
    [Fact]
    public void Eight_trials_in_turn_begin_a_cycle_of_thirty_two() => Uses(64, fallWith: 0.1, fallWithout: 0.1, costWith: 1).Take(8).Should().Equal(true, false, true, false, true, false, true, false);

    [Theory, InlineData(0.2, 0.1, 1, true), InlineData(0.1, 0.2, 1, false), InlineData(0.15, 0.1, 3, false), InlineData(0.4, 0.1, 3, true)]
    public void What_lowers_the_loss_more_for_its_cost_takes_the_steps_between_the_trials(double fallWith, double fallWithout, double costWith, bool isUsed)
    {
        bool[] uses = Uses(96, fallWith, fallWithout, costWith);
        for (int step = 0; step < uses.Length; step++)
        {
            if (step % 32 >= 8) uses[step].Should().Be(isUsed);
        }
    }

    [Fact]
    public void A_change_of_fortune_is_noticed()
    {
        var policy = new ResidualCurvaturePolicy();
        for (int step = 0; step < 32; step++) policy.Accepted(policy.IsUsed ? 0.1 : 0.2, 1);
        for (int step = 0; step < 96; step++) policy.Accepted(policy.IsUsed ? 0.2 : 0.01, 1);
        policy.Accepted(0.2, 1);
        for (int step = 1; step < 8; step++) policy.Accepted(policy.IsUsed ? 0.2 : 0.01, 1);
        policy.IsUsed.Should().BeTrue();
    }

    private static bool[] Uses(int steps, double fallWith, double fallWithout, double costWith)
    {
        var policy = new ResidualCurvaturePolicy();
        return [.. Enumerable.Range(0, steps).Select(_ =>
        {
            bool isUsed = policy.IsUsed;
            policy.Accepted(isUsed ? fallWith : fallWithout, isUsed ? costWith : 1);
            return isUsed;
        })];
    }
}
