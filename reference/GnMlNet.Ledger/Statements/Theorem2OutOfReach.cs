using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with a bound on the gradient where it is needed, on targets out of reach.</summary>
internal sealed class Theorem2OutOfReach() : Statement(new StatementText(
    "Theorem 2 read locally",
    "Gauss-Newton steps with the given learning rate decrease the gap by a constant factor.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "|∇g| ≤ Lip_g where g ≤ g(0), for the quadratic loss with Lip_g = 2 sqrt(g(0))", "α at least both thresholds, η as given"],
    "Δ_k ≤ Δ₀ (1 - (ν/μ)(λ₀⁴/(λₙ² Lip_f²))(A(λₙ²)/A(λ₀²))²)^k",
    "No step is needed: the targets are out of reach, as for Theorem 1, so the gap of any weights exceeds the bound once k is large.",
    VerdictKind.Refuted,
    Number: "(14)",
    RepairedBy: "2R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        OutOfReach instance = OutOfReach.G(50);
        var printed = new LocalTheorem2(instance.Constants, instance.Rho, instance.Problem.Network.PrintedOutputModulus());
        yield return instance.FindUnder(printed.Thresholds(instance.Alpha), Claims.LessOrEqual("a lower bound on g over all weights ≤ the bound at k = 20", instance.Floor, printed.Bound(20)));
    }
}
