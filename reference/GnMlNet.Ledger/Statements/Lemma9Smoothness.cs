using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian gradient is bounded by the distance, the length of the tangent vector of the proof.</summary>
internal sealed class Lemma9Smoothness() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9's proof, (21)",
    "With the v_t that the proof takes, whose geodesic leads from the minimizer over B to αf(w_t), the Riemannian gradient is at most μ|v_t|.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "|P∇g| ≤ μ|v_t|",
    "As printed, with some v_t, it holds with a long one. One weight: the proof's |v_t| is the length of the curve from w* to w_t, here at the start of the flow.",
    VerdictKind.Refuted,
    Number: "(21)",
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Real w = setting.Curve.Start;
        // Between the outer ends of both enclosures: at least the distance.
        Real distance = setting.Length(setting.Minimizer.Least, w.Greatest, 400);
        return setting.Find(Claims.LessOrEqual("|P∇g| ≤ an upper bound on 2|v| at w_init", setting.Curve.TangentialGradient(w, setting.Alpha).Abs(), 2 * distance));
    }
}
