using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the flow of Theorem 5 stays in B.</summary>
internal sealed class Equation23() : SettingStatement<CurveSetting>(new StatementText(
    "(23)",
    "In the setting of Theorem 5 T = ∞: the flow stays in B, where the Gram matrix is at least 4(1-r)²λ₀².",
    ["Assumptions 2 and 3", "α as in Theorem 5"],
    "|w_t - w_0| < 2rλ₀/L and 4(1-r)²λ₀² ≤ J(w_t)ᵀJ(w_t)",
    "One weight: the flow runs from w_init to the first stationary point in the direction in which the objective falls, through all weights between, and no further. Where the objective falls on the whole closed half of B, it leaves B, wherever the minimizer is. Otherwise the inequalities are compared for all weights that it passes.",
    VerdictKind.Refuted,
    RepairedBy: "5R",
    ExpectedUndecided: 21))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Claim assumption = CurvePoints.Assumption3(setting);
        Claim[] premises = [.. setting.Premises, .. setting.Flow.Premises];
        bool applies = assumption.Verdict == Verdict.Proved && premises.All(claim => claim.Verdict == Verdict.Proved);
        return setting.FindUnder([assumption], applies ? [.. Conclusions(setting)] : []) with { Premises = premises };
    }

    private static IEnumerable<Claim> Conclusions(CurveSetting setting)
    {
        ScalarCurve curve = setting.Curve;
        CurveFlow flow = setting.Flow;
        Real distance = (flow.Far - curve.Start).Abs();
        yield return Claims.Less($"|w_t - w_0| < 2rλ₀/L for all t: {(flow.Leaves ? "the flow passes the weight at the distance" : "the distance of the first stationary point")}", distance, setting.Radius);
        if (flow.Leaves) yield break;
        (Real low, Real high) = (curve.Start - flow.Far).IsPositive ? (flow.Far, curve.Start.Greatest) : (curve.Start.Least, flow.Far);
        Real least = Extremum.Minimum(
            w => RealVectors.SquaredNorm(curve.Tangent(w)), w => 2 * RealVectors.Dot(curve.Tangent(w), curve.Bend(w)), low, high, setting.Lambda0.Square().Shift(-12));
        yield return Claims.LessOrEqual("4(1-r)²λ₀² ≤ the least J(w)ᵀJ(w) on the way", 4 * ((1 - setting.R) * setting.Lambda0).Square(), least);
    }
}
