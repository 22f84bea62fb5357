using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The right half of (20), the Polyak-Lojasiewicz inequality on the manifold.</summary>
internal sealed class Lemma9GradientBound() : Statement(new StatementText(
    "Lemma 9, second inequality of (20)",
    "(20)",
    "The gap is at most the squared Riemannian gradient divided by 2ν.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "Δ_t ≤ |P∇g|²/(2ν)",
    "One weight: both sides in closed form, at a point that the flow passes.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "5R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        foreach (SettingOfTheorem5 setting in SettingOfTheorem5.Both)
        {
            Real w = (setting.Minimizer.Middle + ((Real)1).Shift(-6)).Middle;
            Real gradient = setting.Curve.TangentialGradient(w, setting.Alpha);
            yield return new Finding(setting.Name, setting.Alpha.Bits, setting.Hypotheses, [Claims.LessOrEqual("Δ ≤ |P∇g|²/4 where the flow passes w* + 2⁻⁶", setting.Gap(w), gradient.Square().Shift(-2))]);
        }
    }
}
