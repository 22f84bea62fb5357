using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The change of the objective.</summary>
internal sealed class Inequality29() : StepStatement(
    "(29)",
    "The linearization bounds the change of the objective to first order.",
    "∇g·(f(w₊) - f(w)) ≤ -η|∇g|²_M + (σ₂ Lip_g/2) sqrt(n/m) |w₊ - w|²",
    "It rests on the bound on ε_k, and fails on the same instance.",
    VerdictKind.Refuted)
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real change = RealVectors.Dot(now.Gradient, RealVectors.Subtract(next.Outputs, now.Outputs)) / setting.Alpha;
        Real right = (-(setting.TimeStep / setting.Alpha) * now.SquaredGradient) + (setting.PrintedCurvature * setting.Constants.GradientBound * RealVectors.SquaredNorm(RealVectors.Subtract(next.Weights, now.Weights)));
        return Claims.LessOrEqual("∇g·(f(w₊) - f(w)) ≤ -η|∇g|²_M + (σ₂ Lip_g/2) sqrt(n/m) |w₊ - w|²", change, right);
    }
}
