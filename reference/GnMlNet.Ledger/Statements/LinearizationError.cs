using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The error of the linearization.</summary>
internal sealed class LinearizationError() : StepStatement(new StatementText(
    "Appendix A, ε_k",
    "The error of the linearization falls like 1/sqrt(m) with the number of units.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "the thresholds of Theorem 2, with η of its proof or smaller", "|w_k - w_0| < r₀"],
    "|f(w₊) - f(w) - J(w₊ - w)| ≤ (σ₂/2) sqrt(n/m) |w₊ - w|²",
    "That is the bound for a network scaled by 1/sqrt(m) with inputs of length at most 1. One moving unit among sixteen breaks it; with (1/2)L it holds.",
    VerdictKind.Refuted,
    RepairedBy: "2R"), steps: 2, "Saturated")
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real[] step = Vectors.Subtract(next.Weights, now.Weights), linear = Vectors.Scale(setting.Alpha, now.Linearization.Jacobian.Times(step));
        Real error = Vectors.Norm(Vectors.Subtract(Vectors.Subtract(next.Outputs, now.Outputs), linear)) / setting.Alpha;
        return Claims.LessOrEqual("|ε_k| ≤ (σ₂/2) sqrt(n/m) |w₊ - w|²", error, setting.PrintedCurvature * Vectors.SquaredNorm(step));
    }
}
