using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Trajectories;

/// <summary>A point of a trajectory of Gauss-Newton steps, enclosed.</summary>
/// <param name="Step">k.</param>
/// <param name="Weights">w_k.</param>
/// <param name="Outputs">alpha f(w_k).</param>
/// <param name="Objective">g(alpha f(w_k)).</param>
/// <param name="Gradient">grad g there.</param>
/// <param name="Linearization">J there.</param>
/// <param name="Direction">H_rho^-1 J^T grad g.</param>
internal sealed record Iterate(int Step, Real[] Weights, Real[] Outputs, Real Objective, Real[] Gradient, Linearization Linearization, Real[] Direction)
{
    /// <summary>|grad g|^2 in the norm of J H_rho^-1 J^T; without damping |P grad g|^2.</summary>
    internal Real SquaredGradient => RealVectors.Dot(Gradient, Linearization.Jacobian.Times(Direction));
}
