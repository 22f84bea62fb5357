using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Dynamics;

public class FlowEndTests
{
    [Fact]
    public void An_anti_symmetric_start_without_damping_is_rank_deficient_at_time_zero_and_flows_with_damping()
    {
        var random = new Random(2);
        RegressionData data = Problems.Table(50, 3, random, x => x[0] * x[1]);
        SignedInitialization initial = SignedInitialization.DrawAntiSymmetric(3, 6, Activation.Tanh, random);
        var model = new NullifiedNetworkModel(data, initial);
        var loss = new QuadraticLoss(data.Labels());
        Trajectory undamped = FlowIntegration.Run(model, loss, initial.Weights, new FlowOptions());
        Trajectory damped = FlowIntegration.Run(model, loss, initial.Weights, new FlowOptions { Damping = 0.01, Duration = 0.5 });

        (undamped.End, undamped.EndTime, undamped.RankLossTime).Should().Be((FlowEnd.RankDeficient, 0.0, 0.0));
        undamped.Points[0].Loss.Should().Be(damped.Points[0].Loss);
        double.IsNaN(undamped.Points[0].RiemannianGradientNorm).Should().BeTrue();
        damped.End.Should().Be(FlowEnd.Duration);
        damped.RankLossTime.Should().BeNull();
        damped.Points[^1].Loss.Should().BeLessThan(damped.Points[0].Loss);
    }

    [Fact]
    public void After_the_loss_of_rank_the_flow_goes_on_if_it_may_and_tells_when_rank_was_lost()
    {
        var random = new Random(6);
        Matrix<double> a = Matrix<double>.Build.Dense(10, 3, (_, _) => random.NextDouble());
        a.SetColumn(2, a.Column(0));
        var model = new LinearModel(a);
        double[] targets = Problems.RandomVector(10, random);
        FlowOptions options = new() { ScalingFactor = 1, ContinueAfterRankLoss = true, Duration = 10 };
        Trajectory trajectory = FlowIntegration.Run(model, new QuadraticLoss(targets), new double[3], options);

        (trajectory.End, trajectory.RankLossTime).Should().Be((FlowEnd.Duration, 0.0));
        // The shortest solution of the least squares problem, as the pseudoinverse promises for a start at zero.
        Vector<double> best = a.PseudoInverse() * Vector<double>.Build.DenseOfArray(targets);
        IntegrationOrderTests.Distance(trajectory.Parameters.ToArray(), best.ToArray()).Should().BeLessThan(1e-8);
    }

    [Fact]
    public void A_caller_can_end_a_flow_and_keep_it_or_cancel_it()
    {
        LinearModel model = LinearModel.Random(9, 4, 1);
        var loss = new QuadraticLoss(Problems.RandomVector(9, new Random(2)));
        using var stop = new CancellationTokenSource();
        var progress = new Listener(point =>
        {
            if (point.Steps == 7) stop.Cancel();
        });
        Trajectory stopped = FlowIntegration.Run(model, loss, new double[4], new FlowOptions(), new FlowControl { Progress = progress, StopToken = stop.Token });
        (stopped.End, stopped.Points.Count).Should().Be((FlowEnd.StoppedByCaller, 9));

        Action cancelled = () => FlowIntegration.Run(model, loss, new double[4], new FlowOptions(), new FlowControl { CancellationToken = new CancellationToken(true) });
        cancelled.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_with_the_reason()
    {
        LinearModel model = LinearModel.Random(4, 9, 1), tall = LinearModel.Random(9, 4, 1);
        void Refused(DifferentiableModel of, FlowOptions options, string message)
        {
            Action run = () => FlowIntegration.Run(of, new QuadraticLoss(new double[of.OutputCount]), new double[of.ParameterCount], options);
            run.Should().Throw<ArgumentException>().WithMessage(message);
        }

        Refused(model, new FlowOptions(), "With 9 parameters and 4 rows J^T J is singular, so Damping (rho) must be positive*");
        foreach (double alpha in new[] { 0, -1, double.NaN, double.PositiveInfinity }) Refused(tall, new FlowOptions { ScalingFactor = alpha }, "ScalingFactor must be positive*");
        foreach (double rho in new[] { -0.1, 1.1, double.NaN }) Refused(tall, new FlowOptions { Damping = rho }, "Damping (rho) must lie in [0, 1]*");
        foreach (double step in new[] { 0, -0.01, double.NaN }) Refused(tall, new FlowOptions { TimeStep = step }, "TimeStep must be positive*");
        Refused(tall, new FlowOptions { Duration = 0 }, "Duration must be positive*");
        Refused(tall, new FlowOptions { Tolerance = 0 }, "Tolerance must be positive*");
        Refused(tall, new FlowOptions { RecordingInterval = -1 }, "RecordingInterval must be at least 0*");
        Refused(tall, new FlowOptions { Scheme = (FlowScheme)7 }, "Scheme must be one of the schemes*");
    }

    private sealed class Listener(Action<FlowPoint> report) : IProgress<FlowPoint>
    {
        public void Report(FlowPoint value) => report(value);
    }
}
