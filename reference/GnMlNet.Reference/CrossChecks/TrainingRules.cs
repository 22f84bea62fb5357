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

    // Of inexact steps.
    private const double LeastShare = 0.1, LeastExtension = 1.5, MostExtension = 4;

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
        if (iterate.Inexact is { } inexact) return RejectedDirections(before, iterate, inexact);
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

    /// <summary>
    /// An inexact step s is tried whole. Where that raises the loss a share t below 1 is tried, once, and the damping learns of no gain; where the loss goes on falling a t from 1.5 to 4 is, and taken where the loss is less
    /// there. t is where the parabola through both losses and the slope s . g is least.
    /// </summary>
    internal Found Share(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        if (iterate.Inexact is not { } inexact || inexact.Share == 1) return Found.Holds;
        EnclosedPoint start = Point(before, iterate), whole = Along(before, iterate, iterate.Step), end = Point(iterate, iterate);
        RoundingAnalysis atStart = promise.Analyze(start), atWhole = promise.Analyze(whole);
        Ball first = Wider(start.Loss, start.LossError, atStart.Loss), second = Wider(whole.Loss, whole.LossError, atWhole.Loss);
        if (inexact.Share < 1)
        {
            if (iterate.GainRatio != 0 || iterate.RejectedSteps > 0 || inexact.Share <= LeastShare) return Found.Broken($"a share of {inexact.Share} after {iterate.RejectedSteps} rejections, with a gain ratio of {iterate.GainRatio}");
            if (second.Upper < first.Lower) return Found.Broken($"a share of {inexact.Share} of a step was taken, and the whole step lowers the loss");
        }
        else
        {
            if (inexact.Share is < LeastExtension or > MostExtension) return Found.Broken($"a share of {inexact.Share}");
            if (Wider(end.Loss, end.LossError, promise.Analyze(end).Loss).Lower > second.Upper) return Found.Broken($"a share of {inexact.Share} of a step was taken, and the loss is less after the step itself");
        }

        double length = Norms.Euclidean(iterate.Step.Select(Magnitude.Of)).ToDouble(), gradient = Norms.Euclidean(start.Gradient).ToDouble();
        Ball exact = Slope(start, iterate.Step), slope = Wider(exact.Midpoint, exact.Radius, length * (atStart.Gradient(1) + ((iterate.Step.Length + 2) * Unit * gradient)));
        Ball bend = Ball.Subtract(Ball.Subtract(second, first, bits), Ball.Add(slope, slope, bits), bits);
        Dyadic taken = Dyadic.FromDouble(inexact.Share);
        if (bend.Upper.Sign <= 0 && inexact.Share == MostExtension) return Found.Holds;
        if (bend.Lower.Sign <= 0) return Found.Open("the parabola along the step is not known closely enough");
        Ball share = Ball.Divide(Ball.Negate(slope), bend, bits);
        Dyadic slack = share.AbsUpper().ToDyadic() << -48;
        bool isNear = taken >= share.Lower - slack && taken <= share.Upper + slack, isMost = inexact.Share == MostExtension && share.Lower + slack >= taken;
        return Found.If(isNear || isMost, $"a share of {inexact.Share} of the step, and the parabola is least at {share.Midpoint.ToDouble()}");
    }

    /// <summary>
    /// Of all multiples of its direction an inexact step is the one where the quadratic model is least, as far as the product with the matrix says: s . r = 0 up to rounding for the recorded remainder r, whose s is scaled
    /// by (b . s)/(s . S s) as doubles compute it. And it leads down.
    /// </summary>
    internal Found BestMultiple(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        EnclosedPoint start = Point(before, iterate);
        double[] remainder = iterate.Inexact!.Remainder;
        Dyadic product = Dyadic.Zero;
        for (int i = 0; i < remainder.Length; i++) product += Dyadic.FromDouble(iterate.Step[i]) * Dyadic.FromDouble(remainder[i]);
        double step = Norms.Euclidean(iterate.Step.Select(Magnitude.Of)).ToDouble(), left = Norms.Euclidean(remainder.Select(Magnitude.Of)).ToDouble();
        double right = Norms.Euclidean(start.Gradient).ToDouble() + promise.Analyze(start).Gradient(1);
        // Two products of p numbers, a quotient, and each number of both vectors rounded.
        double promised = 2 * (remainder.Length + 8) * Unit * step * (right + left);
        if (product.Abs() > Dyadic.FromDouble(promised)) return Found.Broken($"the remainder is not orthogonal to the step");
        return LeadsDown(start, iterate.Step);
    }

    /// <summary>D is (max(10^-12, diagonal of A / its largest entry))^(3/8), of inexact steps that itself, or the identity in the dual form.</summary>
    internal Found Metric(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        if (run.Form == SystemForm.Dual) return Found.If(Array.TrueForAll(iterate.Metric, entry => entry == 1), $"the metric of the dual form is not the identity");
        Ball[] diagonal = promise.Diagonal(evaluate(before.Parameters, bits), iterate);
        var largest = Ball.Union(Ball.Exact(diagonal.Select(entry => entry.Lower).Max()), Ball.Exact(diagonal.Select(entry => entry.Upper).Max()));
        if (largest.Lower.Sign <= 0) return Found.Open("the diagonal of the matrix may vanish");
        for (int i = 0; i < diagonal.Length; i++)
        {
            Ball part = AtLeast(Ball.Divide(diagonal[i], largest, bits), Dyadic.FromDouble(LeastDiagonal)), power = iterate.Inexact is null ? Root(Ball.Pow(part, (int)Tempering, bits)) : part;
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

    private Found RejectedDirections(RecordedIterate before, RecordedIterate iterate, RecordedInexactStep inexact)
    {
        EnclosedPoint plain = evaluate(before.Parameters, bits), start = Point(before, iterate);
        Ball loss = Wider(start.Loss, start.LossError, promise.Analyze(start).Loss);
        Found found = Found.Holds;
        for (int rejection = 0; rejection < inexact.RejectedDirections.Count; rejection++)
        {
            double[] direction = inexact.RejectedDirections[rejection];
            if (direction.Length == 0)
            {
                found = Found.Open("a rejected step could not be computed");
                continue;
            }

            if (LeadsDown(start, direction) is { Verdict: Verdict.Refuted } up) return up;
            if (!IsBestMultiple(plain, start, iterate with { Damping = DampingRule.Tried(iterate, rejection) }, direction)) return Found.Broken($"a rejected step is not the best multiple of itself");
            EnclosedPoint end = Along(before, iterate, direction);
            if (Wider(end.Loss, end.LossError, promise.Analyze(end).Loss).Upper < loss.Lower) return Found.Broken($"a step was rejected, and it lowers the loss");
        }

        return found;
    }

    /// <summary>Whether what a rejected direction leaves of its equations is orthogonal to it, as far as a product with their matrix is known.</summary>
    private bool IsBestMultiple(EnclosedPoint plain, EnclosedPoint start, RecordedIterate trial, double[] direction)
    {
        EnclosedSystem system = equations.Equations(plain, trial);
        Dyadic[] exact = [.. direction.Select(Dyadic.FromDouble)], left = SolutionEnclosure.Residual(system, exact);
        Dyadic product = exact.Zip(left, (entry, remainder) => entry * remainder).Aggregate(Dyadic.Zero, (sum, next) => sum + next);
        Magnitude length = Norms.Euclidean(exact), known = length * (system.RightError + (system.MatrixError * length));
        double rounding = 2 * (direction.Length + 8) * Unit * (Norms.Euclidean(system.Right) + Norms.Euclidean(left)).ToDouble();
        double promised = length.ToDouble() * (promise.Residual(start, system, trial, length.ToDouble()) + rounding);
        return product.Abs() <= known.ToDyadic() + Dyadic.FromDouble(promised);
    }

    /// <summary>Whether the loss falls where a direction begins; 0 does not lead anywhere.</summary>
    private static Found LeadsDown(EnclosedPoint start, double[] direction)
    {
        Ball slope = Slope(start, direction);
        return slope.Upper.Sign < 0 ? Found.Holds : slope.Lower.Sign >= 0 ? Found.Broken($"a step does not lead down") : Found.Open("the slope along a step is not known closely enough");
    }

    /// <summary>Contains g . s.</summary>
    private static Ball Slope(EnclosedPoint start, double[] direction)
    {
        Dyadic slope = Dyadic.Zero;
        Magnitude known = Magnitude.Zero;
        for (int i = 0; i < direction.Length; i++)
        {
            Dyadic step = Dyadic.FromDouble(direction[i]);
            slope += step * start.Gradient[i];
            known += Magnitude.Of(step) * start.GradientErrors[i];
        }

        return new Ball(slope, known);
    }

    /// <summary>The point to which a whole direction leads.</summary>
    private EnclosedPoint Along(RecordedIterate before, RecordedIterate iterate, double[] direction) =>
        equations.Penalized(equations.Evaluate(TrainingEquations.Moved(before.Parameters, direction, share: 1), bits), iterate);

    private static Ball Wider(Dyadic value, Magnitude known, double promised) => new(value, known + Magnitude.Of(promised));

    private EnclosedPoint Point(RecordedIterate at, RecordedIterate penalties) => equations.Penalized(evaluate(at.Parameters, bits), penalties);
}
