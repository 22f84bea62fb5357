using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian Hessian without the second fundamental form.</summary>
internal sealed class Equation19() : SettingStatement<CurveSetting>(new StatementText(
    "(19)",
    "The Riemannian Hessian of g on the manifold of outputs is the Euclidean one, restricted to tangent vectors.",
    ["Assumption 2", "w in B"],
    "|⟨u, Hess g u⟩ - uᵀ∇²g u| ≤ 2⁻²⁰ for unit tangent vectors u: equality, with a margin that enclosures can decide",
    "One weight: both sides are second derivatives along a curve, in closed form. The difference is the curvature of the curve paired with the normal part of the gradient.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real hessian = setting.Curve.GeodesicCurvature(setting.Curve.Start, setting.Alpha);
        return setting.Find(Claims.LessOrEqual("|⟨u, Hess g u⟩ - 2| ≤ 2⁻²⁰ at w_init", (hessian - 2).Abs(), ((Real)1).Shift(-20)));
    }
}
