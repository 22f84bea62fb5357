using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Geodesic smoothness.</summary>
internal sealed class Corollary1() : SettingStatement<CurveSetting>(new StatementText(
    "Corollary 1",
    "The gradient of g on the manifold of outputs is geodesically μ-Lipschitz.",
    ["Assumption 2", "w and the geodesic from it in B"],
    "g(αf(w)) + t⟨grad g, v⟩ ≥ g(Exp(tv)) - t² (μ/2)|v|²",
    "One weight: geodesics are pieces of a curve. From w_init to a point near by, with the length of the curve by quadrature.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real from = Real.Parse("0.127", setting.Alpha.Bits).Middle, to = (from + ((Real)1).Shift(-6)).Middle;
        Real length = setting.Length(from, to, 200);
        Real right = setting.Curve.Objective(from, setting.Alpha) + (setting.Curve.TangentialGradient(from, setting.Alpha) * length);
        return setting.FindUnder(
            [Claims.Less("|w + 2⁻⁶ - w_init| < 2rλ₀/L", (to - setting.Curve.Start).Abs(), setting.Radius)],
            Claims.LessOrEqual("g(Exp(v)) - |v|² ≤ g + ⟨grad g, v⟩ along the geodesic from w = 0.127 to w + 2⁻⁶", setting.Curve.Objective(to, setting.Alpha) - length.Square(), right));
    }
}
