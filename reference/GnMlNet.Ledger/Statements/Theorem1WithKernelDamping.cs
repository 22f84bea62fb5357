using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The damping that the paper highlights after Theorem 1 and in Remark 2.</summary>
internal sealed class Theorem1WithKernelDamping() : CollectionStatement(new StatementText(
    "Theorem 1 with ρ = λ₀²",
    "With the damping λ₀² the gap decays like exp(-νt), whatever λ₀ is.",
    ["Assumption 1", "ρ = λ₀² ≤ λₙ²/(1 + λₙ²)", "(12)"],
    "Δ_t ≤ g(0) exp(-νt), which follows from g(0) exp(-2ν s(λ₀²) t)",
    "As Theorem 1. ρ is below 1, so the rate 2ν s(λ₀²) = 2ν/(2 - λ₀²) is between ν and 2ν.",
    VerdictKind.Refuted,
    Number: "(11)",
    RepairedBy: "1R",
    ExpectedUndecided: 4))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        PrintedDecay setting = Setting(instance, scope);
        yield return setting.Decays(setting.Constants.Nu, setting.MeetsPrintedThreshold());
    }

    private static PrintedDecay Setting(InstanceData instance, Scope scope)
    {
        Constants constants = PrintedDecay.ConstantsOf(instance);
        Real rho = constants.Lambda0.Square();
        return new PrintedDecay(instance, ScalingFactor.Above(constants.PrintedThreshold(rho)), rho, "ρ = λ₀²", scope);
    }
}
