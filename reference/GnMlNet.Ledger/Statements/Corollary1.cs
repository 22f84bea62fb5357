using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Geodesic smoothness.</summary>
internal sealed class Corollary1() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Corollary 1",
    "The gradient of g on the manifold of outputs is geodesically μ-Lipschitz.",
    ["Assumption 2", "w and the geodesic from it in B"],
    "g(αf(w)) + t⟨grad g, v⟩ ≥ g(Exp(tv)) - t² (μ/2)|v|², so with t → 0 ⟨u, Hess g u⟩ ≤ μ for unit tangent vectors u",
    "As Lemma 7, the other way round.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point => Claim.All(GeodesicHessian.Directions(point).Select(direction =>
        Claims.LessOrEqual("⟨u, Hess g u⟩ ≤ μ + 2⁻¹⁰⁰", GeodesicHessian.Riemannian(setting.Problem, setting.Alpha, point, direction), setting.Constants.Mu + ((Real)1).Shift(-100)))));
}
