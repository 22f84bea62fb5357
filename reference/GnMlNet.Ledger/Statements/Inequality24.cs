using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decay before the exit time, in the proof of Theorem 5.</summary>
internal sealed class Inequality24() : SettingStatement<CurveSetting>(new StatementText(
    "(24)",
    "Until the undamped flow leaves B the gap to the best value over B decays at least like exp(-2νt).",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "Δ_t ≤ Δ₀ exp(-2νt)",
    "It rests on the middle inequality of (20). One weight: the flow passes weights nearer and nearer to a stationary point; the time is an integral, and there the gap is compared.",
    VerdictKind.Refuted,
    RepairedBy: "5R",
    ExpectedUndecided: 32))
{
    private protected override Finding Examine(CurveSetting setting) => CurvePoints.Along(setting, point => Claims.LessOrEqual(
        $"Δ_t ≤ Δ₀ exp(-2νt) at t = {point.Time}, w = {point.Weight}",
        setting.Gap(point.Weight),
        setting.Gap(setting.Curve.Start) * (-2 * setting.Curve.Problem.Loss.StrongConvexity * point.Time).Exp()));
}
