using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian Hessian without the second fundamental form.</summary>
internal sealed class Equation19() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "(19)",
    "The Riemannian Hessian of g on the manifold of outputs is the Euclidean one, restricted to tangent vectors.",
    ["Assumption 2", "w in B"],
    "|⟨u, Hess g u⟩ - uᵀ∇²g u| ≤ 2⁻¹⁰⁰ for unit tangent vectors u: equality, with a margin that enclosures can decide",
    "In closed form at seeded points and points of trajectories, in the direction of the step and of coordinates. The difference is the curvature of the manifold paired with the normal part of the gradient.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point => Claim.All(GeodesicHessian.Directions(point).Select(direction =>
        Claims.LessOrEqual("|⟨u, Hess g u⟩ - uᵀ∇²g u| ≤ 2⁻¹⁰⁰", GeodesicHessian.Bending(setting.Problem, setting.Alpha, point, direction).Abs(), ((Real)1).Shift(-100)))));
}
