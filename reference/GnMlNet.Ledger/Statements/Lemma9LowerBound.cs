using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The left half of (20).</summary>
internal sealed class Lemma9LowerBound() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9, first inequality of (20)",
    "The gap is at least ν/2 times the squared geodesic distance to the minimizer over B.",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "(ν/2)|v_t|² ≤ Δ_t",
    "One weight: |v_t| is the length of the curve from w* to w_t. At points that the flow passes.",
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
