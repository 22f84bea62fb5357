using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Lemma 9 as it is printed: one tangent vector for three inequalities.</summary>
internal sealed class Lemma9() : SettingStatement<CurveSetting>(new StatementText(
    "Lemma 9",
    "For every t before the exit time some tangent vector v_t at the minimizer over B meets (20) and (21) at once.",
    ["Assumptions 2 and 3", "t below the exit time"],
    "some v has (ν/2)|v|² ≤ Δ_t ≤ |P∇g|²/(2ν) and |P∇g| ≤ μ|v|: Δ_t ≤ |P∇g|²/(2ν), and |P∇g|²/μ² ≤ 2Δ_t/ν leaves room for |v|²",
    "The middle inequality has no v in it; the other two ask |P∇g|²/μ² ≤ |v|² ≤ 2Δ_t/ν of it. Alone each of these two is met, by a long v or by v = 0: only together they can fail. One weight, in closed form, at t = 0.",
    VerdictKind.Refuted,
    Number: "(20), (21)",
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CurveSetting setting)
    {
        Loss loss = setting.Curve.Problem.Loss;
        Real start = setting.Curve.Start, gap = setting.Gap(start), square = setting.Curve.TangentialGradient(start, setting.Alpha).Square();
        return setting.Find(
            Claims.LessOrEqual("Δ₀ ≤ |P∇g|²/(2ν)", gap, square / (2 * loss.StrongConvexity)),
            Claims.LessOrEqual("|P∇g|²/μ² ≤ 2Δ₀/ν: some |v|² lies between", square / loss.Smoothness.Square(), 2 * gap / loss.StrongConvexity)) with
        { Reach = Reach.UpToTime(0) };
    }
}
