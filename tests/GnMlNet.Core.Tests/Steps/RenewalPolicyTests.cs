using CsCheck;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Tests.Steps;

public class RenewalPolicyTests
{
    [Fact]
    public void It_is_due_once_the_further_iterations_have_cost_as_much_as_a_new_one()
    {
        var policy = new RenewalPolicy(costOfRenewal: 10, costOfIteration: 1);
        foreach ((int iterations, bool isDue) in new[] { (8, false), (10, false), (12, false), (12, false), (9, true) })
        {
            policy.Used(iterations);
            policy.IsDue.Should().Be(isDue);
        }

        policy.Renewed();
        policy.IsDue.Should().BeFalse();
    }

    [Fact]
    public void What_does_not_age_is_never_renewed()
    {
        var policy = new RenewalPolicy(1, 1);
        for (int i = 0; i < 100; i++) policy.Used(7);
        policy.IsDue.Should().BeFalse();
    }

    // Against the best moment to renew once, if iterations never become fewer.
    [Fact]
    public void It_costs_at_most_twice_the_best_choice_and_an_iteration() => Gen.Select(Gen.Double[1, 100], Gen.Int[0, 5].Array[1, 60]).Sample((renewal, rises) =>
    {
        var policy = new RenewalPolicy(renewal, 1);
        double excess = 0, most = 0;
        int iterations = 0;
        foreach (int rise in rises)
        {
            if (policy.IsDue) break;
            iterations += rise;
            policy.Used(iterations);
            most = Math.Max(most, iterations);
            excess += iterations - rises[0];
        }

        double paid = excess + (policy.IsDue ? renewal : 0), best = Math.Min(renewal, excess);
        paid.Should().BeLessThanOrEqualTo((2 * best) + most + 1e-9);
    });
}
