using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decrease of the gap.</summary>
internal sealed class Inequality30() : StepStatement(
    "(30)",
    "A step decreases the gap by a multiple of the squared gradient.",
    "Δ₊ ≤ Δ + (-τ s(λ₀²) + τ² μ Lip_f² h(λₙ²))|∇g|²",
    "It rests on (10) and on the bound on ε_k, which are false, but Lip_f² is generous: compared step by step.",
    VerdictKind.ProvedOnInstances,
    steps: 6, "over01", "over04", "over06", "over13", "G", "wide16")
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real tau = setting.TimeStep, slowest = setting.Constants.LeastRate(setting.Rho);
        Real factor = (-tau * slowest) + (tau.Square() * setting.Constants.Mu * setting.Problem.Network.PrintedOutputModulus().Square() * setting.PrintedSpeed);
        return Claims.LessOrEqual("Δ₊ ≤ Δ + (-τ s(λ₀²) + τ² μ Lip_f² h(λₙ²))|∇g|²", next.Objective, now.Objective + (factor * RealVectors.SquaredNorm(now.Gradient)));
    }
}
