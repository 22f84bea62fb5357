using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The flow of the outputs in closed form.</summary>
internal sealed class Lemma1Kernel() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Lemma 1, (GF-O)",
    "The outputs move by -(1/ρ)(K - ρ₀⁻¹K(I + ρ₀⁻¹K)⁻¹K)∇g with ρ₀ = ρ/(1-ρ), a matrix with the eigenvalues s(γ) for the eigenvalues γ of K.",
    ["Assumption 1", "ρ in (0, 1)", "|w - w_init| < r₀"],
    "both forms of J H_ρ⁻¹ Jᵀ differ by at most 2⁻⁶⁰ in norm, and their eigenvalues from s(γ) by 2⁻³⁰",
    "Two independent ways: a system with H_ρ, p x p, solved, or for large p a solution proposed and its residual enclosed; and the closed form in K, n x n.",
    VerdictKind.ProvedOnInstances,
    Number: "(GF-O)"))
{
    private protected override Finding Examine(OverparameterizedSetting setting) => setting.AtEveryPoint(
        point => Claims.LessOrEqual("|J H_ρ⁻¹ Jᵀ - (1/ρ)(K - ρ₀⁻¹K(I + ρ₀⁻¹K)⁻¹K)| ≤ 2⁻⁶⁰", (Primal(setting, point) - Dual(setting, point)).FrobeniusNorm(), ((Real)1).Shift(-60)),
        point => Claim.All(Eigenvalues.All(point.Linearization.Kernel).Zip(Eigenvalues.All(Primal(setting, point)), (gamma, value) =>
            Claims.LessOrEqual("|eigenvalue of J H_ρ⁻¹ Jᵀ - s(γ)| ≤ 2⁻³⁰", (value - Constants.Rate(gamma, setting.Rho)).Abs(), ((Real)1).Shift(-30)))));

    private static RealMatrix Primal(OverparameterizedSetting setting, Iterate point)
    {
        RealMatrix product = point.Linearization.Jacobian * PreconditionedJacobian.Of(point.Linearization, setting.Rho);
        // Symmetric, so both halves are the same numbers.
        return RealMatrix.Symmetric(product.Rows, (i, j) => product[i, j]);
    }

    private static RealMatrix Dual(OverparameterizedSetting setting, Iterate point)
    {
        Real ratio = (1 - setting.Rho) / setting.Rho;
        RealMatrix kernel = point.Linearization.Kernel, inverse = SymmetricFactor.TryFactor(kernel.Blend(ratio, 1), 0)!.Inverse();
        return (1 / setting.Rho) * (kernel - (ratio * (kernel * (inverse * kernel))));
    }
}
