using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The half of (20) without a tangent vector, the Polyak-Lojasiewicz inequality on the manifold.</summary>
internal sealed class Lemma9GradientBound() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9, middle inequality of (20)",
    "The gap is at most the squared Riemannian gradient divided by 2ν.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "Δ_t ≤ |P∇g|²/(2ν)",
    "There is no v_t in it, so it is refuted by itself. One weight: both sides in closed form, at a weight that the flow passes on its way from w_init down to w*.",
    VerdictKind.Refuted,
    Number: "(20)",
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real w = (setting.Minimizer.Middle + ((Real)1).Shift(-6)).Middle;
        Real gradient = setting.Curve.TangentialGradient(w, setting.Alpha);
        return setting.Find(Claims.LessOrEqual("Δ ≤ |P∇g|²/4 where the flow passes w* + 2⁻⁶", setting.Gap(w), gradient.Square().Shift(-2))) with { Premises = [.. setting.Premises, .. PassedWeights.Premises(setting, w)] };
    }
}
