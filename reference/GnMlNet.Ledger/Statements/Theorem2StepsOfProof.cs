using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with the learning rate of its proof.</summary>
internal sealed class Theorem2StepsOfProof() : CollectionStatement(new StatementText(
    "Theorem 2 with the proof's own η",
    "With the learning rate that the proof uses, steps decrease the gap by the proof's factor with ν in (31).",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "Lip_g = 2 sqrt(g(0)), α at least both thresholds"],
    "Δ_k ≤ Δ₀ q^k with q = 1 - τν s(λ₀²)",
    "ρ = 10⁻⁸, for both readings of Lip_f. The argument of targets out of reach does not care for the step: where it applies the gap of any weights exceeds the bound once k is large. Elsewhere the steps are enclosed in balls from w_init on.",
    VerdictKind.Refuted,
    Number: "(14), (31)",
    RepairedBy: "2R"))
{
    private const int Steps = 20;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => WideSetting.Asks(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) => WideSetting.Decide(instance, setting =>
    {
        Real tau = setting.Printed.TimeStepOfProof;
        // The proof: 1 - tau s(lambda_0^2), with the nu that (31) misses, twice as near to 1 as the statement for nu = mu = 2.
        return setting.Decreases("of the proof", tau, setting.Length(scope, Steps), 1 - (tau * setting.Constants.Nu * setting.Constants.LeastRate(setting.Rho)));
    });
}
