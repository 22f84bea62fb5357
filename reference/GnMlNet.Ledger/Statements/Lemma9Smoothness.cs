using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian gradient is bounded by the distance, the length of the tangent vector of the proof.</summary>
internal sealed class Lemma9Smoothness() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9's proof, (21)",
    "With the v_t that the proof takes, whose geodesic leads from the minimizer over B to αf(w_t), the Riemannian gradient is at most μ|v_t|.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "|P∇g| ≤ μ|v_t|",
    "As printed, with some v_t, it holds with a long one. One weight: the proof's |v_t| is the length of the curve from w* to w_t, here at weights that the flow passes.",
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
