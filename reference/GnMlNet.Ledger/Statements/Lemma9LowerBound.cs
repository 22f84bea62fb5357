using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The left half of (20).</summary>
internal sealed class Lemma9LowerBound() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9, first inequality of (20)",
    "The gap is at least ν/2 times the squared geodesic distance to the minimizer over B.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "(ν/2)|v_t|² ≤ Δ_t",
    "One weight: |v_t| is the length of the curve from w* to w_t. At a point that the flow passes.",
    VerdictKind.Refuted,
    Number: "(20)",
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real best = setting.Minimizer, w = (best.Middle + ((Real)1).Shift(-6)).Middle;
        // From the upper end of the enclosure of w*: at most the distance.
        Real distance = setting.Length(best.Greatest, w, 200);
        return setting.Find(Claims.LessOrEqual("a lower bound on |v|² ≤ Δ where the flow passes w* + 2⁻⁶", distance.Square(), setting.Gap(w)));
    }
}
