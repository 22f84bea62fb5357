using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decay before the exit time, in the proof of Theorem 5.</summary>
internal sealed class Inequality24() : SettingStatement<CurveSetting>(new StatementText(
    "(24)",
    "Until the undamped flow leaves B the gap to the best value over B decays at least like exp(-2νt).",
    ["Assumptions 2 and 3", "α as in Theorem 5", "t below the exit time"],
    "Δ_t ≤ Δ₀ exp(-2νt)",
    "It rests on the middle inequality of (20). One weight: the flow runs from w_init down to a weight near w*, inside B; the time is an integral, and there the gap is compared.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private const int Pieces = 2000;

    private protected override Finding Examine(CurveSetting setting)
    {
        Real w = (setting.Minimizer.Middle + ((Real)1).Shift(-14)).Middle;
        Claim[] premises = [.. setting.Premises, .. PassedWeights.Premises(setting, w)];
        if (premises.Any(claim => claim.Verdict != Verdict.Proved)) return setting.Find() with { Premises = premises };
        Real time = setting.TimeTo(w, Pieces), rate = 2 * setting.Curve.Problem.Loss.StrongConvexity;
        return setting.Find(Claims.LessOrEqual($"Δ_t ≤ Δ₀ exp(-2νt) at the time t = {time} at which the flow passes w* + 2⁻¹⁴", setting.Gap(w), setting.Gap(setting.Curve.Start) * (-rate * time).Exp())) with { Premises = premises };
    }
}
