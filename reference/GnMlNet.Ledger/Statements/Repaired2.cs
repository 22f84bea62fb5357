using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Gauss-Newton steps with p at least n.</summary>
internal sealed class Repaired2() : CollectionStatement(new StatementText(
    "2R",
    "Damped Gauss-Newton steps stay in the ball r₀, and the gap decreases by a factor at least, for every damping.",
    ["Assumption 1", "ρ in (0, 1]", "τ = αη in (0, 2/(μ s((2λₙ + λ₀)²)))", "α > κ₂(L/λ₀²) sqrt(2Δ₀/ν), where κ₂ rises with τ from 2/3 on"],
    "|w_k - w_0| ≤ (2λ₀/L)(1 - sqrt(1 - LD/(2λ₀²))) < r₀ with D = sqrt(2Δ₀/ν)/(αβ), and Δ_k ≤ Δ₀(1 - 2βτν s(λ₀²))^k",
    "The steps are enclosed in balls from w_init on, with a quarter, half and seven eighths of the greatest τ in turn and α just above its threshold; both inequalities are compared at each.",
    VerdictKind.ProvedOnInstances,
    Anchor: "2r-steps-with-p--n"))
{
    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        int steps = scope == Scope.Quick ? 100 : 200;
        return [Rising.Decide(bits => Examine(instance, steps, bits))];
    }

    // Dampings far below, at and far above lambda_0^2.
    private static Finding Examine(InstanceData instance, int steps, int bits)
    {
        int index = instance.InTurn;
        var constants = ConstantsOfInstance.At(instance, bits);
        var theory = DampedSteps.InTurn(index, constants, DampedRepairs.InTurn(index, constants, leastShift: -10).Rho);
        Real rho = theory.Rho, alpha = theory.SufficientAlpha, tau = theory.TimeStep, displacement = theory.Displacement(alpha), factor = theory.Factor(alpha);
        PathPoint[] path = [.. new StepEnclosure(constants, alpha, rho, tau).Take(steps)];
        return new Finding(
            $"{instance.Name}, α = {alpha}, ρ = {rho}, τ = {tau}",
            bits,
            [
                .. SharedHypotheses.OfDampedRepairs(constants, rho),
                Claims.Less("0 < τ", 0, tau),
                Claims.Less("τ < 2/(μ s̄)", tau, theory.Limit),
                Claims.Less("κ₂(L/λ₀²) sqrt(2Δ₀/ν) < α", theory.LeastAlpha, alpha),
            ],
            path.Length == 1 ? [] :
            [
                Claims.Less("(2λ₀/L)(1 - sqrt(1 - LD/(2λ₀²))) < r₀", displacement, constants.Radius),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"|w_k - w_0| ≤ (2λ₀/L)(1 - sqrt(1 - LD/(2λ₀²))), k = {point.Step}", constants.Problem.Displacement(point.Weights), displacement))),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"Δ_k ≤ Δ₀(1 - 2βτν s₀)^k, k = {point.Step}", point.Objective, constants.Problem.InitialLoss * factor.Pow(point.Step)))),
            ],
            Reach.UpToStep(steps))
        {
            Premises = [SharedHypotheses.AreEnclosed(steps, path.Length - 1)],
        };
    }
}
