using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the flow never leaves the ball.</summary>
internal sealed class Lemma2() : Statement(new StatementText(
    "Lemma 2",
    "With a large enough scaling factor the flow never leaves the ball of radius r₀ = λ₀/L.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "α ≥ (μ sqrt(2Δ₀)/ν^(3/2)) (λₙ/λ₀³) A(λ₀²)/A(λₙ²), which lacks the L of (12)"],
    "T = ∞, so that by (2) Δ_t ≤ Δ₀ exp(-2ν s(λ₀²) t) for all t",
    "The targets are out of reach, as for Theorem 1: if the flow stayed in the ball, (2) would hold for all time.",
    VerdictKind.Refuted,
    RepairedBy: "1R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope) => new[] { OutOfReach.Q(448), OutOfReach.G(50) }.Select(instance => instance.FindUnder(
        [Claims.LessOrEqual("the threshold of Lemma 2 ≤ α", instance.Constants.ThresholdOfLemma2(instance.Rho), instance.Alpha), instance.MeetsPrintedThreshold],
        instance.DecayUntil(1)));
}
