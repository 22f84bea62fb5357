using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Geodesic strong convexity.</summary>
internal sealed class Lemma7() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 7",
    "g is geodesically ν-strongly convex on the manifold of outputs.",
    ["Assumption 2", "w and the geodesic from it in B"],
    "g(αf(w)) + t⟨grad g, v⟩ ≤ g(Exp(tv)) - t² (ν/2)|v|²",
    "One weight: geodesics are pieces of a curve. From w* to a point near by, with the length of the curve by quadrature.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        // An exact point next to the minimizer, and one 2^-6 further.
        Real from = setting.Minimizer.Middle, to = (from + ((Real)1).Shift(-6)).Middle;
        Real length = setting.Length(from, to, 200);
        Real left = setting.Curve.Objective(from, setting.Alpha) + (setting.Curve.TangentialGradient(from, setting.Alpha) * length);
        return setting.FindUnder(
            [Claims.Less("|w + 2⁻⁶ - w_init| < 2rλ₀/L", (to - setting.Curve.Start).Abs(), setting.Radius)],
            Claims.LessOrEqual("g + ⟨grad g, v⟩ ≤ g(Exp(v)) - |v|² along the geodesic from w* to w* + 2⁻⁶", left, setting.Curve.Objective(to, setting.Alpha) - length.Square()));
    }
}
