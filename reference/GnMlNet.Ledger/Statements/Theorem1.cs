using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The rate of the damped flow with p at least n.</summary>
internal sealed class Theorem1() : Statement(new StatementText(
    "Theorem 1",
    "With a large enough scaling factor the gap decays like exp(-2νs(λ₀²)t) for all time.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "(12): α ≥ (Lμ sqrt(2Δ₀)/ν^(3/2)) (λₙ/λ₀³) A(λ₀²)/A(λₙ²)"],
    "Δ_t ≤ g(0) exp(-2ν s(λ₀²) t)",
    "No flow is needed: the targets are out of reach. A polynomial that is not negative on [-1, 1] bounds y·f(w) for every w, so g(αf(w)) is at least a positive number for every w, while the bound tends to 0.",
    VerdictKind.Refuted,
    Number: "(11), (12)",
    RepairedBy: "1R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope) => new[] { OutOfReach.Q(360), OutOfReach.QWithTwoUnits(512), OutOfReach.G(50) }
        .Select(instance => instance.FindUnder([instance.MeetsPrintedThreshold], instance.DecayUntil(1), instance.DecayUntil(10)));
}
