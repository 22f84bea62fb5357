using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Trajectories;

/// <summary>The step w_{k+1} = w_k - eta H_rho^-1 J^T grad g(alpha f(w_k)), enclosed from any weights; tau = alpha eta.</summary>
internal sealed class GaussNewtonSteps(Problem problem, Real alpha, Real rho, Real tau)
{
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
