using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The half of (20) without a tangent vector, the Polyak-Lojasiewicz inequality on the manifold.</summary>
internal sealed class Lemma9GradientBound() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9, middle inequality of (20)",
    "The gap is at most the squared Riemannian gradient divided by 2ν.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "Δ_t ≤ |P∇g|²/(2ν)",
    "There is no v_t in it, so it is refuted by itself. One weight: both sides in closed form, at weights that the flow passes.",
    VerdictKind.Refuted,
    Number: "(20)",
    RepairedBy: "5R",
    ExpectedUndecided: 21))
{
    private protected override Finding Examine(CurveSetting setting) => CurvePoints.Along(setting, point => Claims.LessOrEqual(
        $"Δ_t ≤ |P∇g|²/(2ν) at t = {point.Time}, w = {point.Weight}",
        setting.Gap(point.Weight),
        setting.Curve.TangentialGradient(point.Weight, setting.Alpha).Square() / (2 * setting.Curve.Problem.Loss.StrongConvexity)));
}
