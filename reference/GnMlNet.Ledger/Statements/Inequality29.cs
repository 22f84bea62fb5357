using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The change of the objective.</summary>
internal sealed class Inequality29() : Statement(new StatementText(
    "(29)",
    "(29)",
    "The linearization bounds the change of the objective to first order.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "the thresholds of Theorem 2, with η of its proof or smaller", "|w_k - w_0| < r₀"],
    "∇g·(f(w₊) - f(w)) ≤ -η|∇g|²_M + (σ₂ Lip_g/2) sqrt(n/m) |w₊ - w|²",
    "It rests on the bound on ε_k, and fails on the same instance.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "2R"))
{
    private static readonly string[] Names = ["Saturated"];

    private protected override IEnumerable<Finding> Examine(Scope scope) => Names.Select(name => Examine(PrintedSteps.Of(name, 2)));

    private static Finding Examine(PrintedSteps steps) => steps.AtEveryStep((now, next) =>
    {
        Real change = Vectors.Dot(now.Gradient, Vectors.Subtract(next.Outputs, now.Outputs)) / steps.Alpha;
        Real right = (-(steps.TimeStep / steps.Alpha) * now.SquaredGradient) + (steps.PrintedCurvature * steps.GradientBound * Vectors.SquaredNorm(Vectors.Subtract(next.Weights, now.Weights)));
        return Claims.LessOrEqual("∇g·(f(w₊) - f(w)) ≤ -η|∇g|²_M + (σ₂ Lip_g/2) sqrt(n/m) |w₊ - w|²", change, right);
    });
}
