using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the flow never leaves the ball.</summary>
internal sealed class Lemma2() : CollectionStatement(new StatementText(
    "Lemma 2",
    "With a large enough scaling factor the flow never leaves the ball of radius r₀ = λ₀/L.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "α ≥ (μ sqrt(2Δ₀)/ν^(3/2)) (λₙ/λ₀³) A(λ₀²)/A(λₙ²), which lacks the L of (12)"],
    "T = ∞, so that by (2) Δ_t ≤ Δ₀ exp(-2ν s(λ₀²) t) for all t",
    "With α above this and (12). The targets are out of reach, as for Theorem 1: if the flow stayed in the ball, (2) would hold for all time. Elsewhere the flow is enclosed for a short time.",
    VerdictKind.Refuted,
    RepairedBy: "1R",
    ExpectedUndecided: 6))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        PrintedDecay setting = Setting(instance, scope);
        yield return setting.StaysInBall(
            setting.Rate, Claims.LessOrEqual("the threshold of Lemma 2 ≤ α", setting.Constants.ThresholdOfLemma2(setting.Rho), setting.Alpha), setting.MeetsPrintedThreshold());
    }

    private static PrintedDecay Setting(InstanceData instance, Scope scope)
    {
        Constants constants = PrintedDecay.ConstantsOf(instance);
        Real rho = PrintedDecay.SmallDamping(constants);
        return new PrintedDecay(instance, ScalingFactor.Above(Real.Max(constants.PrintedThreshold(rho), constants.ThresholdOfLemma2(rho))), rho, $"ρ = {rho}", scope);
    }
}
