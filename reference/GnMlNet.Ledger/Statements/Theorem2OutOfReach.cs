using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with a bound on the gradient where it is needed, on targets out of reach.</summary>
internal sealed class Theorem2OutOfReach() : CollectionStatement(new StatementText(
    "Theorem 2 read locally",
    "Gauss-Newton steps with the given learning rate decrease the gap by a constant factor.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "|∇g| ≤ Lip_g where g ≤ g(0), for the quadratic loss with Lip_g = 2 sqrt(g(0))", "α at least both thresholds, η as given"],
    "Δ_k ≤ Δ₀ q^k with q = 1 - (ν/μ)(λ₀⁴/(λₙ² Lip_f²))(A(λₙ²)/A(λ₀²))²",
    "ρ = 10⁻⁸, for both readings of Lip_f: its bound in the paper and the modulus itself. Where the targets are out of reach, as for Theorem 1, no step is needed: the gap of any weights exceeds the bound once k is large. Elsewhere the first steps are enclosed.",
    VerdictKind.Refuted,
    Number: "(14)",
    RepairedBy: "2R"))
{
    private const int Steps = 6;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => WideSetting.Asks(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) =>
        WideSetting.Decide(instance, setting => setting.Decreases("as printed", setting.Printed.TimeStep, setting.Length(scope, Steps), setting.Printed.Factor));
}
