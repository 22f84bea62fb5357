using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The rate of the damped flow with p at least n.</summary>
internal sealed class Theorem1() : CollectionStatement(new StatementText(
    "Theorem 1",
    "With a large enough scaling factor the gap decays like exp(-2νs(λ₀²)t) for all time.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "(12): α ≥ (Lμ sqrt(2Δ₀)/ν^(3/2)) (λₙ/λ₀³) A(λ₀²)/A(λₙ²)"],
    "Δ_t ≤ g(0) exp(-2ν s(λ₀²) t)",
    "With α just above (12) and ρ at most λ₀²/16. Where the targets are out of reach no flow is needed: y·f(w) is at most a number for every w, so g(αf(w)) is at least a positive number for every w, while the bound tends to 0. Elsewhere the flow is enclosed for a short time.",
    VerdictKind.Refuted,
    Number: "(11), (12)",
    RepairedBy: "1R",
    ExpectedUndecided: 4))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        PrintedDecay setting = Setting(instance, scope);
        yield return setting.Decays(setting.Rate, setting.MeetsPrintedThreshold());
    }

    /// <summary>With a scaling factor just above (12).</summary>
    internal static PrintedDecay Setting(InstanceData instance, Scope scope)
    {
        Constants constants = PrintedDecay.ConstantsOf(instance);
        Real rho = PrintedDecay.SmallDamping(constants);
        return new PrintedDecay(instance, ScalingFactor.Above(constants.PrintedThreshold(rho)), rho, $"ρ = {rho}", scope);
    }
}
