using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decay of the Riemannian gradient.</summary>
internal sealed class Inequality27() : Statement(new StatementText(
    "(27)",
    "(27)",
    "Along the flow of Theorem 5 the Riemannian gradient decays like exp(-νt).",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "|P∇g| ≤ (μ/sqrt(ν)) sqrt(2Δ₀) exp(-νt)",
    "It combines (20) and (21), which are false. On their counterexample it fails at t = 0 already, in closed form.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "5R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        foreach (SettingOfTheorem5 setting in SettingOfTheorem5.Both)
        {
            Real start = setting.Curve.Start, gap = setting.Gap(start);
            yield return new Finding(setting.Name, setting.Alpha.Bits, setting.Hypotheses, [Claims.LessOrEqual("|P∇g|² ≤ (μ²/ν) 2Δ₀ at t = 0", setting.Curve.TangentialGradient(start, setting.Alpha).Square(), 4 * gap)]);
        }
    }
}
