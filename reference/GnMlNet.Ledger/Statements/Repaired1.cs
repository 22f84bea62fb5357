using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The damped flow with p at least n.</summary>
internal sealed class Repaired1() : FlowStatement(new StatementText(
    "1R",
    "The damped flow stays near w_init, its kernel stays positive definite, and the gap decays at an explicit rate, for every damping.",
    ["Assumption 1", "ρ in (0, 1]", "α > (L/(2λ₀²)) sqrt(2Δ₀/ν)"],
    "|w_t - w_0| ≤ (2λ₀/L)(1 - sqrt(1 - LD/(2λ₀²))), K_t ≥ λ₁² and Δ_t ≤ Δ₀ exp(-2ν s(λ₁²) t) with D = sqrt(2Δ₀/ν)/α and λ₁² = 4λ₀² - 2LD",
    "The flow itself is enclosed: a polynomial path, its defect, and the logarithmic norm. For all t in [0, T]: dΔ/dt ≤ -2ν s(λ₁²) Δ, whose integral is the decay.",
    VerdictKind.ProvedOnInstances,
    Anchor: "1r-the-flow-with-p--n",
    ExpectedUndecided: 2))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        Constants constants = FlowSetting.ConstantsOf(instance);
        // Dampings below, at and above lambda_0^2, and plain gradient flow; scaling factors close to the threshold, above 2/3, and twice the least one.
        int index = instance.InTurn;
        var theory = DampedRepairs.InTurn(index, constants, leastShift: -4);
        Real multiple = (index % 3) switch { 0 => ((Real)9).Shift(-4), 1 => ((Real)11).Shift(-4), _ => 1 };
        Real alpha = ScalingFactor.Above(multiple * constants.Unit), floor = theory.KernelFloor(alpha), displacement = theory.DisplacementOf1R(alpha);
        var flow = new FlowSetting(instance, constants, alpha, theory.Rho, $"ρ = {theory.Rho}", scope,
            [.. SharedHypotheses.OfDampedRepairs(constants, theory.Rho), Claims.Less("(L/(2λ₀²)) sqrt(2Δ₀/ν) < α", theory.LeastAlphaOf1R, alpha)]);
        yield return flow.FindAlong(() =>
        [
            Claim.All(flow.Displacements().Select(size => Claims.LessOrEqual("|w_t - w_0| ≤ (2λ₀/L)(1 - sqrt(1 - LD/(2λ₀²)))", size, displacement))),
            Claim.All(flow.Pieces.Select(piece => Claims.LessOrEqual("λ₁² ≤ λ_min(K_t)", floor, piece.LeastSingularValue.Square()))),
            flow.Decays(theory.RateOf1R(alpha), 0),
        ]);
    }
}
