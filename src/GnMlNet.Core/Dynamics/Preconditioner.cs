using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The preconditioned direction of the paper's dynamics (equation (1)) at the model's current point:
/// <code>
/// d = H_rho^-1 J^T u,   H_rho = (1 - rho) J^T J + rho I,   rho in [0, 1]
/// </code>
/// rho = 0 is Gauss-Newton, rho = 1 plain gradient descent, between them Levenberg-Marquardt. The forms differ in how they solve it, not in what they solve.
/// </summary>
internal abstract class Preconditioner
{
    private protected Preconditioner(DifferentiableModel model, double damping) => (Model, Damping) = (model, damping);

    /// <summary>Whether H had full rank to working precision in the last call.</summary>
    internal bool HasFullRank { get; private protected set; } = true;

    private protected DifferentiableModel Model { get; }

    /// <summary>rho.</summary>
    private protected double Damping { get; }

    /// <summary>Makes the preconditioner of a form; with rho = 1 there is nothing to solve.</summary>
    /// <param name="model">f.</param>
    /// <param name="damping">rho.</param>
    /// <param name="form">The form.</param>
    /// <param name="allowRankLoss">Whether the primal form goes on with the pseudoinverse of H where H is rank-deficient.</param>
    internal static Preconditioner Create(DifferentiableModel model, double damping, StepForm form, bool allowRankLoss = false) => form switch
    {
        _ when damping == 1 => new IdentityPreconditioner(model),
        StepForm.Primal => new PrimalPreconditioner(model, damping, allowRankLoss),
        StepForm.Dual => new DualPreconditioner(model, damping),
        _ => new MatrixFreePreconditioner(model, damping),
    };

    /// <summary>Computes the direction.</summary>
    /// <param name="outputVector">u, n numbers.</param>
    /// <param name="parameterVector">J^T u, p numbers.</param>
    /// <param name="direction">Where d goes, p numbers.</param>
    /// <returns>False where there is none, because H is rank-deficient to working precision.</returns>
    internal abstract bool TryApply(ReadOnlySpan<double> outputVector, ReadOnlySpan<double> parameterVector, Span<double> direction);
}
