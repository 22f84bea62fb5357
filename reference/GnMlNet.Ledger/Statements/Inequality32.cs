using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The distance of the outputs from the targets.</summary>
internal sealed class Inequality32() : StepStatement(
    "(32)",
    "The outputs approach the targets by the factor of (31).",
    "|αf(w_k) - f*|² ≤ (2Δ₀/ν) q^k with q = 1 - τ s(λ₀²)",
    "It rests on (31). For an eighth of the quadratic loss (ν/2)|αf - f*|² = Δ, so it fails at the first step.",
    VerdictKind.Refuted,
    isOfFirstStep: true)
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real distance = RealVectors.SquaredNorm(RealVectors.Subtract(next.Outputs, setting.Problem.Loss.Targets));
        Real factor = 1 - (setting.TimeStep * setting.Constants.LeastRate(setting.Rho));
        return Claims.LessOrEqual("|αf(w_1) - f*|² ≤ (2Δ₀/ν) q", distance, 2 * setting.Problem.InitialLoss / setting.Constants.Nu * factor.Pow(next.Step));
    }
}
