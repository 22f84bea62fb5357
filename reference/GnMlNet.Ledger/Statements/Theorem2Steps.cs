using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with a bound on the gradient where it is needed, step by step.</summary>
internal sealed class Theorem2Steps() : CollectionStatement(new StatementText(
    "Theorem 2 read locally, along its steps",
    "Gauss-Newton steps with the printed learning rate decrease the gap by the printed factor.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "Lip_g = 2 sqrt(g(0)), α at least both thresholds"],
    "Δ_k ≤ Δ₀ q^k",
    "The steps are enclosed in balls from w_init on, with ρ = 10⁻⁸, for both readings of Lip_f: its bound in the paper and the modulus itself.",
    VerdictKind.Refuted,
    Number: "(14), (31)",
    RepairedBy: "2R"))
{
    private const int Steps = 30;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => WideSetting.Asks(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) => WideSetting.Decide(
        instance,
        setting => setting.AlongSteps("as printed", setting.Printed.TimeStep, setting.Length(scope, Steps), point =>
            Claims.LessOrEqual($"Δ_k ≤ Δ₀ q^k with q of (14), k = {point.Step}", point.Objective, setting.Printed.Bound(point.Step))));
}
