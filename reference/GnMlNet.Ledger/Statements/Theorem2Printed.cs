using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with the hypothesis that it names.</summary>
internal sealed class Theorem2Printed() : CollectionStatement(
    new StatementText(
        "Theorem 2 as printed",
        "Gauss-Newton steps with the given learning rate decrease the gap by a constant factor.",
        ["Assumption 1", "g is ν-strongly convex", "|∇g(ψ)| ≤ Lip_g for every ψ in Rⁿ", "ρ, α and η as given"],
        "sup |∇g| ≤ Lip_g: no number does",
        "Vacuous: ν-strong convexity gives |∇g(ψ)| ≥ ν|ψ - f*|, which exceeds Lip_g at ψ = f* + (Lip_g/ν + 1)e for any unit vector e. Compared for the loss of each instance and three values of Lip_g.",
        VerdictKind.Vacuous,
        Number: "(14)",
        RepairedBy: "2R"),
    StatementKind.WithoutInstance)
{
    private const int Bits = 128;

    private static readonly int[] Powers = [0, 20, 60];

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => [];

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        Loss loss = instance.At(Bits).Loss;
        yield return new Finding(instance.Name, Bits, [Claims.Less("0 < ν", 0, loss.StrongConvexity)], [.. Powers.Select(power =>
        {
            Real bound = ((Real)1).Shift(power);
            Real[] outputs = [.. loss.Targets.Select((y, j) => j == 0 ? y + (bound / loss.StrongConvexity) + 1 : y)];
            return Claims.Less($"2^{power} < |∇g(f* + (2^{power}/ν + 1)e₁)|", bound, RealVectors.Norm(loss.Gradient(outputs)));
        })]);
    }
}
