using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The left half of (20), with the tangent vector of the proof.</summary>
internal sealed class Lemma9LowerBound() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9's proof, first inequality of (20)",
    "With the v_t that the proof takes, whose geodesic leads from the minimizer over B to αf(w_t), the gap is at least (ν/2)|v_t|².",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "(ν/2)|v_t|² ≤ Δ_t",
    "As printed, with some v_t, it holds with v_t = 0. One weight: the proof's |v_t| is the length of the curve from w* to w_t, here at weights that the flow passes.",
    VerdictKind.Refuted,
    Number: "(20)",
    RepairedBy: "5R",
    ExpectedUndecided: 22))
{
    private protected override Finding Examine(CurveSetting setting) => CurvePoints.Along(setting, point => Claims.LessOrEqual(
        $"(ν/2)|v_t|² ≤ Δ_t at t = {point.Time}, w = {point.Weight}",
        (setting.Curve.Problem.Loss.StrongConvexity * point.Distance.Square()).Shift(-1),
        setting.Gap(point.Weight)));
}
