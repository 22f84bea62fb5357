using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian Hessian without the second fundamental form.</summary>
internal sealed class Equation19() : Statement(new StatementText(
    "(19)",
    "(19)",
    "The Riemannian Hessian of g on the manifold of outputs is the Euclidean one, restricted to tangent vectors.",
    ["Assumption 2", "w in B"],
    "|⟨u, Hess g u⟩ - uᵀ∇²g u| ≤ 2⁻²⁰ for unit tangent vectors u: equality, with a margin that enclosures can decide",
    "One weight: both sides are second derivatives along a curve, in closed form. The difference is the curvature of the curve paired with the normal part of the gradient.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "5R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        foreach (SettingOfTheorem5 setting in SettingOfTheorem5.Both)
        {
            Real hessian = setting.Curve.GeodesicCurvature(setting.Curve.Start, setting.Alpha);
            yield return new Finding(setting.Name, setting.Alpha.Bits, setting.Hypotheses, [Claims.LessOrEqual("|⟨u, Hess g u⟩ - 2| ≤ 2⁻²⁰ at w_init", (hessian - 2).Abs(), ((Real)1).Shift(-20))]);
        }
    }
}
