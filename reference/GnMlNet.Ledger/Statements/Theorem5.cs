using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The rate of the undamped flow with p below n.</summary>
internal sealed class Theorem5() : SettingStatement<CurveSetting>(new StatementText(
    "Theorem 5",
    "With the given scaling factor the undamped flow stays in B, and the gap to the best value over B decays at least like exp(-2νt).",
    ["Assumptions 2 and 3", "α = (Lμ/(r(1-r)λ₀²)) sqrt(Δ₀)/(2 sqrt(2ν³)), a fixed point since Δ₀ is relative to the best value over B"],
    "Δ_t ≤ g(0) exp(-2νt)",
    "One weight: the flow is a scalar equation. α is enclosed as a fixed point, the minimizer over B by the sign of the derivative, the times at which the flow passes points by quadrature; there the gap is compared. That the flow stays in B is (23).",
    VerdictKind.Refuted,
    Number: "(22)",
    RepairedBy: "5R",
    ExpectedUndecided: 30))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real nu = setting.Curve.Problem.Loss.StrongConvexity, initial = setting.Curve.Problem.InitialLoss;
        return CurvePoints.Along(setting, point => Claims.LessOrEqual($"Δ_t ≤ g(0) exp(-2νt) at t = {point.Time}, w = {point.Weight}", setting.Gap(point.Weight), initial * (-2 * nu * point.Time).Exp()));
    }
}
