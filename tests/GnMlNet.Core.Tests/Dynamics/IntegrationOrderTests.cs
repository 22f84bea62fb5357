using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Tests.Dynamics;

/// <summary>What the integrators make of flows with a closed form.</summary>
public class IntegrationOrderTests
{
    private const double Scale = 3, Duration = 1.5;

    public static TheoryData<int, int, double> Problems => new() { { 9, 4, 0 }, { 9, 4, 0.2 }, { 5, 8, 0.3 }, { 9, 4, 1 } };

    [Theory, MemberData(nameof(Problems))]
    public void Eulers_error_halves_with_the_time_step(int outputs, int parameters, double damping) =>
        ErrorRatio(outputs, parameters, damping, FlowScheme.Euler, 0.005).Should().BeApproximately(2, 0.1);

    [Theory, MemberData(nameof(Problems))]
    public void The_classical_Runge_Kutta_methods_error_falls_by_sixteen_as_the_time_step_halves(int outputs, int parameters, double damping) =>
        ErrorRatio(outputs, parameters, damping, FlowScheme.RungeKutta4, 0.05).Should().BeApproximately(16, 2);

    [Theory, MemberData(nameof(Problems))]
    public void The_adaptive_pair_meets_its_tolerance_and_takes_more_steps_for_a_tighter_one(int outputs, int parameters, double damping)
    {
        int previous = 0;
        foreach (double tolerance in new[] { 1e-3, 1e-5, 1e-7, 1e-9 })
        {
            (double error, Trajectory trajectory) = Error(outputs, parameters, damping, new FlowOptions { Scheme = FlowScheme.DormandPrince, Tolerance = tolerance });
            error.Should().BeLessThan(tolerance * Math.Sqrt(parameters), $"tolerance {tolerance}");
            trajectory.Points[^1].Steps.Should().BeGreaterThan(previous);
            previous = trajectory.Points[^1].Steps;
        }
    }

    [Fact]
    public void The_adaptive_pair_stays_stable_on_a_stiff_flow_where_Euler_with_the_same_first_step_does_not()
    {
        LinearModel model = LinearModel.Random(12, 6, 5);
        var stiff = new LinearModel(model.A * 40);
        double[] start = new double[6], targets = Tests.Problems.RandomVector(12, new Random(1));
        FlowOptions options = new() { Damping = 1, TimeStep = 0.1, Duration = 2, Scheme = FlowScheme.DormandPrince };
        Trajectory adaptive = FlowIntegration.Run(stiff, new QuadraticLoss(targets), start, options);
        Trajectory euler = FlowIntegration.Run(stiff, new QuadraticLoss(targets), start, options with { Scheme = FlowScheme.Euler, Duration = 200 });

        adaptive.End.Should().Be(FlowEnd.Duration);
        Distance(adaptive.Parameters.ToArray(), stiff.Flow(start, targets, options.ScalingFactor, 1, 2)).Should().BeLessThan(1e-5);
        euler.End.Should().Be(FlowEnd.NotFinite);
    }

    [Fact]
    public void The_last_step_ends_at_the_duration_also_where_it_is_no_multiple_of_the_time_step()
    {
        LinearModel model = LinearModel.Random(9, 4, 1);
        var loss = new QuadraticLoss(Tests.Problems.RandomVector(9, new Random(2)));
        foreach ((double step, double duration, int steps) in new[] { (0.01, 20.0, 2000), (0.1, 0.3, 3), (0.1, 0.35, 4), (7.0, 0.5, 1) })
        {
            Trajectory trajectory = FlowIntegration.Run(model, loss, new double[4], new FlowOptions { TimeStep = step, Duration = duration });
            trajectory.EndTime.Should().Be(duration);
            trajectory.Points.Count.Should().Be(steps + 1);
        }
    }

    [Theory, InlineData(FlowScheme.Euler), InlineData(FlowScheme.RungeKutta4), InlineData(FlowScheme.DormandPrince)]
    public void Recording_at_intervals_changes_no_bit_of_a_fixed_step_scheme_and_hits_every_multiple(FlowScheme scheme)
    {
        LinearModel model = LinearModel.Random(9, 4, 1);
        var loss = new QuadraticLoss(Tests.Problems.RandomVector(9, new Random(2)));
        var all = new FlowOptions { TimeStep = 0.01, Duration = 1, Scheme = scheme };
        Trajectory every = FlowIntegration.Run(model, loss, new double[4], all), some = FlowIntegration.Run(model, loss, new double[4], all with { RecordingInterval = 0.25 });

        some.Points.Select(point => point.Time).Should().Equal(0, 0.25, 0.5, 0.75, 1);
        if (scheme != FlowScheme.DormandPrince) some.Parameters.ToArray().Should().Equal(every.Parameters.ToArray());
        else Distance(some.Parameters.ToArray(), every.Parameters.ToArray()).Should().BeLessThan(1e-5);
    }

    [Fact]
    public void The_discrete_iteration_with_learning_rate_eta_is_Euler_with_time_step_alpha_eta()
    {
        LinearModel model = LinearModel.Random(9, 4, 3);
        double[] targets = Tests.Problems.RandomVector(9, new Random(4)), w = Tests.Problems.RandomVector(4, new Random(5));
        FlowOptions options = new FlowOptions { ScalingFactor = Scale, Damping = 0.4, KeepParameters = true }.WithLearningRate(0.125, 5);
        Trajectory trajectory = FlowIntegration.Run(model, new QuadraticLoss(targets), w, options);

        trajectory.RecordedParameters.Count.Should().Be(6);
        var a = model.A;
        var h = (0.6 * a.TransposeThisAndMultiply(a)) + (0.4 * MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(4));
        var expected = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(w);
        var y = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(targets);
        foreach (double[] at in trajectory.RecordedParameters)
        {
            Distance(at, expected.ToArray()).Should().BeLessThan(1e-12);
            expected -= 0.125 * h.Solve(a.TransposeThisAndMultiply(2 * ((Scale * (a * expected)) - y)));
        }
    }

    internal static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double ErrorRatio(int outputs, int parameters, double damping, FlowScheme scheme, double step) =>
        Error(outputs, parameters, damping, new FlowOptions { Scheme = scheme, TimeStep = step }).Error
        / Error(outputs, parameters, damping, new FlowOptions { Scheme = scheme, TimeStep = step / 2 }).Error;

    private static (double Error, Trajectory Trajectory) Error(int outputs, int parameters, double damping, FlowOptions options)
    {
        LinearModel model = LinearModel.Random(outputs, parameters, 7);
        double[] start = Tests.Problems.RandomVector(parameters, new Random(8)), targets = Tests.Problems.RandomVector(outputs, new Random(9), 5);
        Trajectory trajectory = FlowIntegration.Run(
            model, new QuadraticLoss(targets), start, options with { ScalingFactor = Scale, Damping = damping, Duration = Duration });
        return (Distance(trajectory.Parameters.ToArray(), model.Flow(start, targets, Scale, damping, Duration)), trajectory);
    }
}
