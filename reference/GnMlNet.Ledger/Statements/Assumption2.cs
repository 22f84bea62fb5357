using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Positive definiteness of the Gram matrix.</summary>
internal sealed class Assumption2() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Assumption 2",
    "The Gram matrix of the Jacobian at the initial weights is positive definite.",
    ["none"],
    "4λ₀² ≤ λ_min(J(w_init)ᵀJ(w_init)) with λ₀ > 0",
    "The smallest eigenvalue enclosed by counting negative pivots; λ₀ is an exact number just below half its root.",
    VerdictKind.ProvedOnInstances,
    Anchor: "notation"))
{
    private protected override Finding Examine(UnderparameterizedSetting setting) =>
        new(setting.Name, setting.Bits, [], [SharedHypotheses.LambdaIsPositive(setting.Constants), SharedHypotheses.Assumption2(setting.Constants)]);
}
