using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Where Theorem 1 is true.</summary>
internal sealed class Theorem1WhereItHolds() : FlowStatement(new StatementText(
    "Theorem 1 where κ₁ ≥ 2/3",
    "With (12) at least 2/3 of the unit (L/λ₀²) sqrt(2Δ₀/ν) the gap decays like exp(-2νs(λ₀²)t).",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "κ₁ = (μ/ν)(λₙ/λ₀) A(λ₀²)/A(λₙ²) ≥ 2/3, for example ρ/(1-ρ) = λ₀λₙ", "(12) ≤ α"],
    "Δ_t ≤ g(0) exp(-2ν s(λ₀²) t) and |w_t - w_0| < r₀",
    "The flow itself is enclosed. For all t in [0, T]: dΔ/dt ≤ -2ν s(λ₀²) Δ, whose integral is the decay.",
    VerdictKind.ProvedOnInstances,
    Number: "(11), (12)",
    RepairedBy: "1R",
    ExpectedUndecided: 2))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        Constants constants = FlowSetting.ConstantsOf(instance);
        Real product = constants.Lambda0 * constants.LambdaN, rho = ScalingFactor.Below(product / (1 + product));
        Real alpha = ScalingFactor.Above(constants.PrintedThreshold(rho));
        Claim[] hypotheses =
        [
            .. SharedHypotheses.OfSection3(constants, rho),
            Claims.LessOrEqual("(2/3)(L/λ₀²) sqrt(2Δ₀/ν) ≤ (12)", 2 * constants.Unit / 3, constants.PrintedThreshold(rho)),
            Claims.LessOrEqual("(12) ≤ α", constants.PrintedThreshold(rho), alpha),
        ];
        yield return new FlowSetting(instance, constants, alpha, rho, $"ρ = {rho}", scope, hypotheses).DecaysInBall(constants.PrintedRate(rho));
    }
}
