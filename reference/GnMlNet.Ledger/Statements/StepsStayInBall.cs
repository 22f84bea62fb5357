using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the steps of Theorem 2 never leave the ball.</summary>
internal sealed class StepsStayInBall() : Statement(new StatementText(
    "Appendix A, N = ∞",
    "The steps of Theorem 2 never leave the ball of radius r₀ = λ₀/L.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "Lip_g = 2 sqrt(g(0)), α at least both thresholds, η as printed"],
    "|w_k - w_0| ≤ r₀",
    "The steps are enclosed in balls from w_init on. r₀ is at most λ₀ divided by σ₂ max |x_j|², a lower bound on L.",
    VerdictKind.Refuted,
    RepairedBy: "2R"))
{
    private const int Steps = 12;

    private static readonly string[] Names = ["G", "wide64"];

    private protected override IEnumerable<Finding> Examine(Scope scope) => Names.Select(name => Rising.Decide(bits => Examine(name, bits)));

    private static Finding Examine(string name, int bits)
    {
        var setting = WideSetting.Of(name, usesBound: true, bits);
        Real radius = setting.Constants.Lambda0 / setting.Problem.Network.JacobianModulusBelow(bits);
        return setting.AlongSteps("as printed", setting.Printed.TimeStep, Steps, path =>
            Claims.LessOrEqual($"|w_k - w_0| ≤ an upper bound on r₀, k = {Steps}", setting.Problem.Displacement(path[^1].Weights), radius));
    }
}
