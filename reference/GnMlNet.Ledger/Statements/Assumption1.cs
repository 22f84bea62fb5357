using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Positive definiteness of the kernel.</summary>
internal sealed class Assumption1() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Assumption 1",
    "The kernel at the initial weights is positive definite.",
    ["none"],
    "4λ₀² ≤ λ_min(K(w_init)) with λ₀ > 0",
    "The smallest eigenvalue enclosed by counting negative pivots; λ₀ is an exact number just below half its root.",
    VerdictKind.ProvedOnInstances,
    Anchor: "notation"))
{
    private protected override Finding Examine(OverparameterizedSetting setting) =>
        new(setting.Name, setting.Bits, [], [SharedHypotheses.LambdaIsPositive(setting.Constants), SharedHypotheses.Assumption1(setting.Constants)]);
}
