using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The bound on the speed of the weights.</summary>
internal sealed class Inequality10() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "(10)",
    "The squared length of H_ρ⁻¹Jᵀ∇g is at most |∇g|² times the value of h(t) = t/A(t)² at λₙ².",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "w in the ball r₀"],
    "|H_ρ⁻¹Jᵀ∇g|² ≤ h(λₙ²)|∇g|²",
    "Both sides in closed form, at seeded points and points of trajectories. h has its maximum at ρ/(1-ρ) and falls beyond it, so the norm is set by small eigenvalues of K, not by the greatest one.",
    VerdictKind.Refuted,
    RepairedBy: "1R"))
{
    private protected override Finding Examine(OverparameterizedSetting setting)
    {
        Real t = setting.Constants.LambdaN.Square(), h = t / Constants.Damped(t, setting.Rho).Square();
        return setting.AtEveryPoint(point => Claims.LessOrEqual("|H_ρ⁻¹Jᵀ∇g|² ≤ h(λₙ²)|∇g|²", RealVectors.SquaredNorm(point.Direction), h * RealVectors.SquaredNorm(point.Gradient)));
    }
}
