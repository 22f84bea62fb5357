using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decay of the Riemannian gradient.</summary>
internal sealed class Inequality27() : SettingStatement<CurveSetting>(new StatementText(
    "(27)",
    "Along the flow of Theorem 5 the Riemannian gradient decays like exp(-νt).",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "|P∇g| ≤ (μ/sqrt(ν)) sqrt(2Δ₀) exp(-νt)",
    "It combines (20) and (21), which are false. On their counterexample it fails at t = 0 already, in closed form.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real start = setting.Curve.Start, gap = setting.Gap(start);
        return setting.Find(Claims.LessOrEqual("|P∇g|² ≤ (μ²/ν) 2Δ₀ at t = 0", setting.Curve.TangentialGradient(start, setting.Alpha).Square(), 4 * gap));
    }
}
