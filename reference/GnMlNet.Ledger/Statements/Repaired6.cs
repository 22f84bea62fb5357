using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>Undamped Gauss-Newton steps with p at most n.</summary>
internal sealed class Repaired6() : CollectionStatement(new StatementText(
    "6R",
    "Undamped Gauss-Newton steps stay in B, and the gap to the best value over B decreases by a factor at least.",
    ["Assumption 2", "r in (0, 1)", "κG₀ ≤ ν/2", "τ = αη in (0, 1/(2μ)]", "α > L sqrt(2Δ₀/ν̂)/(2r(1-r)λ₀²)"],
    "|w_k - w_0| ≤ sqrt(2Δ₀/ν̂)/(αλ₀(1-r)) < 2rλ₀/L and Δ_k ≤ Δ₀(1 - τν̂)^k",
    "The steps are enclosed in balls from w_init on. The best value over B is enclosed from the last of them: g - |P∇g|²/(2(ν - κ|(I-P)∇g|)) is below it by strong convexity and 3R.",
    VerdictKind.ProvedOnInstances,
    Anchor: "6r-undamped-steps-with-p--n",
    ExpectedUndecided: 1))
{
    // Networks with more weights than this take too long.
    private const int MostParameters = 48;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Underparameterized(instance);

    private protected override IEnumerable<Claim> Needs(InstanceData instance)
    {
        yield return Claims.LessOrEqual($"p ≤ {MostParameters}: so many steps are followed", instance.Parameters, MostParameters);
    }

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        int steps = scope == Scope.Quick ? 100 : 200;
        return [Rising.Decide(bits => Examine(instance, steps, bits))];
    }

    private static Finding Examine(InstanceData instance, int steps, int bits)
    {
        var constants = ConstantsOfInstance.At(instance, bits);
        UndampedRepairs theory = UndampedRepairs.WithSufficientAlpha(constants);
        Real tau = theory.TimeStep, factor = 1 - (tau * theory.RemainingConvexity);
        PathPoint[] path = [.. new StepEnclosure(constants, theory.Alpha, 0, tau).Take(steps)];
        Real best = Best(theory, path[^1].Weights), initialGap = constants.Problem.InitialLoss - best;
        return new Finding(
            $"{instance.Name}, α = {theory.Alpha}, r = 1/2, τ = {tau}",
            bits,
            [
                .. theory.Hypotheses(),
                Claims.LessOrEqual("κG₀ ≤ ν/2", theory.Kappa * constants.GradientBound, constants.Nu * theory.R),
                Claims.LessOrEqual("τ ≤ 1/(2μ)", tau, 1 / (2 * constants.Mu)),
                theory.MeetsThresholdOf6R(),
            ],
            path.Length == 1 ? [] :
            [
                Claims.Less("sqrt(2g(0)/ν̂)/(αλ₀(1-r)) < 2rλ₀/L", theory.DisplacementOf6R, theory.Radius),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual(
                    $"|w_k - w_0| ≤ sqrt(2Δ₀/ν̂)/(αλ₀(1-r)), k = {point.Step}", constants.Problem.Displacement(point.Weights), (2 * initialGap / theory.RemainingConvexity).Sqrt() / (theory.Alpha * constants.Lambda0 * theory.R)))),
                Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"Δ_k ≤ Δ₀(1 - τν̂)^k, k = {point.Step}", point.Objective - best, initialGap * factor.Pow(point.Step)))),
            ],
            Reach.UpToStep(steps))
        {
            Premises = [SharedHypotheses.AreEnclosed(steps, path.Length - 1)],
        };
    }

    // From the exact point next to the last iterate, which is in B as well.
    private static Real Best(UndampedRepairs theory, Real[] weights) => new GaussNewtonSteps(theory.Constants.Problem, theory.Alpha, 0, theory.TimeStep).At(0, RealVectors.Middle(weights)) is { } point ? theory.BestValue(point) : Real.Indeterminate;
}
