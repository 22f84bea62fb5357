using GnMlNet.Balls;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Reference.Audits;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Ledger.Tests;

public class ModelAuditTests
{
    [Theory, InlineData("over01"), InlineData("over11"), InlineData("under16"), InlineData("under22")]
    public void A_network_of_the_paper_gets_the_constants_of_the_ledger(string name)
    {
        var constants = new Constants(InstanceData.Named(name).At(256));
        Problem problem = constants.Problem;
        ModelAudit audit = ModelAudit.Of(Model(problem));
        audit.IsOfThePaper.Should().BeTrue();
        audit.Parameters.Should().Be(problem.Network.Parameters);

        // The gradient of the mean squared error by J^T, and the smallest eigenvalue by bisection.
        Real[] residuals = RealVectors.Subtract(problem.Network.Outputs(problem.InitialWeights), problem.Loss.Targets);
        Linearization start = new(problem.Network, problem.InitialWeights);
        int n = problem.Network.Rows;
        audit.GradientNorm.Overlaps((RealVectors.Norm(start.Jacobian.TransposeTimes(residuals)) * 2 / n).Ball).Should().BeTrue();
        if (problem.IsOverparameterized && problem.Network.Parameters > n) audit.SmallestEigenvalue.Should().BeNull();
        else
        {
            Ball smallest = (Eigenvalues.Smallest(start.Gram) * 2 / n).Ball;
            Ball.Less(smallest, Ball.Exact(audit.SmallestEigenvalue!.Value)).Should().NotBe(Verdict.Proved);
            Ball.Less(smallest, Ball.Exact(audit.SmallestEigenvalue!.Value << 1)).Should().Be(Verdict.Proved);
            audit.StepLength!.Value.Overlaps(RealVectors.Norm(start.Direction(0, residuals)!).Ball).Should().BeTrue();
        }
    }

    [Fact]
    public void The_gradient_of_a_practical_network_is_its_difference_quotient()
    {
        // Moving v_0 by h changes the mean of squares by h times that entry of the gradient; with targets that only v_0 can explain nothing else matters.
        ModelAudit audit = ModelAudit.Of(Run(Sigmoid.Tanh, inputs: 1, units: 1, biases: true, [new RecordedRow([1], 5, 0.5), new RecordedRow([-1], 5, 0.5)], [1, 0, 0, 0]));
        // E = (v_0 - 5)^2 at v_0 = 0, and with v = 0 no hidden weight moves the outputs; those of v, tanh(1) and -tanh(1), cancel.
        audit.Loss.Contains(new Dyadic(25, 0)).Should().BeTrue();
        audit.GradientNorm.Contains(new Dyadic(10, 0)).Should().BeTrue();
        audit.Threshold.Should().BeNull();
        audit.IsOfThePaper.Should().BeFalse();
    }

    [Theory, InlineData("under13"), InlineData("under16"), InlineData("under22")]
    public void The_least_scaling_factor_of_5R_just_meets_its_hypotheses(string name)
    {
        var constants = new Constants(InstanceData.Named(name).At(256));
        Real half = ((Real)1).Shift(-1), least = new(ModelAudit.Of(Model(constants.Problem)).Threshold!.Value, 256);
        Real At(int percent, out Real alpha)
        {
            alpha = percent * least / 100;
            return new UndampedRepairs(constants, alpha, half).ThresholdOf5R;
        }

        Ball.Less(At(101, out Real above).Ball, above.Ball).Should().Be(Verdict.Proved);
        Ball.Less(At(99, out Real below).Ball, below.Ball).Should().Be(Verdict.Refuted);
    }

    [Theory, InlineData("over01"), InlineData("over11")]
    public void The_least_scaling_factor_of_1R_is_half_its_unit(string name)
    {
        var constants = new Constants(InstanceData.Named(name).At(256));
        Ball least = ModelAudit.Of(Model(constants.Problem)).Threshold!.Value, half = constants.Unit.Shift(-1).Ball;
        // The ledger takes a slightly smaller lambda_0 and a slightly greater L.
        Ball.LessOrEqual(least, half).Should().Be(Verdict.Proved);
        (half.Midpoint - least.Midpoint <= least.Midpoint << -30).Should().BeTrue();
    }

    // The instances are rounded to doubles, which the audit takes as exact; the ledger's numbers are then those doubles, too.
    private static RecordedRun Model(Problem problem)
    {
        double[] Numbers(IEnumerable<Real> values) => [.. values.Select(value => value.Ball.Midpoint.ToDouble())];
        Network network = problem.Network;
        double[] targets = Numbers(problem.Loss.Targets);
        return Run(
            network.Activation == Activation.Logistic ? Sigmoid.Logistic : Sigmoid.Tanh,
            network.Dimension,
            network.Units,
            biases: false,
            [.. Enumerable.Range(0, network.Rows).Select(j => new RecordedRow(Numbers(network.Inputs.Row(j).ToArray()), targets[j], 1.0 / network.Rows))],
            [.. Numbers(problem.InitialWeights), .. Enumerable.Range(0, network.Units).Select(i => (double)network.Sign(i))]);
    }

    private static RecordedRun Run(Sigmoid activation, int inputs, int units, bool biases, RecordedRow[] rows, double[] parameters) => new()
    {
        Kind = RunKind.Training,
        Inputs = inputs,
        HiddenUnits = units,
        Biases = biases,
        TrainsOutputLayer = true,
        Activation = activation,
        Rows = rows,
        Iterates = [new RecordedIterate { Parameters = parameters }],
    };
}
