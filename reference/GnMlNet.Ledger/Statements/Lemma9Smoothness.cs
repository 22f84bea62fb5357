using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian gradient is bounded by the distance.</summary>
internal sealed class Lemma9Smoothness() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9, (21)",
    "The Riemannian gradient is at most μ times the geodesic distance to the minimizer over B.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "|P∇g| ≤ μ|v_t|",
    "One weight: |v_t| is the length of the curve from w* to w_t. At points that the flow passes.",
    VerdictKind.Refuted,
    Number: "(21)",
    RepairedBy: "5R",
    ExpectedUndecided: 21))
{
    private protected override Finding Examine(CurveSetting setting) => CurvePoints.Along(setting, point => Claims.LessOrEqual(
        $"|P∇g| ≤ μ|v_t| at t = {point.Time}, w = {point.Weight}",
        setting.Curve.TangentialGradient(point.Weight, setting.Alpha).Abs(),
        setting.Curve.Problem.Loss.Smoothness * point.Distance));
}
