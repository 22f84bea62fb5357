using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decrease of the gap.</summary>
internal sealed class Inequality30() : Statement(new StatementText(
    "(30)",
    "(30)",
    "A step decreases the gap by a multiple of the squared gradient.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "the thresholds of Theorem 2, with η of its proof or smaller", "|w_k - w_0| < r₀"],
    "Δ₊ ≤ Δ + (-τ s(λ₀²) + τ² μ Lip_f² h(λₙ²))|∇g|²",
    "It rests on (10) and on the bound on ε_k, which are false, but Lip_f² is generous: compared step by step.",
    VerdictKind.ProvedOnInstances,
    "which-printed-statements-hold",
    "2R"))
{
    private static readonly string[] Names = ["over01", "over04", "over06", "over13", "G", "wide16"];

    private protected override IEnumerable<Finding> Examine(Scope scope) => Names.Select(name => Examine(PrintedSteps.Of(name, 6)));

    private static Finding Examine(PrintedSteps steps) => steps.AtEveryStep((now, next) =>
    {
        Real tau = steps.TimeStep, slowest = Constants.Rate(steps.Constants.Lambda0.Square(), steps.Rho);
        Real factor = (-tau * slowest) + (tau.Square() * steps.Constants.Mu * steps.Problem.Network.PrintedOutputModulus().Square() * steps.PrintedSpeed);
        return Claims.LessOrEqual("Δ₊ ≤ Δ + (-τ s(λ₀²) + τ² μ Lip_f² h(λₙ²))|∇g|²", next.Objective, now.Objective + (factor * Vectors.SquaredNorm(now.Gradient)));
    });
}
