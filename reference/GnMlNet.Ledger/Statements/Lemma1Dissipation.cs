using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The energy dissipation inequality.</summary>
internal sealed class Lemma1Dissipation() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Lemma 1, (EDI) with (5)",
    "Along the flow the loss falls at least at the rate s(λ₀²)|∇g|².",
    ["Assumption 1", "ρ in (0, 1)", "|w - w_init| < r₀"],
    "dg/dt = -|∇g|²_M ≤ -s(λ₀²)|∇g|² with M = J H_ρ⁻¹ Jᵀ, and |∇g|² ≥ 2νΔ",
    "Both sides in closed form, at seeded points and points of trajectories.",
    VerdictKind.ProvedOnInstances,
    Number: "(4), (5), (EDI)"))
{
    private protected override Finding Examine(OverparameterizedSetting setting) => setting.AtEveryPoint(
        point => Claims.LessOrEqual("s(λ₀²)|∇g|² ≤ |∇g|²_M", setting.Constants.LeastRate(setting.Rho) * RealVectors.SquaredNorm(point.Gradient), point.SquaredGradient),
        point => Claims.LessOrEqual("2νΔ ≤ |∇g|² + 2⁻⁶⁰ g(0): with equality for the quadratic loss", 2 * setting.Constants.Nu * point.Objective, RealVectors.SquaredNorm(point.Gradient) + setting.Problem.InitialLoss.Shift(-60)));
}
