using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The factor of a step.</summary>
internal sealed class Inequality31() : StepStatement(
    "(31)",
    "A step decreases the gap by the factor 1 - τ s(λ₀²).",
    "Δ₊ ≤ (1 - τ s(λ₀²))Δ",
    "The Polyak-Lojasiewicz inequality gives 1 - τν s(λ₀²): ν is missing. An eighth of the quadratic loss has ν = 1/4.",
    VerdictKind.Refuted)
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next) =>
        Claims.LessOrEqual("Δ₊ ≤ (1 - τ s(λ₀²))Δ", next.Objective, (1 - (setting.TimeStep * setting.Constants.LeastRate(setting.Rho))) * now.Objective);
}
