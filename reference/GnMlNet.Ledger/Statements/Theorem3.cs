using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The manifold of outputs.</summary>
internal sealed class Theorem3() : Statement(new StatementText(
    "Theorem 3",
    "(16)",
    "αf(B) is a p-dimensional embedded submanifold.",
    ["Assumption 2"],
    "0 < λ_min(J(w)ᵀJ(w)) on B, and f is injective there with a continuous inverse (3R)",
    "No finite computation decides smooth structure, and the printed proof has a gap that 3R fills. Checked is the full rank of J at seeded points of B.",
    VerdictKind.NotDecidableByComputation,
    "which-printed-statements-hold",
    "3R"), StatementKind.ThroughConsequence)
{
    private protected override IEnumerable<Finding> Examine(Scope scope) => UnderparameterizedSetting.All(scope).Select(Examine);

    private static Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point =>
        Claims.Less("0 < λ_min(J(w)ᵀJ(w))", 0, Eigenvalues.Smallest(point.Linearization.Gram)));
}
