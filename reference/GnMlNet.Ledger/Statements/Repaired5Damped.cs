using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The damped flow with p at most n.</summary>
internal sealed class Repaired5Damped() : FlowStatement(new StatementText(
    "5R-ρ",
    "5R with any damping: Levenberg-Marquardt's flow, and for ρ = 1 plain gradient flow, with the same threshold.",
    ["Assumption 2", "r in (0, 1)", "ρ in (0, 1]", "ν̂ = ν - κG₀ > 0", "α > L sqrt(2Δ₀/ν̂)/(2r(2-r)λ₀²)"],
    "w_t in B, Δ_t ≤ Δ₀ exp(-ct) with c = 2ν̂ s(4(1-r)²λ₀²), |αf(w_t) - αf(w*)| ≤ sqrt(2Δ₀/ν̂) exp(-ct/2) and |w_t - w*| ≤ sqrt(2Δ₀/ν̂) exp(-ct/2)/(2αλ₀(1-r))",
    "As 5R, each instance with a damping below λ₀², one between λ₀² and λₙ², and ρ = 1. For all t in [0, T]: dΔ/dt ≤ -cΔ, whose integral is the decay.",
    VerdictKind.ProvedOnInstances,
    Anchor: "5r-ρ-the-flow-with-p--n-and-damping",
    ExpectedUndecided: 1))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.UnderparameterizedOrSquare(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) =>
        ((Func<Constants, Real>[])[Small, Middle, _ => 1]).Select(damping => UnderparameterizedFlow.Decide(instance, damping, scope));

    private static Real Small(Constants constants) => ScalingFactor.Below(Real.Min(((Real)1).Shift(-6), constants.Lambda0.Square().Shift(-4)));

    private static Real Middle(Constants constants) => ScalingFactor.Below(Real.Min(((Real)1).Shift(-1), constants.Lambda0 * constants.LambdaN));
}
