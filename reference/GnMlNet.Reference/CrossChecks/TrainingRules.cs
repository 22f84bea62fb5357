using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The rules of training that need exact figures of the point where a step starts.</summary>
/// <remarks>docs/crosscheck.md, "Between the steps".</remarks>
internal sealed class TrainingRules(RecordedRun run, StepEquations equations, StepPromise promise, Func<double[], int, EnclosedPoint> evaluate, int bits)
{
    private const double Unit = 1.0 / (1L << 53);

    // Of a step that was not taken.
    private const int EnoughPlaces = 60;

    private const double Tempering = 3, LeastDiagonal = 1e-12;

    // A trial whose loss is known this closely beside the loss itself is decided as well as doubles decide it.
    private const int ClosePlaces = 20;

    /// <summary>A step was taken because the loss after it is less than before, as doubles see it.</summary>
    internal Found Acceptance(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        // With the same penalties the two losses are those that were compared.
        if (!run.AdaptsPenalties) return Found.If(iterate.Loss < before.Loss, $"the loss does not fall");
        EnclosedPoint start = Point(before, iterate), end = Point(iterate, iterate);
        Dyadic fall = new Ball(start.Loss, start.LossError).Upper - new Ball(end.Loss, end.LossError).Lower;
        double slack = promise.Analyze(start).Loss + promise.Analyze(end).Loss;
        return Found.If(fall + Dyadic.FromDouble(slack) >= Dyadic.Zero, $"the loss does not fall");
    }

    /// <summary>The steps with less damping were not taken because the loss after them is no less, as doubles see it.</summary>
    internal Found Rejections(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        if (iterate.RejectedSteps == 0) return Found.Holds;
        EnclosedPoint plain = evaluate(before.Parameters, bits), start = equations.Penalized(plain, iterate);
        var loss = new Ball(start.Loss, start.LossError);
        Dyadic slack = Dyadic.FromDouble(promise.Analyze(start).Loss);
        Found found = Found.Holds;
        for (int rejection = 0; rejection < iterate.RejectedSteps; rejection++)
        {
            double damping = DampingRule.Tried(iterate, rejection);
            Found trial = Rejected(plain, start, loss, slack, iterate with { Damping = damping });
            if (trial.Verdict == Verdict.Refuted) return trial;
            if (trial.Verdict == Verdict.Undecided) found = trial;
        }

        return found;
    }

    /// <summary>D is (max(10^-12, diagonal of A / its largest entry))^(3/8), or the identity in the dual form.</summary>
    internal Found Metric(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        if (run.Form == SystemForm.Dual) return Found.If(Array.TrueForAll(iterate.Metric, entry => entry == 1), $"the metric of the dual form is not the identity");
        Ball[] diagonal = promise.Diagonal(evaluate(before.Parameters, bits), iterate);
        var largest = Ball.Union(Ball.Exact(diagonal.Select(entry => entry.Lower).Max()), Ball.Exact(diagonal.Select(entry => entry.Upper).Max()));
        if (largest.Lower.Sign <= 0) return Found.Open("the diagonal of the matrix may vanish");
        for (int i = 0; i < diagonal.Length; i++)
        {
            Ball power = Root(Ball.Pow(AtLeast(Ball.Divide(diagonal[i], largest, bits), Dyadic.FromDouble(LeastDiagonal)), (int)Tempering, bits));
            Dyadic slack = Magnitude.Of(power.Upper).ToDyadic() << -50, entry = Dyadic.FromDouble(iterate.Metric[i]);
            if (entry > power.Upper + slack || entry < power.Lower - slack) return Found.Broken($"entry {i} of the metric is {iterate.Metric[i]}, and the diagonal of the matrix gives {power.Midpoint.ToDouble()}");
        }

        return Found.Holds;
    }

    /// <summary>The eighth root.</summary>
    private Ball Root(Ball value) => Ball.Sqrt(Ball.Sqrt(Ball.Sqrt(value, bits), bits), bits);

    private static Ball AtLeast(Ball value, Dyadic least) =>
        Ball.Union(Ball.Exact(value.Lower < least ? least : value.Lower), Ball.Exact(value.Upper < least ? least : value.Upper));

    private Found Rejected(EnclosedPoint plain, EnclosedPoint start, Ball loss, Dyadic slack, RecordedIterate trial)
    {
        const string unknown = "a rejected step is not known closely enough";
        EnclosedSystem system = equations.Equations(plain, trial);
        SolutionEnclosure solution = SolutionEnclosure.Of(system, EnoughPlaces).RoundTo(bits);
        if (solution.SmallestEigenvalue is not { Sign: > 0 } smallest || !solution.Distance.IsFinite) return Found.Open(unknown);
        Dyadic[] center = [.. plain.Parameters.Center.Select((entry, i) => i < solution.Approximation.Length ? entry + solution.Approximation[i] : entry)];
        EnclosedPoint end = equations.Penalized(equations.Evaluate(new ParameterBall(center, solution.Distance), bits), trial);
        // The fast path tries another step, which leaves r of the equations: s + S^-1 r.
        double left = promise.Residual(start, system, trial, Norms.Euclidean(solution.Approximation).ToDouble()), least = BelowNorm.RoundDown(smallest), gradient = Norms.Euclidean(end.Gradient).ToDouble();
        double sensitivity = Sensitivity((DenseSystem)system, smallest, end, gradient / least);
        double rounding = (2 * sensitivity * left) + (left / least * left) + (4 * gradient * Unit * Norms.Euclidean(center).ToDouble());
        Dyadic both = slack + Dyadic.FromDouble(double.IsFinite(rounding) ? promise.Analyze(end).Loss + rounding : double.MaxValue);
        var after = new Ball(end.Loss, end.LossError);
        if (after.Lower >= loss.Upper + both) return Found.Holds;
        if (Magnitude.Of(both) << ClosePlaces > loss.AbsUpper() || after.Radius << ClosePlaces > loss.AbsUpper()) return Found.Open(unknown);
        return Found.If(after.Upper + both >= loss.Lower, $"a step with damping {trial.Damping} was rejected, and it lowers the loss");
    }

    /// <summary>|S^-1 g|, or a bound of it where that is not known closely: the loss changes by no more than twice that for what is left of the equations, to first order.</summary>
    private static double Sensitivity(DenseSystem system, Dyadic smallest, EnclosedPoint end, double bound)
    {
        SolutionEnclosure solution = SolutionEnclosure.Of(new DenseSystem(system.Matrix, system.MatrixError, end.Gradient, end.GradientErrors, smallest), EnoughPlaces);
        double size = (Norms.Euclidean(solution.Approximation) + solution.Distance).ToDouble();
        return Math.Min(bound, size);
    }

    private EnclosedPoint Point(RecordedIterate at, RecordedIterate penalties) => equations.Penalized(evaluate(at.Parameters, bits), penalties);
}
