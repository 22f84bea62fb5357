using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The bound on the modulus of f.</summary>
internal sealed class Theorem2OutputModulus() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Theorem 2, Lip_f",
    "f is Lipschitz with the modulus σ₁ sqrt(m Σ|x_j|²) at most.",
    ["none"],
    "|J(w)| ≤ σ₁ sqrt(m λ_max(XᵀX)) ≤ σ₁ sqrt(m Σ|x_j|²)",
    "The norm of J at seeded points and points of trajectories; the modulus itself is attained at w = 0.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(OverparameterizedSetting setting) => setting.AtEveryPoint(
        point => Claims.LessOrEqual("|K(w)| ≤ σ₁² m λ_max(XᵀX)", Eigenvalues.Greatest(point.Linearization.Kernel), setting.Problem.Network.OutputModulus().Square()),
        _ => Claims.LessOrEqual(
            "λ_max(XᵀX) ≤ Σ|x_j|², up to 2⁻³⁰: with equality for d = 1", setting.Problem.Network.OutputModulus().Square() * (1 - ((Real)1).Shift(-30)), setting.Problem.Network.PrintedOutputModulus().Square()));
}
