using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>A threshold that is a multiple of the printed one.</summary>
internal sealed class Theorem1WithFactor() : Statement(new StatementText(
    "Theorem 1 with 100 times (12)",
    "With a hundred times the printed scaling factor the gap decays like exp(-2νs(λ₀²)t) for all time.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "α at least 100 times (12)"],
    "Δ_t ≤ g(0) exp(-2ν s(λ₀²) t)",
    "As Theorem 1, with two units at distances of about ε from the weight that reaches furthest: (12) grows like 1/ε, what α has to make up for falls like ε², so no constant factor repairs (12).",
    VerdictKind.Refuted,
    Number: "(11), (12)",
    RepairedBy: "1R"))
{
    private const int Multiple = 100;

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        OutOfReach instance = OutOfReach.QBeyond(Multiple);
        yield return instance.FindUnder(
            [Claims.LessOrEqual("100 times (12) ≤ α", Multiple * instance.Constants.PrintedThreshold(instance.Rho), instance.Alpha)], instance.DecayUntil(1), instance.DecayUntil(10));
    }
}
