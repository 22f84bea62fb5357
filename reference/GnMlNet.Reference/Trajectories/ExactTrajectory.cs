using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Trajectories;

/// <summary>
/// The trajectory that a recorded run would have had in exact arithmetic, from the same start with the same damping, metric and rows in every step, in balls: how far the
/// rounding errors of all steps together have carried the run away from it. It starts anew behind an inexact step.
/// </summary>
/// <remarks>docs/crosscheck.md, "The exact trajectory".</remarks>
public sealed class ExactTrajectory
{
    // Derivatives need few digits: their own errors count with the radius.
    private const int DerivativeBits = 128;

    // A radius beyond 2^-50 of the parameters would hide rounding errors of doubles.
    private const int WidestRadius = 50;

    // Within this share of the parameters the derivative is bounded over all that lies between the run and the exact trajectory.
    private const int ComparedPlaces = 20;

    private readonly RecordedRun _run;
    private readonly StepEquations _equations;
    private readonly StepPromise _promise;
    private readonly int _bits;

    /// <summary>Prepares to follow a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="bits">The fraction bits, at least 64; more follow a run for longer.</param>
    public ExactTrajectory(RecordedRun run, int bits = 192)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 64);
        (_run, _bits) = (run, bits);
        _equations = StepEquations.Of(run, FastKernels.Instance);
        _promise = new StepPromise(run, _equations, bits);
    }

    /// <summary>Follows the run from its first iterate.</summary>
    /// <param name="progress">Told of every point.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public TrajectoryReport Follow(Action<TrajectoryPoint>? progress = null, CancellationToken cancellation = default)
    {
        var points = new List<TrajectoryPoint>();
        int inexact = 0;
        ParameterBall at = ParameterBall.Exact(_run.Iterates[0].Parameters);
        Magnitude apart = Add(0, at, Magnitude.Zero, Magnitude.Zero);
        for (int index = 1; index < _run.Iterates.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            RecordedIterate iterate = _run.Iterates[index];
            if (iterate.Inexact is not null) inexact++;
            // An inexact step is not repeated: what follows it is another stretch, from where it led.
            if (_equations.IsStart(iterate) || iterate.Inexact is not null)
            {
                at = ParameterBall.Exact(iterate.Parameters);
                apart = Add(index, at, Magnitude.Zero, Magnitude.Zero);
                continue;
            }

            if (!_equations.CanRepeat(index)) return Report(TrajectoryEnd.NotRecorded);
            (ParameterBall next, Magnitude growth, Magnitude promised, TrajectoryEnd? end) = Step(at, apart, iterate);
            if (end is { } reason) return Report(reason);
            if (!next.Radius.IsFinite || next.Radius << WidestRadius > Norms.Euclidean(next.Center)) return Report(TrajectoryEnd.RadiusTooWide);
            at = next;
            apart = Add(index, at, growth, promised);
        }

        return Report(TrajectoryEnd.RunEnded);

        TrajectoryReport Report(TrajectoryEnd end) => new(points, _run.Iterates.Count, end, _bits, inexact);

        Magnitude Add(int index, ParameterBall ball, Magnitude growth, Magnitude promised)
        {
            RecordedIterate iterate = _run.Iterates[index];
            Magnitude distance = Norms.Distance(iterate.Parameters, ball.Center), divergence = distance + ball.Radius, size = Norms.Euclidean(ball.Center);
            double relative = size.IsZero ? double.NaN : (divergence / size).ToDouble(), atLeast = BelowNorm.RoundDown(BelowNorm.Of(distance, ball.Radius));
            // What is promised is more than what is known of the exact trajectory itself.
            double bound = (promised + (ball.Radius << 1)).ToDouble();
            points.Add(new TrajectoryPoint(index, iterate.Iteration, iterate.Time, ball.Radius.ToDouble(), divergence.ToDouble(), relative, Math.Max(0, atLeast), bound, growth.ToDouble()));
            progress?.Invoke(points[^1]);
            return divergence;
        }
    }

    private (ParameterBall Next, Magnitude Growth, Magnitude Promised, TrajectoryEnd? End) Step(ParameterBall at, Magnitude apart, RecordedIterate iterate)
    {
        EnclosedPoint center = _equations.Evaluate(at with { Radius = Magnitude.Zero }, _bits);
        if (_equations.Equations(center, iterate) is not DenseSystem system) return (at, Magnitude.Zero, Magnitude.Zero, TrajectoryEnd.MoreParametersThanRows);
        SolutionEnclosure solution = SolutionEnclosure.Of(system, _bits);
        if (!solution.Distance.IsFinite) return (at, Magnitude.Zero, Magnitude.Zero, TrajectoryEnd.NotPositiveDefinite);

        (Dyadic factor, Magnitude factorError) = _equations.StepFactor(iterate, _bits);
        var next = new Dyadic[at.Center.Length];
        Magnitude rounding = Magnitude.PowerOfTwo(-_bits - 1) * Magnitude.Of((double)next.Length).SquareRoot();
        for (int i = 0; i < next.Length; i++)
            next[i] = (i < solution.Approximation.Length ? at.Center[i] + (factor * solution.Approximation[i]) : at.Center[i]).RoundTo(-_bits);
        Magnitude step = Norms.Euclidean(solution.Approximation) + solution.Distance;
        Magnitude radius = (Magnitude.Of(factor) * solution.Distance) + (factorError * step) + rounding;
        Magnitude inDoubles = RoundingOf(center, system, solution, iterate, step, Magnitude.Of(factor), Norms.Euclidean(next));
        Magnitude promised = inDoubles + Carried(at, apart, iterate, factor, factorError);
        if (at.Radius.IsZero) return (new ParameterBall(next, radius), Magnitude.Zero, promised, null);

        Magnitude growth = Growth(at, iterate, factor, factorError);
        return growth.IsFinite ? (new ParameterBall(next, radius + (growth * at.Radius)), growth, promised, null) : (at, growth, promised, TrajectoryEnd.NotPositiveDefinite);
    }

    /// <summary>What the step may make of the distance of the run from the exact trajectory: the derivative is bounded over a ball that holds both.</summary>
    private Magnitude Carried(ParameterBall at, Magnitude apart, RecordedIterate iterate, Dyadic factor, Magnitude factorError)
    {
        if (apart.IsZero) return Magnitude.Zero;
        return apart << ComparedPlaces <= Norms.Euclidean(at.Center) ? Growth(at with { Radius = apart }, iterate, factor, factorError) * apart : Magnitude.Infinity;
    }

    /// <summary>What the fast path may lose in this step: the error that is promised of the step, and three roundings on the way to the next parameters.</summary>
    private Magnitude RoundingOf(EnclosedPoint center, DenseSystem system, SolutionEnclosure solution, RecordedIterate iterate, Magnitude step, Magnitude factor, Magnitude next)
    {
        double left = _promise.Residual(_equations.Penalized(center, iterate), system, iterate, step.ToDouble());
        Magnitude error = Magnitude.Of(left) / solution.SmallestEigenvalue!.Value.LowerMagnitude(), unit = Magnitude.PowerOfTwo(-53);
        return (factor * (error + ((unit << 1) * step))) + (unit * next);
    }

    /// <summary>G over the ball; infinite where the matrix is not proved to be positive definite over it.</summary>
    private Magnitude Growth(ParameterBall at, RecordedIterate iterate, Dyadic factor, Magnitude factorError)
    {
        EnclosedPoint around = _equations.Evaluate(at, Math.Min(_bits, DerivativeBits));
        var system = (DenseSystem)_equations.Equations(around, iterate);
        SolutionEnclosure solution = SolutionEnclosure.Of(system).RoundTo(DerivativeBits);
        if (solution.SmallestEigenvalue is not { } smallest || !solution.Distance.IsFinite) return Magnitude.Infinity;
        // The error of c is carried by a slightly larger factor: |I + c Ds| <= |I + c~ Ds| + |c - c~| |Ds|, and |c~| |Ds| <= 1 + |I + c~ Ds|.
        Magnitude growth = new StepDerivative(around, _equations.Coefficients(iterate), solution).Growth(system, smallest, factor);
        return growth + (factorError / factor.Abs().LowerMagnitude() * (Magnitude.One + growth));
    }
}
