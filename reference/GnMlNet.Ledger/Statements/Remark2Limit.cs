using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Less and less damping, with the scaling factor of Theorem 1.</summary>
internal sealed class Remark2Limit() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Remark 2, ρ → 0",
    "With the scaling factor of Theorem 1 the gap decays at a rate that tends to 2ν for ρ → 0, whatever λ₀ is.",
    ["Assumption 1", "every ρ in (0, ρ_max], as one ball: ρ_max at most λ₀²/128 and λₙ²/(1 + λₙ²)", "(12) ≤ α for all of them"],
    "Δ_t ≤ g(0) exp(-2ν s(λ₀²) t), s(λ₀²) → 1",
    "As Theorem 1, for all small dampings at once: what no weights reach does not depend on ρ. y·f(w) ≤ h for every w, unit by unit; for one input the greatest value of a function of one variable, else a crude bound, with which the method needs α h < |y|² in vain.",
    VerdictKind.Refuted,
    Number: "(11), (12)",
    RepairedBy: "1R",
    ExpectedUndecided: 29))
{
    // Long enough for every bound to fall below a floor that is certified.
    private const int Time = 64;

    private protected override Finding Examine(OverparameterizedSetting setting)
    {
        Constants constants = setting.Constants;
        Real greatest = ScalingFactor.Below(Real.Min(constants.Lambda0.Square().Shift(-7), setting.Rho)), rho = Real.Between(0, greatest);
        Real alpha = ScalingFactor.Above(constants.PrintedThreshold(rho).Greatest), square = RealVectors.SquaredNorm(setting.Problem.Loss.Targets);
        Real reached = alpha * GreatestReach.Of(setting.Problem);
        // g is at least (nu/2)|psi - y|^2, and |alpha f - y| at least (|y|^2 - alpha y . f)/|y|.
        Real floor = (constants.Nu * (square - reached).Square() / square).Shift(-1);
        return setting.FindUnder(
            [.. SharedHypotheses.OfSection3(constants, greatest), Claims.LessOrEqual("(12) ≤ α", constants.PrintedThreshold(rho), alpha)],
            Claims.LessOrEqual($"a lower bound on g over all weights ≤ g(0) exp(-2ν s(λ₀²) t) at t = {Time}", floor, setting.Problem.InitialLoss * (-Time * constants.PrintedRate(rho)).Exp())) with
        { Instance = $"{setting.Name}; here α = {alpha} and 0 < ρ ≤ {greatest}", Premises = [.. setting.Premises, Claims.Less("α h < |y|²", reached, square)] };
    }
}
