using GnMlNet.Balls;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Balls.Matrices;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;
using GnMlNet.Reference.Trajectories;

namespace GnMlNet.Reference.Tests;

public class TrajectoryTests
{
    public static TheoryData<string> Runs => ["flow", "damped flow", "training", "logistic training", "sampled training", "penalties of their own"];

    [Theory, MemberData(nameof(Runs))]
    public void An_evaluation_over_a_ball_holds_the_evaluation_at_every_point_of_it(string name)
    {
        RecordedRun run = Run(name);
        var equations = StepEquations.Of(run, PlainKernels.Instance);
        var random = new Random(3);
        double[] center = run.Iterates[1].Parameters;
        RecordedIterate step = run.Iterates[^1];
        foreach (int power in new[] { -60, -30, -12 })
        {
            ParameterBall ball = ParameterBall.Exact(center) with { Radius = Magnitude.PowerOfTwo(power) };
            EnclosedPoint plain = equations.Evaluate(ball, 96), around = equations.Penalized(plain, step);
            EnclosedSystem system = equations.Equations(plain, step);
            for (int sample = 0; sample < 5; sample++)
            {
                EnclosedPoint exact = equations.Evaluate(new ParameterBall(OnTheSphere(center, power, random), Magnitude.Zero), 200), point = equations.Penalized(exact, step);
                for (int j = 0; j < point.Residuals.Length; j++) Holds(around.Residuals[j], around.ResidualError, point.Residuals[j], point.ResidualError);
                Holds(around.Loss, around.LossError, point.Loss, point.LossError);
                for (int a = 0; a < point.Gradient.Length; a++)
                {
                    Holds(around.Gradient[a], around.GradientErrors[a], point.Gradient[a], point.GradientErrors[a]);
                    for (int j = 0; j < point.Residuals.Length; j++)
                        Holds(around.Jacobian.Values.At(j, a), around.Jacobian.ColumnErrors[a], point.Jacobian.Values.At(j, a), point.Jacobian.ColumnErrors[a]);
                }

                // What the matrix misses, applied to a vector, is no longer than its norm allows.
                EnclosedSystem there = equations.Equations(exact, step);
                Dyadic[] vector = [.. center.Take(system.Size).Select(Dyadic.FromDouble)];
                Magnitude difference = Norms.Euclidean(system.Multiply(vector).Zip(there.Multiply(vector), (x, y) => x - y));
                (difference <= (system.MatrixError + there.MatrixError) * Norms.Euclidean(vector)).Should().BeTrue();
            }
        }
    }

    [Theory, MemberData(nameof(Runs))]
    public void The_derivative_of_a_step_bounds_the_difference_of_steps_and_is_not_far_above_it(string name)
    {
        RecordedRun run = Run(name);
        var equations = StepEquations.Of(run, FastKernels.Instance);
        var random = new Random(4);
        double[] center = run.Iterates[1].Parameters;
        RecordedIterate step = run.Iterates[^1];
        const int power = -70;
        ParameterBall ball = ParameterBall.Exact(center) with { Radius = Magnitude.PowerOfTwo(power) };
        EnclosedPoint around = equations.Evaluate(ball, 160);
        var system = (DenseSystem)equations.Equations(around, step);
        SolutionEnclosure solution = SolutionEnclosure.Of(system);
        var derivative = new StepDerivative(around, equations.Coefficients(step), solution);
        Dyadic[] Step(Dyadic[] parameters) =>
            SolutionEnclosure.Of(equations.Equations(equations.Evaluate(new ParameterBall(parameters, Magnitude.Zero), 300), step), enoughBits: 200).Approximation;

        Dyadic[] atCenter = Step(ball.Center);
        foreach (Dyadic factor in new Dyadic[] { Dyadic.One, Dyadic.FromDouble(-0.25), Dyadic.FromDouble(16) })
        {
            double growth = derivative.Growth(system, solution.SmallestEigenvalue!.Value, factor).ToDouble(), seen = 0;
            // Power iteration with differences of steps: towards the direction that grows most under (I + c Ds).
            double[] direction = [.. center.Select(_ => random.NextDouble() - 0.5)];
            for (int iteration = 0; iteration < 12; iteration++)
            {
                Dyadic[] moved = Shifted(center, direction, power);
                Dyadic[] there = Step(moved);
                Dyadic[] change = [.. moved.Select((entry, i) => entry - ball.Center[i] + (i < there.Length ? factor * (there[i] - atCenter[i]) : Dyadic.Zero))];
                seen = Math.Max(seen, (Norms.Euclidean(change) << -power).ToDouble());
                direction = [.. change.Select(entry => (entry << -power).ToDouble())];
            }

            seen.Should().BeLessThanOrEqualTo(growth * (1 + 1e-12));
            growth.Should().BeLessThan(20 * seen);
        }
    }

    [Theory, MemberData(nameof(Runs))]
    public void Few_bits_and_many_bits_follow_the_same_trajectory(string name)
    {
        RecordedRun run = Run(name);
        TrajectoryReport few = new ExactTrajectory(run, 128).Follow(), many = new ExactTrajectory(run, 320).Follow();
        few.End.Should().Be(TrajectoryEnd.RunEnded);
        many.End.Should().Be(TrajectoryEnd.RunEnded);
        few.Points.Should().HaveSameCount(run.Iterates);
        foreach ((TrajectoryPoint a, TrajectoryPoint b) in few.Points.Zip(many.Points))
        {
            a.Divergence.Should().BeApproximately(b.Divergence, a.Radius + b.Radius + (1e-12 * b.Divergence));
            b.Radius.Should().BeLessThanOrEqualTo(a.Radius);
        }

        // Rounding errors of doubles, no more.
        many.Points.Skip(1).Should().OnlyContain(point => point.RelativeDivergence > 0 && point.RelativeDivergence < 1e-9);
    }

    [Fact]
    public void An_error_put_into_one_step_is_found_and_carried_along()
    {
        RecordedRun run = Run("training");
        double[] moved = [.. run.Iterates[3].Parameters];
        moved[2] += 1e-6;
        RecordedRun altered = run with { Iterates = [.. run.Iterates.Select((iterate, k) => k == 3 ? iterate with { Parameters = moved } : iterate)] };
        TrajectoryReport report = new ExactTrajectory(altered).Follow();
        report.Points[2].Divergence.Should().BeLessThan(1e-9);
        report.Points[3].Divergence.Should().BeApproximately(1e-6, 1e-9);
        report.Points[4].Divergence.Should().BeLessThan(1e-9);
    }

    [Fact]
    public void What_cannot_be_followed_is_said()
    {
        RecordedRun run = Run("flow");
        new ExactTrajectory(run with { Scheme = "RungeKutta4" }).Follow().End.Should().Be(TrajectoryEnd.NotRecorded);
        new ExactTrajectory(run with { Iterates = [.. run.Iterates.Where((_, k) => k != 2)] }).Follow().End.Should().Be(TrajectoryEnd.NotRecorded);
        RecordedRun wide = TraceReader.Read(RecordedRuns.Flow(rows: 5, inputs: 3, hidden: 6, damping: 0.01, duration: 0.02), "trace");
        new ExactTrajectory(wide).Follow().End.Should().Be(TrajectoryEnd.MoreParametersThanRows);

        // Two units with the same weights: J has repeated columns.
        double[] w = [.. run.Iterates[0].Parameters];
        Array.Copy(w, 0, w, 3, 3);
        TrajectoryReport singular = new ExactTrajectory(run with { Iterates = [run.Iterates[0] with { Parameters = w }, .. run.Iterates.Skip(1)] }).Follow();
        singular.End.Should().Be(TrajectoryEnd.NotPositiveDefinite);
        singular.Points.Should().ContainSingle();
    }

    private static RecordedRun Run(string name)
    {
        string[] lines = name switch
        {
            "flow" => RecordedRuns.Flow(rows: 60, inputs: 3, hidden: 4, damping: 0, duration: 0.05),
            "damped flow" => RecordedRuns.Flow(rows: 60, inputs: 3, hidden: 4, damping: 0.2, duration: 0.05, alpha: 3),
            "training" => RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 6, weight: j => 1 + (j % 3)),
            "logistic training" => RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 6, activation: Core.Networks.Activation.Logistic),
            _ => RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 6),
        };
        RecordedRun run = TraceReader.Read(lines, name);
        RecordedRun With(Func<RecordedIterate, RecordedIterate> change) => WithExactSteps(run with { Iterates = [.. run.Iterates.Select(change)] });
        return name switch
        {
            "sampled training" => With(iterate => iterate with { CurvatureRows = [(3, 50)] }),
            "penalties of their own" => With(iterate => iterate with { Penalties = [.. iterate.Metric.Select((_, i) => 1e-3 * ((i * 7 % 5) + iterate.Iteration))] }),
            _ => run,
        };
    }

    /// <summary>The run that takes its curvature from some rows, with steps and parameters in double from exact solutions.</summary>
    private static RecordedRun WithExactSteps(RecordedRun run)
    {
        var equations = StepEquations.Of(run, FastKernels.Instance);
        var iterates = new List<RecordedIterate> { run.Iterates[0] };
        foreach (RecordedIterate iterate in run.Iterates.Skip(1))
        {
            SolutionEnclosure solution = SolutionEnclosure.Of(equations.Equations(equations.Evaluate(iterates[^1].Parameters, 128), iterate));
            double[] step = [.. solution.Approximation.Select(entry => entry.ToDouble())];
            iterates.Add(iterate with { Step = step, Parameters = [.. iterates[^1].Parameters.Zip(step, (theta, s) => theta + s)] });
        }

        return run with { Iterates = iterates };
    }

    private static Dyadic[] OnTheSphere(double[] center, int power, Random random) => Shifted(center, [.. center.Select(_ => random.NextDouble() - 0.5)], power);

    /// <summary>The center moved along a direction by just less than 2^power.</summary>
    private static Dyadic[] Shifted(double[] center, double[] direction, int power)
    {
        double norm = Math.Sqrt(direction.Sum(x => x * x)) * (1 + 1e-12);
        return [.. center.Zip(direction, (entry, change) => Dyadic.FromDouble(entry) + (Dyadic.FromDouble(change / norm) << power))];
    }

    private static void Holds(Dyadic around, Magnitude radius, Dyadic value, Magnitude error) => ((around - value).Abs() <= (radius + error).ToDyadic()).Should().BeTrue();
}
