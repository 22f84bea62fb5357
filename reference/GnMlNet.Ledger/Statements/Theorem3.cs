using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The manifold of outputs.</summary>
internal sealed class Theorem3() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Theorem 3",
    "αf(B) is a p-dimensional embedded submanifold.",
    ["Assumption 2"],
    "0 < λ_min(J(w)ᵀJ(w)) on B, and f is injective there with a continuous inverse (3R)",
    "No finite computation decides smooth structure, and the printed proof has a gap that 3R fills. Checked is the full rank of J at seeded points of B.",
    VerdictKind.NotDecidableByComputation,
    Number: "(16)",
    RepairedBy: "3R"), StatementKind.ThroughConsequence)
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point =>
        Spectrum.SmallestIsAtLeast("(1-r)²λ₀², a positive number, ≤ λ_min(J(w)ᵀJ(w))", ((1 - setting.Theory.R) * setting.Constants.Lambda0).Square(), point.Linearization.Gram));
}
