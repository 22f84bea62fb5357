using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>A threshold that is a multiple of the printed one.</summary>
internal sealed class Theorem1WithFactor() : CollectionStatement(new StatementText(
    "Theorem 1 with 100 times (12)",
    "With a hundred times the printed scaling factor the gap decays like exp(-2νs(λ₀²)t) for all time.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "α at least 100 times (12)"],
    "Δ_t ≤ g(0) exp(-2ν s(λ₀²) t)",
    "As Theorem 1. With two units at distances of about ε from the weight that reaches furthest (12) grows like 1/ε, what α has to make up for falls like ε², so no constant factor repairs (12).",
    VerdictKind.Refuted,
    Number: "(11), (12)",
    RepairedBy: "1R",
    ExpectedUndecided: 4))
{
    private const int Multiple = 100;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        PrintedDecay setting = Setting(instance, scope);
        yield return setting.Decays(setting.Rate, setting.MeetsPrintedThreshold(Multiple));
    }

    private static PrintedDecay Setting(InstanceData instance, Scope scope)
    {
        Constants constants = PrintedDecay.ConstantsOf(instance);
        Real rho = PrintedDecay.SmallDamping(constants);
        return new PrintedDecay(instance, ScalingFactor.Above(Multiple * constants.PrintedThreshold(rho)), rho, $"ρ = {rho}", scope);
    }
}
