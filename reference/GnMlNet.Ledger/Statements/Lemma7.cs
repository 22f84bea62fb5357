using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Geodesic strong convexity.</summary>
internal sealed class Lemma7() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Lemma 7",
    "g is geodesically ν-strongly convex on the manifold of outputs.",
    ["Assumption 2", "w and the geodesic from it in B"],
    "g(αf(w)) + t⟨grad g, v⟩ ≤ g(Exp(tv)) - t² (ν/2)|v|², so with t → 0 ν ≤ ⟨u, Hess g u⟩ for unit tangent vectors u",
    "The second derivative of g along geodesics in closed form, at seeded points and points of trajectories, in the direction of the step and of coordinates; with a margin of 2⁻¹⁰⁰, since without normal gradient there is equality.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point => Claim.All(GeodesicHessian.Directions(point).Select(direction =>
        Claims.LessOrEqual("ν - 2⁻¹⁰⁰ ≤ ⟨u, Hess g u⟩", setting.Constants.Nu - ((Real)1).Shift(-100), GeodesicHessian.Riemannian(setting.Problem, setting.Alpha, point, direction)))));
}
