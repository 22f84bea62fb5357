using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decrease of the gap.</summary>
internal sealed class Inequality30() : StepStatement(
    "(30)",
    "A step decreases the gap by a multiple of the squared gradient.",
    "Δ₊ ≤ Δ + (-τ s(λ₀²) + τ² μ Lip_f² h(λₙ²))|∇g|²",
    "It rests on (10) and on the bound on ε_k, which are false; and α ≥ (12)/sqrt(m) does not make αε_k small. Where K is ill-conditioned the first step fails it, by two orders of magnitude on two units that nearly coincide.",
    VerdictKind.Refuted)
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real tau = setting.TimeStep, slowest = setting.Constants.LeastRate(setting.Rho);
        Real factor = (-tau * slowest) + (tau.Square() * setting.Constants.Mu * setting.Problem.Network.PrintedOutputModulus().Square() * setting.PrintedSpeed);
        return Claims.LessOrEqual("Δ₊ ≤ Δ + (-τ s(λ₀²) + τ² μ Lip_f² h(λₙ²))|∇g|²", next.Objective, now.Objective + (factor * RealVectors.SquaredNorm(now.Gradient)));
    }
}
