using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decay of the Riemannian gradient.</summary>
internal sealed class Inequality27() : SettingStatement<CurveSetting>(new StatementText(
    "(27)",
    "Along the flow of Theorem 5 the Riemannian gradient decays like exp(-νt).",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "|P∇g| ≤ (μ/sqrt(ν)) sqrt(2Δ₀) exp(-νt)",
    "It combines (20) and (21), which are false. One weight: both sides squared, at points that the flow passes; it can fail at t = 0 already.",
    VerdictKind.Refuted,
    RepairedBy: "5R",
    ExpectedUndecided: 25))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real nu = setting.Curve.Problem.Loss.StrongConvexity, initial = setting.Curve.Problem.Loss.Smoothness.Square() / nu * 2 * setting.Gap(setting.Curve.Start);
        return CurvePoints.Along(setting, point => Claims.LessOrEqual(
            $"|P∇g|² ≤ (μ²/ν) 2Δ₀ exp(-2νt) at t = {point.Time}", setting.Curve.TangentialGradient(point.Weight, setting.Alpha).Square(), initial * (-2 * nu * point.Time).Exp()));
    }
}
