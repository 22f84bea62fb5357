using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// Where the fast path can be after steps of a flow's scheme from a recorded point: a ball that holds every result of stages whose directions err by no more than is promised.
/// </summary>
/// <remarks>docs/crosscheck.md, "Steps of other schemes".</remarks>
internal sealed class SchemeStep(RecordedRun run, StepEquations equations, StepPromise promise, int bits)
{
    // More stages from one recorded point to the next take too long.
    private const int MostStages = 100;

    // A radius beyond this share of the way says nothing, unless it is far below the parameters.
    private const int ShareOfTheWay = 100, PlacesOfParameters = 40;

    // log2 of c, beside which the identity in I + c Dd vanishes.
    private const int LargeFactor = 40;

    private static readonly Magnitude Unit = Magnitude.PowerOfTwo(-53);

    private readonly SchemeCoefficients _scheme = SchemeCoefficients.Of(run.Scheme);
    private readonly Ball _inverseScale = Ball.Divide(Ball.One, Ball.Exact(run.ScalingFactor), bits);

    /// <summary>Whether a recorded point follows from the one before it.</summary>
    /// <param name="index">Its place in the trace, at least 1.</param>
    internal Found Check(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], after = run.Iterates[index];
        if (before.Direction.Length == 0) return Found.Broken($"there is no direction at the point before");
        long steps = (long)after.Iteration - before.Iteration;
        if (steps < 1) return Found.Broken($"step {after.Iteration} stands behind step {before.Iteration}");
        if (steps != 1 && run.Scheme == "DormandPrince") return Found.Open("steps between recorded points were not recorded");
        if (steps * _scheme.B.Length > MostStages) return Found.Open(FormattableString.Invariant($"{steps} steps lie between recorded points"));

        var at = ParameterBall.Exact(before.Parameters);
        for (int step = before.Iteration; step < after.Iteration; step++)
        {
            double length = steps == 1 ? after.StepSize : FlowTimes.TimeAfter(run, step + 1) - FlowTimes.TimeAfter(run, step);
            if (Take(at, length, after.Time) is not { } next) return Found.Open("a direction within the step is not known closely enough");
            at = next;
        }

        Magnitude way = Norms.Distance(before.Parameters, at.Center), distance = Norms.Distance(after.Parameters, at.Center);
        if (BelowNorm.Of(distance, Magnitude.Zero) > at.Radius.ToDyadic()) return Found.Broken($"the point is {distance.ToDouble():0.0E+0} from where the scheme goes, and {at.Radius.ToDouble():0.0E+0} is promised");
        bool isClose = at.Radius * Magnitude.Of((double)ShareOfTheWay) <= way || at.Radius << PlacesOfParameters <= Norms.Euclidean(at.Center);
        return isClose && distance <= at.Radius ? Found.Holds : Found.Open("where the scheme goes is not known closely enough");
    }

    /// <summary>One step from anywhere in a ball; null where nothing is proved of it.</summary>
    private ParameterBall? Take(ParameterBall at, double length, double time)
    {
        int stages = _scheme.B.Length;
        var derivatives = new (Dyadic[] Center, Magnitude Error)[stages];
        for (int stage = 0; stage < stages; stage++)
        {
            if (Derivative(Combine(at, derivatives, _scheme.A[stage], length, time)) is not { } derivative) return null;
            derivatives[stage] = derivative;
        }

        ParameterBall next = Combine(at, derivatives, _scheme.B, length, time);
        return next.Radius.IsFinite ? next : null;
    }

    /// <summary>F = -d/alpha over a ball, with the rounding errors that the fast path may make there.</summary>
    private (Dyadic[] Center, Magnitude Error)? Derivative(ParameterBall at)
    {
        if (!at.Radius.IsFinite) return null;
        RecordedIterate none = run.Iterates[0];
        EnclosedPoint point = equations.Evaluate(at with { Radius = Magnitude.Zero }, bits);
        EnclosedSystem system = equations.Equations(point, none);
        SolutionEnclosure direction = SolutionEnclosure.Of(system).RoundTo(bits);
        if (direction.SmallestEigenvalue is not { Sign: > 0 } smallest || !direction.Distance.IsFinite) return null;
        Magnitude size = Norms.Euclidean(direction.Approximation), moved = direction.Distance + Variation(at, direction);
        Magnitude rounding = Magnitude.Of(promise.Residual(point, system, none, (size + moved).ToDouble())) / smallest.LowerMagnitude();
        if (!rounding.IsFinite || !moved.IsFinite) return null;
        Magnitude error = (moved + rounding + ((Unit << 1) * (size + moved + rounding))) * _inverseScale.AbsUpper();
        return ([.. direction.Approximation.Select(entry => -(entry * _inverseScale.Midpoint))], error + (size * _inverseScale.Radius));
    }

    /// <summary>How far d anywhere in a ball may be from d at its center: by the derivative over the ball or, where the system is not written out, by the system that holds all of them.</summary>
    private Magnitude Variation(ParameterBall at, SolutionEnclosure center)
    {
        if (at.Radius.IsZero) return Magnitude.Zero;
        EnclosedPoint around = equations.Evaluate(at, bits);
        EnclosedSystem system = equations.Equations(around, run.Iterates[0]);
        if (system is not DenseSystem dense)
        {
            Dyadic[] residual = SolutionEnclosure.Residual(system, center.Approximation);
            return SolutionEnclosure.DistanceBound(system, residual, Norms.Euclidean(center.Approximation), center.SmallestEigenvalue!.Value);
        }

        SolutionEnclosure solution = SolutionEnclosure.Of(system).RoundTo(bits);
        if (solution.SmallestEigenvalue is not { Sign: > 0 } smallest || !solution.Distance.IsFinite) return Magnitude.Infinity;
        // c |Dd| <= 1 + |I + c Dd|.
        Magnitude growth = new StepDerivative(around, equations.Coefficients(run.Iterates[0]), solution).Growth(dense, smallest, Dyadic.One << LargeFactor);
        return ((growth + Magnitude.One) << -LargeFactor) * at.Radius;
    }

    /// <summary>y + h sum_j a_j k_j: each product h a_j is rounded once, and so is each sum, together with its product.</summary>
    private ParameterBall Combine(ParameterBall at, (Dyadic[] Center, Magnitude Error)[] derivatives, double[] weights, double length, double time)
    {
        Dyadic[] center = [.. at.Center];
        Magnitude radius = at.Radius, size = Norms.Euclidean(at.Center) + at.Radius;
        // The length of an adaptive step is recorded as a difference of times.
        Magnitude exactLength = Magnitude.Of(length), lengthError = run.Scheme == "DormandPrince" ? (Unit << 1) * Magnitude.Of(time) : Magnitude.Zero;
        for (int j = 0; j < weights.Length; j++)
        {
            if (weights[j] == 0) continue;
            (Dyadic[] derivative, Magnitude error) = derivatives[j];
            Dyadic factor = Dyadic.FromDouble(length) * Dyadic.FromDouble(weights[j]);
            Magnitude weight = Magnitude.Of(weights[j]), norm = Norms.Euclidean(derivative) + error, term = exactLength * weight * norm;
            for (int i = 0; i < derivative.Length; i++) center[i] = (center[i] + (factor * derivative[i])).RoundTo(-bits);
            size += term + (lengthError * weight * norm);
            radius += (exactLength * weight * error) + (lengthError * weight * norm) + ((Unit << 1) * term) + ((Unit << 1) * size);
        }

        return new ParameterBall(center, radius + (Magnitude.PowerOfTwo(-bits) * Magnitude.Of((double)(center.Length * weights.Length + 1))));
    }
}
