using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The undamped flow with p at most n.</summary>
internal sealed class Repaired5() : Statement(new StatementText(
    "5R",
    "The undamped flow stays in B, and the gap to the best value over B decays at an explicit rate. Assumption 3 is not needed.",
    ["Assumption 2", "r in (0, 1)", "ν̂ = ν - κG₀ > 0", "α > L sqrt(2Δ₀/ν̂)/(2r(2-r)λ₀²)"],
    "w_t in B, |P∇g|² ≥ 2ν̂Δ_t and Δ_t ≤ Δ₀ exp(-2ν̂t)",
    "The flow itself is enclosed: a polynomial path, its defect, and the logarithmic norm. For all t in [0, T]: dΔ/dt = -|P∇g|² ≤ -2ν̂Δ, whose integral is the decay. The best value over B is enclosed from steps that start where the flow is at T.",
    VerdictKind.ProvedOnInstances,
    Anchor: "5r-the-undamped-flow-with-p--n"))
{
    private const int PolishingSteps = 30;

    private protected override IEnumerable<Finding> Examine(Scope scope) =>
        Recipes.Underparameterized.Select(recipe => recipe.Name).Append("Curve").Select(name => Examine(name, scope));

    private static Finding Examine(string name, Scope scope)
    {
        UndampedRepairs theory = UndampedRepairs.WithSufficientAlphaFor5R(FlowSetting.ConstantsOf(name));
        var flow = new FlowSetting(name, theory.Constants, theory.Alpha, 0, "r = 1/2", scope,
            [.. theory.Hypotheses(), Claims.Less("L sqrt(2g(0)/ν̂)/(2r(2-r)λ₀²) < α", theory.ThresholdOf5R, theory.Alpha)]);
        if (flow.Pieces.Count == 0) return flow.Find();
        Iterate last = theory.Polished(flow.Pieces[^1].End, PolishingSteps, flow.Bits);
        return flow.FindUnder(
            [Claims.Less("|w - w_init| < 2rλ₀/L where the best value is enclosed", flow.Problem.Displacement(last.Weights), theory.Radius)],
            Claim.All(flow.Displacements().Select(size => Claims.Less("|w_t - w_0| < 2rλ₀/L", size, theory.Radius))),
            flow.Decays(2 * theory.RemainingConvexity, theory.BestValue(last).Least));
    }
}
