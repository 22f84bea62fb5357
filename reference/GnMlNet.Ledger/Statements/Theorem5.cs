using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The rate of the undamped flow with p below n.</summary>
internal sealed class Theorem5() : SettingStatement<CurveSetting>(new StatementText(
    "Theorem 5",
    "With the given scaling factor the undamped flow stays in B, and the gap to the best value over B decays at least like exp(-2νt).",
    ["Assumptions 2 and 3", "α = (Lμ/(r(1-r)λ₀²)) sqrt(Δ₀)/(2 sqrt(2ν³)), a fixed point since Δ₀ is relative to the best value over B"],
    "Δ_t ≤ g(0) exp(-2νt)",
    "One weight: the flow is a scalar equation. α is enclosed as a fixed point, the minimizer over B by the sign of the derivative, the time to a point near it by quadrature; there the gap is compared.",
    VerdictKind.Refuted,
    Number: "(22)",
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        // A point that the flow passes: it runs from w_init down to w*.
        Real w = (setting.Minimizer.Middle + ((Real)1).Shift(-16)).Middle;
        Real time = setting.TimeTo(w, 4000);
        Real bound = setting.Curve.Problem.InitialLoss * (-4 * time).Exp();
        return setting.FindUnder(
            [Claims.Less("w* < w", setting.Minimizer, w), Claims.Less("w < w_init", w, setting.Curve.Start)],
            Claims.LessOrEqual($"Δ ≤ g(0) exp(-4t) at the time t = {time} at which the flow passes w* + 2⁻¹⁶", setting.Gap(w), bound));
    }
}
