using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The bound on the speed of the weights.</summary>
internal sealed class Inequality10() : Statement(new StatementText(
    "(10)",
    "The squared length of H_ρ⁻¹Jᵀ∇g is at most |∇g|² times the value of h(t) = t/A(t)² at λₙ².",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "w in the ball r₀"],
    "|H_ρ⁻¹Jᵀ∇g|² ≤ h(λₙ²)|∇g|²",
    "At w_init, which is in every ball, both sides in closed form. h has its maximum at ρ/(1-ρ) and falls beyond it, so the norm is set by small eigenvalues of K, not by the greatest one.",
    VerdictKind.Refuted,
    RepairedBy: "1R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        foreach (OutOfReach instance in new[] { OutOfReach.Q(360), OutOfReach.G(50) })
        {
            Problem problem = instance.Problem;
            Real[] gradient = problem.Loss.Gradient(new Real[problem.Network.Rows]);
            Real[]? direction = new Linearization(problem.Network, problem.InitialWeights).Direction(instance.Rho, gradient);
            if (direction is null) continue;
            Real t = instance.Constants.LambdaN.Square(), h = t / Constants.Damped(t, instance.Rho).Square();
            yield return instance.Find(Claims.LessOrEqual("|H_ρ⁻¹Jᵀ∇g|² ≤ h(λₙ²)|∇g|² at w_init", RealVectors.SquaredNorm(direction), h * RealVectors.SquaredNorm(gradient)));
        }
    }
}
