using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The change of the objective.</summary>
internal sealed class Inequality29() : StepStatement(new StatementText(
    "(29)",
    "The linearization bounds the change of the objective to first order.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "the thresholds of Theorem 2, with η of its proof or smaller", "|w_k - w_0| < r₀"],
    "∇g·(f(w₊) - f(w)) ≤ -η|∇g|²_M + (σ₂ Lip_g/2) sqrt(n/m) |w₊ - w|²",
    "It rests on the bound on ε_k, and fails on the same instance.",
    VerdictKind.Refuted,
    Number: "(29)",
    RepairedBy: "2R"), steps: 2, "Saturated")
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real change = Vectors.Dot(now.Gradient, Vectors.Subtract(next.Outputs, now.Outputs)) / setting.Alpha;
        Real right = (-(setting.TimeStep / setting.Alpha) * now.SquaredGradient) + (setting.PrintedCurvature * setting.GradientBound * Vectors.SquaredNorm(Vectors.Subtract(next.Weights, now.Weights)));
        return Claims.LessOrEqual("∇g·(f(w₊) - f(w)) ≤ -η|∇g|²_M + (σ₂ Lip_g/2) sqrt(n/m) |w₊ - w|²", change, right);
    }
}
