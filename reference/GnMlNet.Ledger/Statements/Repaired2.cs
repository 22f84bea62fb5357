using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>Gauss-Newton steps with p at least n.</summary>
internal sealed class Repaired2() : Statement(new StatementText(
    "2R",
    "",
    "Damped Gauss-Newton steps stay in the ball r₀, and the gap decreases by a factor at least, for every damping.",
    ["Assumption 1", "ρ in (0, 1]", "τ = αη in (0, 1/(2μ s((2λₙ + λ₀)²))]", "α > 2(L/λ₀²) sqrt(2Δ₀/ν)"],
    "|w_k - w_0| ≤ (2/(αλ₀)) sqrt(2Δ₀/ν) < r₀ and Δ_k ≤ Δ₀(1 - τν s(λ₀²))^k",
    "The steps are enclosed in balls from w_init on, and both inequalities are compared at each.",
    VerdictKind.ProvedOnInstances,
    "2r-steps-with-p--n"))
{
    private const int FirstBits = 256;
    private const int MostBits = 4096;

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        int steps = scope == Scope.Quick ? 10 : 40;
        foreach ((int index, Recipe recipe) in Recipes.Overparameterized.Index()) yield return Rising.Decide(bits => Examine(recipe.Name, index, steps, bits), FirstBits, MostBits);
        foreach (string name in new[] { "Q", "G" }) yield return Rising.Decide(bits => Examine(name, 0, steps, bits), FirstBits, MostBits);
    }

    // Dampings far below, at and far above lambda_0^2.
    private static Finding Examine(string name, int index, int steps, int bits)
    {
        var constants = new Constants(InstanceData.Named(name).At(bits));
        Real square = constants.Lambda0.Square();
        Real rho = Dampings.At(index, constants, leastShift: -10);
        Real alpha = ScalingFactor.Above(2 * constants.Unit);
        Real greatestRate = Constants.Rate(((2 * constants.LambdaN) + constants.Lambda0).Square(), rho), slowest = Constants.Rate(square, rho);
        Real tau = ScalingFactor.Below(1 / (2 * constants.Mu * greatestRate));
        Real displacement = 2 / (alpha * constants.Lambda0) * (2 * constants.Problem.InitialLoss / constants.Nu).Sqrt();
        Real factor = 1 - (tau * constants.Nu * slowest);
        Iterate[] path = [.. new GaussNewtonSteps(constants.Problem, alpha, rho, tau).Take(steps)];
        return new Finding(
            $"{name}, α = {alpha}, ρ = {rho}, τ = {tau}",
            bits,
            [
                .. SharedHypotheses.OfDampedRepairs(constants, rho),
                Claims.Less("0 < τ", 0, tau),
                Claims.LessOrEqual("τ ≤ 1/(2μ s̄)", tau, 1 / (2 * constants.Mu * greatestRate)),
                Claims.Less("2(L/λ₀²) sqrt(2Δ₀/ν) < α", 2 * constants.Unit, alpha),
                Claims.LessOrEqual("the number of steps ≤ the number that are enclosed", steps, path.Length - 1),
            ],
            [
                Claims.Less("(2/(αλ₀)) sqrt(2Δ₀/ν) < r₀", displacement, constants.Radius),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"|w_k - w_0| ≤ (2/(αλ₀)) sqrt(2Δ₀/ν), k = {point.Step}", constants.Problem.Displacement(point.Weights), displacement))),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"Δ_k ≤ Δ₀(1 - τν s₀)^k, k = {point.Step}", point.Objective, constants.Problem.InitialLoss * factor.Pow(point.Step)))),
            ]);
    }
}
