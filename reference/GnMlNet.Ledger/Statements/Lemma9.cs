using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Lemma 9 as it is printed: one tangent vector for three inequalities.</summary>
internal sealed class Lemma9() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9",
    "For every t before the exit time some tangent vector v_t at the minimizer over B meets (20) and (21) at once.",
    ["Assumptions 2 and 3", "t below the exit time"],
    "some v has (ν/2)|v|² ≤ Δ_t ≤ |P∇g|²/(2ν) and |P∇g| ≤ μ|v|: Δ_t ≤ |P∇g|²/(2ν), and |P∇g|²/μ² ≤ 2Δ_t/ν leaves room for |v|²",
    "The middle inequality has no v in it; the other two ask |P∇g|²/μ² ≤ |v|² ≤ 2Δ_t/ν of it. Alone each of these two is met, by a long v or by v = 0: only together they can fail. One weight, in closed form, at points that the flow passes.",
    VerdictKind.Refuted,
    Number: "(20), (21)",
    RepairedBy: "5R",
    ExpectedUndecided: 21))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Loss loss = setting.Curve.Problem.Loss;
        Real SquaredGradient(PointOfCurveFlow point) => setting.Curve.TangentialGradient(point.Weight, setting.Alpha).Square();
        return CurvePoints.Along(
            setting,
            point => Claims.LessOrEqual($"Δ_t ≤ |P∇g|²/(2ν) at t = {point.Time}, w = {point.Weight}", setting.Gap(point.Weight), SquaredGradient(point) / (2 * loss.StrongConvexity)),
            point => Claims.LessOrEqual(
                $"|P∇g|²/μ² ≤ 2Δ_t/ν at t = {point.Time}, w = {point.Weight}: some |v|² lies between", SquaredGradient(point) / loss.Smoothness.Square(), 2 * setting.Gap(point.Weight) / loss.StrongConvexity));
    }
}
