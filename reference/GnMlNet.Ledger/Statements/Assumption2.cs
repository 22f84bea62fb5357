using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>Positive definiteness of the Gram matrix.</summary>
internal sealed class Assumption2() : Statement(new StatementText(
    "Assumption 2",
    "",
    "The Gram matrix of the Jacobian at the initial weights is positive definite.",
    ["none"],
    "4λ₀² ≤ λ_min(J(w_init)ᵀJ(w_init)) with λ₀ > 0",
    "The smallest eigenvalue enclosed by counting negative pivots; λ₀ is an exact number just below half its root.",
    VerdictKind.ProvedOnInstances,
    "notation"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope) => UnderparameterizedSetting.All(scope).Select(setting => new Finding(
        setting.Name, setting.Precision, [], [SharedHypotheses.LambdaIsPositive(setting.Constants), SharedHypotheses.Assumption2(setting.Constants)]));
}
