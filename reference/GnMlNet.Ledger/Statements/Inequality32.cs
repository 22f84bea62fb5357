using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The distance of the outputs from the targets.</summary>
internal sealed class Inequality32() : Statement(new StatementText(
    "(32)",
    "(32)",
    "The outputs approach the targets by the factor of (31).",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "the thresholds of Theorem 2, with η of its proof or smaller", "|w_k - w_0| < r₀"],
    "|αf(w_k) - f*|² ≤ (2Δ₀/ν) q^k with q = 1 - τ s(λ₀²)",
    "It rests on (31). For an eighth of the quadratic loss (ν/2)|αf - f*|² = Δ, so it fails at the first step.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "2R"))
{
    private static readonly string[] Names = ["Weak"];

    private protected override IEnumerable<Finding> Examine(Scope scope) => Names.Select(name => Examine(PrintedSteps.Of(name, 1)));

    private static Finding Examine(PrintedSteps steps) => steps.AtEveryStep((now, next) =>
    {
        Real distance = Vectors.SquaredNorm(Vectors.Subtract(next.Outputs, steps.Problem.Loss.Targets));
        Real factor = 1 - (steps.TimeStep * Constants.Rate(steps.Constants.Lambda0.Square(), steps.Rho));
        return Claims.LessOrEqual("|αf(w_1) - f*|² ≤ (2Δ₀/ν) q", distance, 2 * steps.Problem.InitialLoss / steps.Constants.Nu * factor.Pow(next.Step));
    });
}
