using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Gram matrix on B.</summary>
internal sealed class Lemma3() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Lemma 3",
    "On B the Gram matrix of the Jacobian stays positive definite.",
    ["Assumption 2", "w in B"],
    "(1-r)²λ₀² ≤ 4(1-r)²λ₀² ≤ λ_min(J(w)ᵀJ(w))",
    "Eigenvalues enclosed by counting negative pivots, at seeded points and points of trajectories; the sharper bound, which the proof gives.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point =>
        Spectrum.SmallestIsAtLeast("4(1-r)²λ₀² ≤ λ_min(J(w)ᵀJ(w))", 4 * ((1 - setting.Theory.R) * setting.Constants.Lambda0).Square(), point.Linearization.Gram));
}
