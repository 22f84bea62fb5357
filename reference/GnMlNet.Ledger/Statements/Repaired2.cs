using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>Gauss-Newton steps with p at least n.</summary>
internal sealed class Repaired2() : Statement(new StatementText(
    "2R",
    "Damped Gauss-Newton steps stay in the ball r₀, and the gap decreases by a factor at least, for every damping.",
    ["Assumption 1", "ρ in (0, 1]", "τ = αη in (0, 1/(2μ s((2λₙ + λ₀)²))]", "α > 2(L/λ₀²) sqrt(2Δ₀/ν)"],
    "|w_k - w_0| ≤ (2/(αλ₀)) sqrt(2Δ₀/ν) < r₀ and Δ_k ≤ Δ₀(1 - τν s(λ₀²))^k",
    "The steps are enclosed in balls from w_init on, and both inequalities are compared at each.",
    VerdictKind.ProvedOnInstances,
    Anchor: "2r-steps-with-p--n"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        int steps = scope == Scope.Quick ? 10 : 40;
        return Recipes.OfDampedRepairs.Select(instance => Rising.Decide(bits => Examine(instance.Name, instance.Index, steps, bits)));
    }

    // Dampings far below, at and far above lambda_0^2.
    private static Finding Examine(string name, int index, int steps, int bits)
    {
        var constants = new Constants(InstanceData.Named(name).At(bits));
        var theory = DampedRepairs.InTurn(index, constants, leastShift: -10);
        Real rho = theory.Rho, alpha = theory.AlphaOf2R, tau = theory.TimeStepOf2R, displacement = theory.DisplacementOf2R(alpha), factor = theory.FactorOf2R(tau);
        Iterate[] path = [.. new GaussNewtonSteps(constants.Problem, alpha, rho, tau).Take(steps)];
        return new Finding(
            $"{name}, α = {alpha}, ρ = {rho}, τ = {tau}",
            bits,
            [
                .. SharedHypotheses.OfDampedRepairs(constants, rho),
                Claims.Less("0 < τ", 0, tau),
                Claims.LessOrEqual("τ ≤ 1/(2μ s̄)", tau, theory.GreatestTimeStep),
                Claims.Less("2(L/λ₀²) sqrt(2Δ₀/ν) < α", theory.LeastAlphaOf2R, alpha),
            ],
            [
                Claims.Less("(2/(αλ₀)) sqrt(2Δ₀/ν) < r₀", displacement, constants.Radius),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"|w_k - w_0| ≤ (2/(αλ₀)) sqrt(2Δ₀/ν), k = {point.Step}", constants.Problem.Displacement(point.Weights), displacement))),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"Δ_k ≤ Δ₀(1 - τν s₀)^k, k = {point.Step}", point.Objective, constants.Problem.InitialLoss * factor.Pow(point.Step)))),
            ],
            Reach.UpToStep(steps))
        {
            Premises = [SharedHypotheses.AreEnclosed(steps, path)],
        };
    }
}
