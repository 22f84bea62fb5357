using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The undamped flow with p at most n.</summary>
internal sealed class Repaired5() : Statement(new StatementText(
    "5R",
    "",
    "The undamped flow stays in B, and the gap to the best value over B decays at an explicit rate. Assumption 3 is not needed.",
    ["Assumption 2", "r in (0, 1)", "ν̂ = ν - κG₀ > 0", "α > L sqrt(2Δ₀/ν̂)/(2r(2-r)λ₀²)"],
    "w_t in B, |P∇g|² ≥ 2ν̂Δ_t and Δ_t ≤ Δ₀ exp(-2ν̂t)",
    "The flow itself is enclosed: a polynomial path, its defect, and the logarithmic norm. For all t in [0, T]: dΔ/dt = -|P∇g|² ≤ -2ν̂Δ, whose integral is the decay. The best value over B is enclosed from steps that start where the flow is at T.",
    VerdictKind.ProvedOnInstances,
    "5r-the-undamped-flow-with-p--n"))
{
    private const int PolishingSteps = 30;

    // The Hessian of its loss varies and the condition number of JᵀJ is 4e12: the bound on the logarithmic norm is too great for a first piece.
    private const string NotEnclosed = "under10";

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        Real end = FlowSetting.End(scope);
        foreach (Recipe recipe in Recipes.Underparameterized.Where(recipe => recipe.Name != NotEnclosed)) yield return Decide(recipe.Name, end);

        yield return Decide("Curve", end);
    }

    private static Finding Decide(string name, Real end)
    {
        var constants = new Constants(InstanceData.Named(name).At(FlowSetting.Bits));
        Problem problem = constants.Problem;
        Real half = ((Real)1).Shift(-1), alpha = SufficientAlpha(constants, half);
        var theory = new Underparameterized(constants, alpha, half);
        Claim[] hypotheses = [.. theory.Hypotheses(), Claims.Less("L sqrt(2g(0)/ν̂)/(2r(2-r)λ₀²) < α", theory.ThresholdOf5R, alpha)];
        IReadOnlyList<FlowPiece> pieces = new FlowEnclosure(constants, alpha, 0).Until(end);
        if (pieces.Count == 0) return new Finding($"{name}, α = {alpha}, r = 1/2: the flow is not enclosed", FlowSetting.Bits, hypotheses, []);
        Iterate last = Polished(theory, pieces[^1].End);
        Real best = theory.BestValue(last).Least, rate = 2 * theory.RemainingConvexity;
        return new Finding(
            $"{name}, α = {alpha}, r = 1/2, all t in [0, {pieces[^1].Finish}] in {pieces.Count} pieces",
            FlowSetting.Bits,
            [.. hypotheses, Claims.Less("|w - w_init| < 2rλ₀/L where the best value is enclosed", problem.Displacement(last.Weights), theory.Radius)],
            [
                Claim.All(pieces.SelectMany(piece => piece.Parts(FlowSetting.Parts).Select(part => Claims.Less(
                    "|w_t - w_0| < 2rλ₀/L", Vectors.Norm(piece.Displacement(part, problem.InitialWeights)) + piece.Error, theory.Radius)))),
                Claim.All(pieces.SelectMany(piece => FlowDecay.Claims(piece, rate, best, FlowSetting.Parts))),
            ]);
    }

    // nu-hat is at least 1/4 of nu: closer to the threshold than 6R allows.
    private static Real SufficientAlpha(Constants constants, Real r)
    {
        Real square = constants.Lambda0.Square(), level = constants.Problem.InitialLoss;
        Real first = constants.Modulus * (2 * constants.Mu * level).Sqrt() / (3 * constants.Nu * square * (1 - r).Square());
        Real second = constants.Modulus * (8 * level / constants.Nu).Sqrt() / (2 * r * (2 - r) * square);
        return ScalingFactor.Above(Real.Max(first, second));
    }

    // Undamped steps from exact points to exact points next to their ends.
    private static Iterate Polished(Underparameterized theory, Real[] weights)
    {
        var steps = new GaussNewtonSteps(theory.Constants.Problem, theory.Alpha, 0, ScalingFactor.Below(1 / (2 * theory.Constants.Mu)));
        Iterate? point = steps.At(0, weights);
        for (int k = 0; k < PolishingSteps && point is not null; k++) point = steps.At(k + 1, Vectors.Rounded(steps.Next(point), FlowSetting.Bits));
        return point ?? throw new InvalidOperationException("A step is not enclosed.");
    }
}
