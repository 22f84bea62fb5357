using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with a bound on the gradient where it is needed, on targets out of reach.</summary>
internal sealed class Theorem2OutOfReach() : Statement(new StatementText(
    "Theorem 2 read locally",
    "(14)",
    "Gauss-Newton steps with the given learning rate decrease the gap by a constant factor.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "|∇g| ≤ Lip_g where g ≤ g(0), for the quadratic loss with Lip_g = 2 sqrt(g(0))", "α at least both thresholds, η as given"],
    "Δ_k ≤ Δ₀ (1 - (ν/μ)(λ₀⁴/(λₙ² Lip_f²))(A(λₙ²)/A(λ₀²))²)^k",
    "No step is needed: the targets are out of reach, as for Theorem 1, so the gap of any weights exceeds the bound once k is large.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "2R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        OutOfReach instance = OutOfReach.G(50);
        var printed = new PrintedTheorem2(instance.Constants, instance.Rho, instance.Constants.Problem.Network.PrintedOutputModulus());
        yield return new Finding(
            instance.Name,
            instance.Precision,
            [.. instance.Hypotheses, .. printed.Thresholds(instance.Alpha)],
            [Claims.LessOrEqual("a lower bound on g over all weights ≤ the bound at k = 20", instance.Floor, printed.Bound(20))]);
    }
}
