using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Flows;

/// <summary>
/// Encloses the iteration w_{k+1} = w_k - eta H_rho^-1 J^T grad g(alpha f(w_k)) from w_init: steps between exact points, and how far the iterates can be from those.
/// </summary>
/// <remarks>docs/ledger-methods.md, "Steps". Where J is not proved to keep its rank the steps are taken in balls, which widen by some bits each.</remarks>
/// <param name="constants">The constants of the problem.</param>
/// <param name="alpha">The scaling factor.</param>
/// <param name="rho">The damping.</param>
/// <param name="timeStep">tau = alpha eta.</param>
internal sealed class StepEnclosure(Constants constants, Real alpha, Real rho, Real timeStep)
{
    private readonly Problem _problem = constants.Problem;
    private readonly GaussNewtonSteps _iteration = new(constants.Problem, alpha, rho, timeStep);

    /// <summary>The points from w_0 on; fewer where the enclosures become too wide for the next step.</summary>
    internal IEnumerable<PathPoint> Take(int steps)
    {
        Near? near = Near.To(_problem.InitialWeights);
        for (int k = 0; k <= steps && near is not null; k++)
        {
            Real[] weights = [.. near.Weights.Select(weight => weight.Widen(near.Distance))];
            yield return new PathPoint(k, weights, _problem.Objective(weights, alpha));
            if (k < steps) near = Next(k, near, weights);
        }
    }

    private Near? Next(int step, Near near, Real[] weights)
    {
        if (_iteration.At(step, near.Weights) is not { } here) return null;
        var next = Near.To(_iteration.Next(here));
        // The ball that all points so far are in, so that what the metric is across the range of J^T never grows.
        Real farthest = Real.Max(near.Farthest, Real.Max(_problem.Displacement(near.Weights), _problem.Displacement(next.Weights)) + near.Distance).Greatest;
        if (FlowTube.Within(constants, alpha, rho, farthest, near.Distance) is not { } tube)
            return _iteration.At(step, weights) is { } wide ? Near.To(_iteration.Next(wide)) with { Farthest = farthest } : null;

        Real error = near.Error ?? near.Distance * tube.Ceiling.Sqrt();
        Real gradient = RealVectors.Norm(here.Gradient) + (constants.Mu * alpha * tube.OutputNorm * error);
        // In the metric of the point, then in that of the next one, whose rounding is added.
        Real moved = tube.TurnOver(RealVectors.Norm(RealVectors.Subtract(next.Weights, near.Weights))) * tube.Expansion(timeStep, gradient) * error;
        return next with { Distance = (next.Distance + (moved / tube.Floor.Sqrt())).Greatest, Error = (moved + (tube.Ceiling.Sqrt() * next.Distance)).Greatest, Farthest = farthest };
    }

    // An exact point, how far the iterate can be from it, the same in the metric of the point where that is known, and how far from w_init the steps have come.
    private sealed record Near(Real[] Weights, Real Distance, Real? Error = null)
    {
        internal Real Farthest { get; init; } = 0;

        internal static Near To(Real[] weights)
        {
            Real[] middle = RealVectors.Middle(weights);
            return new Near(middle, RealVectors.Norm(RealVectors.Subtract(weights, middle)).Greatest);
        }
    }
}
