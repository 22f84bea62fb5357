using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The factor of a step.</summary>
internal sealed class Inequality31() : Statement(new StatementText(
    "(31)",
    "(31)",
    "A step decreases the gap by the factor 1 - τ s(λ₀²).",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "the thresholds of Theorem 2, with η of its proof or smaller", "|w_k - w_0| < r₀"],
    "Δ₊ ≤ (1 - τ s(λ₀²))Δ",
    "The Polyak-Lojasiewicz inequality gives 1 - τν s(λ₀²): ν is missing. An eighth of the quadratic loss has ν = 1/4.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "2R"))
{
    private static readonly string[] Names = ["Weak"];

    private protected override IEnumerable<Finding> Examine(Scope scope) => Names.Select(name => Examine(PrintedSteps.Of(name, 2)));

    private static Finding Examine(PrintedSteps steps) => steps.AtEveryStep((now, next) =>
        Claims.LessOrEqual("Δ₊ ≤ (1 - τ s(λ₀²))Δ", next.Objective, (1 - (steps.TimeStep * Constants.Rate(steps.Constants.Lambda0.Square(), steps.Rho))) * now.Objective));
}
