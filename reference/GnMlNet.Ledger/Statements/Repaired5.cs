using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The undamped flow with p below n.</summary>
internal sealed class Repaired5() : FlowStatement(new StatementText(
    "5R",
    "The undamped flow stays in B, the gap to the best value over B decays at an explicit rate, and the flow converges to the one minimizer over B. Assumption 3 is not needed.",
    ["Assumption 2", "r in (0, 1)", "ν̂ = ν - κG₀ > 0", "α > L sqrt(2Δ₀/ν̂)/(2r(2-r)λ₀²)"],
    "w_t in B, |P∇g|² ≥ 2ν̂Δ_t, Δ_t ≤ Δ₀ exp(-2ν̂t), |αf(w_t) - αf(w*)| ≤ sqrt(2Δ₀/ν̂) exp(-ν̂t) and |w_t - w*| ≤ sqrt(2Δ₀/ν̂) exp(-ν̂t)/(2αλ₀(1-r))",
    "The flow itself is enclosed: a polynomial path, its defect, and the logarithmic norm. For all t in [0, T]: dΔ/dt = -|P∇g|² ≤ -2ν̂Δ, whose integral is the decay. The best value over B and the minimizer w* are enclosed from steps that start where the flow is at T; the distances from w* are compared at the end of every piece.",
    VerdictKind.ProvedOnInstances,
    Anchor: "5r-the-undamped-flow-with-p--n",
    ExpectedUndecided: 1))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Underparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) => [UnderparameterizedFlow.Decide(instance, _ => 0, scope)];
}
