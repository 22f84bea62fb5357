using GnMlNet.Balls;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Tests.Flows;

public class StepEnclosureTests
{
    private const int Bits = 256;
    private const int Steps = 24;

    // Both losses and activations, p above and below n; scaling factors above the threshold and far below it, where the steps leave the ball that J keeps its rank in.
    public static TheoryData<string, double, int> Runs => new()
    {
        { "over02", 1.0 / 1024, 0 }, { "over07", 1, 0 }, { "over14", 64, 0 }, { "over19", 1.0 / 1024, 0 }, { "wide16", 1, 0 },
        { "under05", 0, 0 }, { "under10", 0, 0 }, { "under18", 0, 0 }, { "under16", 1, 0 }, { "over04", 64, -4 }, { "under13", 1, -4 },
    };

    [Theory, MemberData(nameof(Runs))]
    public void The_steps_at_many_more_bits_are_within_the_balls_and_not_at_their_centres(string name, double damping, int shift)
    {
        InstanceData instance = InstanceData.Named(name);
        var constants = new Constants(instance.At(Bits));
        Real alpha = (constants.Problem.IsOverparameterized ? DampedSteps.AtHalfTheLimit(constants, 1).SufficientAlpha : UndampedRepairs.WithSufficientAlpha(constants).Alpha).Shift(shift);
        Real rho = damping == 0 ? 0 : ScalingFactor.Below(Real.Min(1, Real.Exact(Dyadic.FromDouble(damping), Bits) * constants.Lambda0.Square()));
        Real timeStep = ScalingFactor.Below(1 / (2 * constants.Mu));
        PathPoint[] path = [.. new StepEnclosure(constants, alpha, rho, timeStep).Take(Steps)];
        path.Length.Should().Be(Steps + 1);

        Real Longer(Real value) => Real.Exact(value.Ball.Midpoint, 16 * Bits);
        var exact = new GaussNewtonSteps(instance.At(16 * Bits), Longer(alpha), Longer(rho), Longer(timeStep));
        Real[] weights = instance.At(16 * Bits).InitialWeights;
        bool isTight = false;
        for (int k = 0; k <= Steps; k++)
        {
            Iterate truth = exact.At(k, weights)!;
            foreach ((Real enclosed, Real weight) in path[k].Weights.Zip(truth.Weights))
            {
                enclosed.Ball.Contains(weight.Ball).Should().BeTrue($"{k}: {enclosed.Ball.Radius} {(weight - enclosed.Middle).Abs().Ball.AbsUpper()}");
                // Rounding the weights alone would leave less.
                isTight |= Ball.Less(enclosed.Middle.Abs().Shift(-Bits).Ball, (weight - enclosed.Middle).Abs().Ball) == Verdict.Proved;
            }

            path[k].Objective.Ball.Contains(truth.Objective.Ball).Should().BeTrue();
            weights = exact.Next(truth);
        }

        isTight.Should().BeTrue();
        // A hundred bits are left after all steps where J keeps its rank.
        if (shift == 0) (path[^1].Weights.Max(weight => weight.Ball.Radius) < Magnitude.PowerOfTwo(-100)).Should().BeTrue();
    }
}
