using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Trajectories;

/// <summary>The iteration w_{k+1} = w_k - eta H_rho^-1 J^T grad g(alpha f(w_k)) from w_init, enclosed step by step; tau = alpha eta.</summary>
/// <remarks>The balls widen from step to step, by some bits each: the precision has to have them to spare.</remarks>
internal sealed class GaussNewtonSteps(Problem problem, Real alpha, Real rho, Real tau)
{
    /// <summary>The points from w_0 on; fewer where the enclosures become too wide for the next step.</summary>
    internal IEnumerable<Iterate> Take(int steps)
    {
        Real[] weights = problem.InitialWeights;
        for (int k = 0; k <= steps; k++)
        {
            if (At(k, weights) is not { } iterate) yield break;
            yield return iterate;
            weights = Next(iterate);
        }
    }

    /// <summary>The point at any weights; null where the step from there is not enclosed.</summary>
    internal Iterate? At(int step, Real[] weights)
    {
        Real[] outputs = problem.ScaledOutputs(weights, alpha), gradient = problem.Loss.Gradient(outputs);
        Linearization linearization = new(problem.Network, weights);
        Real[]? direction = linearization.Direction(rho, gradient);
        return direction is null ? null : new Iterate(step, weights, outputs, problem.Loss.Value(outputs), gradient, linearization, direction);
    }

    /// <summary>The weights one step on.</summary>
    internal Real[] Next(Iterate iterate) => RealVectors.Subtract(iterate.Weights, RealVectors.Scale(tau / alpha, iterate.Direction));
}
