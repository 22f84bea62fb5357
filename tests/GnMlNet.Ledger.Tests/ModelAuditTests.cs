using GnMlNet.Balls;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Models;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Tests;

public class ModelAuditTests
{
    [Theory, InlineData("over01"), InlineData("over11"), InlineData("under16"), InlineData("under22")]
    public void A_network_of_the_paper_gets_the_constants_of_the_ledger(string name)
    {
        var constants = new Constants(InstanceData.Named(name).At(256));
        Problem problem = constants.Problem;
        TrainedModel model = Model(problem);
        model.IsOfThePaper.Should().BeTrue();
        ModelAudit audit = ModelAudit.Of(model);
        audit.Parameters.Should().Be(problem.Network.Parameters);
        audit.Threshold!.Value.Overlaps(Threshold(constants)).Should().BeTrue();

        // The gradient of the mean squared error by J^T, and the smallest eigenvalue by bisection.
        Real[] residuals = Vectors.Subtract(problem.Network.Outputs(problem.InitialWeights), problem.Loss.Targets);
        Linearization start = new(problem.Network, problem.InitialWeights);
        int n = problem.Network.Rows;
        audit.GradientNorm.Overlaps((Vectors.Norm(start.Jacobian.TransposeTimes(residuals)) * 2 / n).Ball).Should().BeTrue();
        if (problem.IsOverparameterized && problem.Network.Parameters > n) audit.SmallestEigenvalue.Should().BeNull();
        else
        {
            Ball smallest = (Eigenvalues.Smallest(start.Gram) * 2 / n).Ball;
            Ball.Less(smallest, Ball.Exact(audit.SmallestEigenvalue!.Value)).Should().NotBe(Verdict.Proved);
            Ball.Less(smallest, Ball.Exact(audit.SmallestEigenvalue!.Value << 1)).Should().Be(Verdict.Proved);
            audit.StepLength!.Value.Overlaps(Vectors.Norm(start.Direction(0, residuals)!).Ball).Should().BeTrue();
        }
    }

    [Fact]
    public void The_gradient_of_a_practical_network_is_its_difference_quotient()
    {
        // Moving v_0 by h changes the mean of squares by h times that entry of the gradient; with targets that only v_0 can explain nothing else matters.
        TrainedModel model = new(false, [[1], [-1]], [5, 5], [[1]], [0], [0], Dyadic.Zero);
        ModelAudit audit = ModelAudit.Of(model);
        // E = (v_0 - 5)^2 at v_0 = 0, and with v = 0 no hidden weight moves the outputs; those of v, tanh(1) and -tanh(1), cancel.
        audit.Loss.Contains(new Dyadic(25, 0)).Should().BeTrue();
        audit.GradientNorm.Contains(new Dyadic(10, 0)).Should().BeTrue();
        audit.Threshold.Should().BeNull();
        model.IsOfThePaper.Should().BeFalse();
    }

    [Theory, InlineData("under13"), InlineData("under16")]
    public void The_least_scaling_factor_of_5R_just_meets_its_hypotheses(string name)
    {
        var constants = new Constants(InstanceData.Named(name).At(256));
        Real half = ((Real)1).Shift(-1), least = Networks.Underparameterized.LeastAlpha(constants, half);
        Real At(int percent, out Real alpha)
        {
            alpha = percent * least / 100;
            return new Networks.Underparameterized(constants, alpha, half).ThresholdOf5R;
        }

        Ball.Less(At(101, out Real above).Ball, above.Ball).Should().Be(Verdict.Proved);
        Ball.Less(At(99, out Real below).Ball, below.Ball).Should().Be(Verdict.Refuted);
    }

    private static TrainedModel Model(Problem problem)
    {
        Dyadic[] Numbers(IEnumerable<Real> values) => [.. values.Select(value => value.Ball.Midpoint)];
        Network network = problem.Network;
        Dyadic[] weights = Numbers(problem.InitialWeights);
        int d = network.Dimension;
        return new TrainedModel(
            network.Activation == Activation.Logistic,
            [.. Enumerable.Range(0, network.Rows).Select(j => Numbers(network.Inputs.Row(j).ToArray()))],
            Numbers(problem.Loss.Targets),
            [.. Enumerable.Range(0, network.Units).Select(i => weights[(i * d)..((i + 1) * d)])],
            [],
            [.. Enumerable.Range(0, network.Units).Select(i => new Dyadic(network.Sign(i), 0))],
            null);
    }

    private static Ball Threshold(Constants constants) => constants.Problem.IsOverparameterized
        ? constants.Unit.Shift(-1).Ball
        : Networks.Underparameterized.LeastAlpha(constants, ((Real)1).Shift(-1)).Ball;
}
