using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The error of the linearization.</summary>
internal sealed class LinearizationError() : StepStatement(
    "Appendix A, ε_k",
    "The error of the linearization falls like 1/sqrt(m) with the number of units.",
    "|f(w₊) - f(w) - J(w₊ - w)| ≤ (σ₂/2) sqrt(n/m) |w₊ - w|²",
    "That is the bound for a network scaled by 1/sqrt(m) with inputs of length at most 1. One moving unit among sixteen breaks it; with (1/2)L it holds.",
    VerdictKind.Refuted)
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real[] step = RealVectors.Subtract(next.Weights, now.Weights), linear = RealVectors.Scale(setting.Alpha, now.Linearization.Jacobian.Times(step));
        Real error = RealVectors.Norm(RealVectors.Subtract(RealVectors.Subtract(next.Outputs, now.Outputs), linear)) / setting.Alpha;
        return Claims.LessOrEqual("|ε_k| ≤ (σ₂/2) sqrt(n/m) |w₊ - w|²", error, setting.PrintedCurvature * RealVectors.SquaredNorm(step));
    }
}
