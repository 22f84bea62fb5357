using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The damping that the paper highlights after Theorem 1 and in Remark 2.</summary>
internal sealed class Theorem1WithKernelDamping() : Statement(new StatementText(
    "Theorem 1 with ρ = λ₀²",
    "With the damping λ₀² the gap decays like exp(-νt), whatever λ₀ is.",
    ["Assumption 1", "ρ = λ₀² ≤ λₙ²/(1 + λₙ²)", "(12)"],
    "Δ_t ≤ g(0) exp(-νt), which the slower bound g(0) exp(-2ν s(λ₀²) t) follows from",
    "As Theorem 1. For λ₀ below 1 the rate 2ν s(λ₀²) is between ν and 2ν.",
    VerdictKind.Refuted,
    Number: "(11)",
    RepairedBy: "1R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        OutOfReach instance = OutOfReach.QWithKernelDamping(688);
        yield return instance.FindUnder(
            [instance.MeetsPrintedThreshold],
            Claims.LessOrEqual("a lower bound on g over all weights ≤ g(0) exp(-νt) at t = 4", instance.Floor, instance.Problem.InitialLoss * (-4 * instance.Constants.Nu).Exp()));
    }
}
