using GnMlNet.Balls;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Tests.Flows;

public class FlowEnclosureTests
{
    private const int Bits = 224;

    private static readonly Real Quarter = ((Real)1).Shift(-2);

    // Both losses, both activations, p above and below n, condition numbers up to 4e12; dampings in units of lambda_0^2, or 1.
    public static TheoryData<string, double> Flows => new()
    {
        { "over02", 1.0 / 16 }, { "over07", 64 }, { "over14", 1 }, { "over20", double.PositiveInfinity },
        { "under05", 0 }, { "under10", 0 }, { "under08", 1 }, { "under23", 16 }, { "under02", double.PositiveInfinity },
    };

    [Theory, MemberData(nameof(Flows))]
    public void The_flow_of_another_integrator_is_within_the_error_of_the_path_and_not_on_it(string name, double damping)
    {
        (Constants constants, Real alpha, Real rho) = Of(name, damping);
        FlowPiece last = new FlowEnclosure(constants, alpha, rho).Until(Quarter)[^1];
        (last.Finish - Quarter).Ball.Sign.Should().Be(0);
        Problem problem = InstanceData.Named(name).At(2 * Bits);
        Real[] flow = FlowReference.At(problem, alpha, rho, Quarter, intervals: 4);
        Real own = RealVectors.Norm(RealVectors.Subtract(flow, FlowReference.At(problem, alpha, rho, Quarter, intervals: 3)));
        Real distance = RealVectors.Norm(last.Displacement(last.Step, flow));
        Ball.Less((distance + own).Ball, last.Error.Ball).Should().Be(Verdict.Proved, $"{distance} {own} {last.Error}");
        // Without the error the path would have to be the flow.
        Ball.Less(own.Ball, distance.Ball).Should().Be(Verdict.Proved, $"{distance} {own} {last.Error}");
    }

    [Fact]
    public void The_bound_is_at_least_the_logarithmic_norm_of_the_difference_quotients_and_would_not_be_without_what_turns()
    {
        bool isTight = false;
        Real small = ((Real)1).Shift(-16);
        foreach (object[] flow in Flows)
        {
            (string name, double damping) = ((string)flow[0], (double)flow[1]);
            (Constants constants, Real alpha, Real rho) = Of(name, damping);
            Problem problem = constants.Problem;
            Real[] weights = RealVectors.Middle(problem.InitialWeights);
            Real radius = constants.Radius.Shift(-20), gradient = RealVectors.Norm(problem.Loss.Gradient(problem.ScaledOutputs(weights, alpha)));
            FlowTube tube = FlowTube.Around(constants, alpha, rho, constants.SmallestEigenvalue, constants.GreatestEigenvalue, radius)!;
            RealMatrix metric = Metric(new Linearization(problem.Network, weights), rho, tube.LeastSingularValue.Square()), change = metric * Derivative(problem, alpha, rho, weights, radius.Shift(-60).Middle);
            // m N - (N DF + DF' N)/2 is positive definite, up to what difference quotients leave open.
            IsAbove(tube.LogarithmicNorm(gradient) + small).Should().BeTrue(name);
            isTight |= !IsAbove(tube.LogarithmicNorm(0) + small);

            bool IsAbove(Real norm) => SymmetricFactor.TryFactor(
                RealMatrix.Symmetric(metric.Rows, (i, j) => ((norm * metric[i, j]) - (change[i, j] + change[j, i]).Shift(-1)).Middle), 0) is { IsPositiveDefinite: true };
        }

        isTight.Should().BeTrue();
    }

    [Fact]
    public void A_step_expands_by_at_most_the_bound_and_by_more_than_it_would_be_without_what_turns()
    {
        bool isTight = false;
        foreach (object[] flow in Flows)
        {
            (string name, double damping) = ((string)flow[0], (double)flow[1]);
            (Constants constants, Real alpha, Real rho) = Of(name, damping);
            Problem problem = constants.Problem;
            Real[] weights = RealVectors.Middle(problem.InitialWeights);
            Real radius = constants.Radius.Shift(-20), gradient = RealVectors.Norm(problem.Loss.Gradient(problem.ScaledOutputs(weights, alpha)));
            FlowTube tube = FlowTube.Within(constants, alpha, rho, radius, radius)!;
            RealMatrix metric = Metric(new Linearization(problem.Network, weights), rho, tube.LeastSingularValue.Square()), derivative = Derivative(problem, alpha, rho, weights, radius.Shift(-60).Middle);
            foreach (int eighths in new[] { 1, 8, 15, 24 })
            {
                Real timeStep = ScalingFactor.Below(eighths / (8 * constants.Mu * Constants.Rate(constants.GreatestEigenvalue, rho)));
                RealMatrix step = derivative.Blend(timeStep, 1), moved = step.Transpose() * (metric * step);
                IsAtMost(moved, metric, (tube.Expansion(timeStep, gradient) + ((Real)1).Shift(-16)).Square()).Should().BeTrue($"{name}, {eighths}");
                isTight |= !IsAtMost(moved, metric, (tube.Expansion(timeStep, 0) + ((Real)1).Shift(-16)).Square());
            }
        }

        isTight.Should().BeTrue();
    }

    [Fact]
    public void Lengths_in_the_metrics_of_two_points_differ_by_at_most_the_factor_of_the_tube()
    {
        foreach ((string name, double damping) in new[] { ("over02", 1.0 / 16), ("over11", 1), ("under05", 0.0), ("under16", 4) })
        {
            (Constants constants, Real alpha, Real rho) = Of(name, damping);
            Problem problem = constants.Problem;
            Real[] start = RealVectors.Middle(problem.InitialWeights);
            Real radius = constants.Radius.Shift(-2);
            FlowTube tube = FlowTube.Around(constants, alpha, rho, constants.SmallestEigenvalue, constants.GreatestEigenvalue, radius)!;
            var points = new PointsOfBall(start, radius, 7);
            RealMatrix first = Metric(new Linearization(problem.Network, start), rho, tube.LeastSingularValue.Square());
            bool isTight = false;
            for (int k = 0; k < 10; k++)
            {
                RealMatrix second = Metric(new Linearization(problem.Network, points.Next()), rho, tube.LeastSingularValue.Square());
                IsAtMost(first, second, tube.Turn.Square()).Should().BeTrue(name);
                IsAtMost(second, first, tube.Turn.Square()).Should().BeTrue(name);
                isTight |= !IsAtMost(first, second, 1) && !IsAtMost(second, first, 1);
            }

            // Without the factor no point's metric would be beyond the other's.
            if (problem.Network.Parameters > 1) isTight.Should().BeTrue(name);
        }
    }

    [Fact]
    public void Without_damping_more_parameters_than_rows_have_no_flow()
    {
        var constants = new Constants(InstanceData.Named("over02").At(Bits));
        FluentActions.Invoking(() => new FlowEnclosure(constants, 1, 0)).Should().Throw<ArgumentException>();
    }

    // a <= factor b as quadratic forms.
    private static bool IsAtMost(RealMatrix a, RealMatrix b, Real factor) =>
        SymmetricFactor.TryFactor(RealMatrix.Symmetric(a.Rows, (i, j) => ((factor * b[i, j]) - a[i, j]).Middle), 0) is { IsPositiveDefinite: true };

    private static (Constants Constants, Real Alpha, Real Rho) Of(string name, double damping)
    {
        var constants = new Constants(InstanceData.Named(name).At(Bits));
        Real alpha = constants.Problem.IsOverparameterized ? ScalingFactor.Above(constants.Unit) : UndampedRepairs.WithSufficientAlphaFor5R(constants).Alpha;
        return (constants, alpha, damping == 0 ? 0 : double.IsInfinity(damping) ? 1 : ScalingFactor.Below(Real.Exact(Dyadic.FromDouble(damping), Bits) * constants.Lambda0.Square()));
    }

    // H, for p above n with A(k) in place of rho across the range of J'.
    private static RealMatrix Metric(Linearization point, Real rho, Real k)
    {
        RealMatrix metric = point.Preconditioner(rho), jacobian = point.Jacobian;
        if (jacobian.Columns <= jacobian.Rows) return metric;
        RealMatrix range = jacobian.Transpose() * (SymmetricFactor.TryFactor(point.Kernel, 0)!.Inverse() * jacobian);
        return metric + ((1 - rho) * k * range.Blend(-1, 1));
    }

    private static RealMatrix Derivative(Problem problem, Real alpha, Real rho, Real[] weights, Real step)
    {
        Real[] Speed(int index, Real by)
        {
            Real[] point = [.. weights];
            point[index] += by;
            return RealVectors.Scale(-1 / alpha, new Linearization(problem.Network, point).Direction(rho, problem.Loss.Gradient(problem.ScaledOutputs(point, alpha)))!);
        }

        Real[][] columns = [.. weights.Select((_, j) => RealVectors.Scale(1 / (2 * step), RealVectors.Subtract(Speed(j, step), Speed(j, -step))))];
        return RealMatrix.Of(weights.Length, weights.Length, (i, j) => columns[j][i]);
    }
}
