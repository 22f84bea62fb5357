using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the steps of Theorem 2 never leave the ball.</summary>
internal sealed class StepsStayInBall() : CollectionStatement(new StatementText(
    "Appendix A, N = ∞",
    "The steps of Theorem 2 never leave the ball of radius r₀ = λ₀/L.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "Lip_g = 2 sqrt(g(0)), α at least both thresholds, η as printed"],
    "|w_k - w_0| ≤ r₀",
    "ρ = 10⁻⁸, for both readings of Lip_f. The steps are enclosed in balls from w_init on; r₀ = λ₀/L with L between σ₂ max |x_j|² and its upper bound.",
    VerdictKind.Refuted,
    RepairedBy: "2R",
    ExpectedUndecided: 3))
{
    private const int Steps = 12;

    // Where the distance is between the bounds on r_0 more bits do not help.
    private const int MostBits = 512;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => WideSetting.Asks(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) => WideSetting.Decide(instance, setting =>
    {
        Real radius = Real.Between(setting.Constants.Radius, setting.Constants.Lambda0 / setting.Problem.Network.JacobianModulusBelow(setting.Bits));
        return setting.AlongSteps("as printed", setting.Printed.TimeStep, setting.Length(scope, Steps), point =>
            Claims.LessOrEqual($"|w_k - w_0| ≤ r₀, k = {point.Step}", setting.Problem.Displacement(point.Weights), radius));
    }, MostBits);
}
