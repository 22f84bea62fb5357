using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The right half of (20), the Polyak-Lojasiewicz inequality on the manifold.</summary>
internal sealed class Lemma9GradientBound() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9, second inequality of (20)",
    "The gap is at most the squared Riemannian gradient divided by 2ν.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "Δ_t ≤ |P∇g|²/(2ν)",
    "One weight: both sides in closed form, at points that the flow passes.",
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
