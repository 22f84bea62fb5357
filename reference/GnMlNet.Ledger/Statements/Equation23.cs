using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the flow of Theorem 5 stays in B.</summary>
internal sealed class Equation23() : SettingStatement<CurveSetting>(new StatementText(
    "(23)",
    "In the setting of Theorem 5 the flow stays in B, where the Gram matrix is at least 4(1-r)²λ₀².",
    ["Assumptions 2 and 3", "α as in Theorem 5"],
    "|w_t - w_0| < 2rλ₀/L and 4(1-r)²λ₀² ≤ J(w_t)ᵀJ(w_t)",
    "On the counterexamples to (22) the flow of one weight runs from w_init down to w* and never further: the inequalities are compared for all weights between. Under the hypotheses of 5R they are proved with it.",
    VerdictKind.ProvedOnInstances,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        ScalarCurve curve = setting.Curve;
        Real least = Extremum.Minimum(
            w => RealVectors.SquaredNorm(curve.Tangent(w)), w => 2 * RealVectors.Dot(curve.Tangent(w), curve.Bend(w)), setting.Minimizer.Least, curve.Start.Greatest, ((Real)1).Shift(-20));
        return setting.Find(
            Claims.Less("|w_t - w_0| < 2rλ₀/L: at most |w* - w_0|", (setting.Minimizer - curve.Start).Abs(), setting.Radius),
            // 4 (1-r)^2 with r = 1/2.
            Claims.LessOrEqual("4(1-r)²λ₀² ≤ the least J(w)ᵀJ(w) between w* and w_init", setting.Lambda0.Square(), least));
    }
}
