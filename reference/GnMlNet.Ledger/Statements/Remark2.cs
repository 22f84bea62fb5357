using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Plain gradient flow as a special case.</summary>
internal sealed class Remark2() : FlowStatement(new StatementText(
    "Remark 2, ρ = 1",
    "With ρ = 1 gradient flow decreases the gap like exp(-2νλ₀²t).",
    ["Assumption 1", "α ≥ (2/3)(L/λ₀²) sqrt(2Δ₀/ν), from 1R: ρ = 1 is outside the range of Theorem 1, since λₙ²/(1 + λₙ²) < 1"],
    "Δ_t ≤ g(0) exp(-2νλ₀²t) and |w_t - w_0| < r₀",
    "The flow itself is enclosed. For all t in [0, T]: dΔ/dt ≤ -2νλ₀² Δ, whose integral is the decay.",
    VerdictKind.ProvedOnInstances,
    RepairedBy: "1R",
    ExpectedUndecided: 2))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        Constants constants = FlowSetting.ConstantsOf(instance);
        Real alpha = ScalingFactor.Above(2 * constants.Unit / 3), square = constants.LambdaN.Square();
        Claim[] hypotheses =
        [
            SharedHypotheses.LambdaIsPositive(constants),
            SharedHypotheses.Assumption1(constants),
            Claims.Less("λₙ²/(1 + λₙ²) < ρ = 1: outside the range of Theorem 1", square / (1 + square), 1),
            Claims.LessOrEqual("(2/3)(L/λ₀²) sqrt(2Δ₀/ν) ≤ α", 2 * constants.Unit / 3, alpha),
        ];
        yield return new FlowSetting(instance, constants, alpha, 1, "ρ = 1", scope, hypotheses).DecaysInBall(2 * constants.Nu * constants.Lambda0.Square());
    }
}
