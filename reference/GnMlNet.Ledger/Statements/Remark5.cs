using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>What a larger scaling factor does to the best loss.</summary>
internal sealed class Remark5() : Statement(new StatementText(
    "Remark 5",
    "",
    "A larger scaling factor makes the best loss over B worse.",
    ["Assumption 2", "both scaling factors as large as 6R asks"],
    "the best value over B at α ≤ the best value over B at 4α",
    "Both best values are enclosed from undamped steps, as for 6R. Which one is better depends on how the manifold bends towards the targets, so the remark is no law; in the experiment of Section 5, outside the theorems, the final loss does grow with α.",
    VerdictKind.Refuted,
    "which-printed-statements-hold"))
{
    private const int Bits = 320;
    private const int Steps = 40;
    private const int PointBits = 256;

    private protected override IEnumerable<Finding> Examine(Scope scope) => Recipes.Underparameterized.Where(recipe => recipe.IsNoisy && !recipe.IsPseudoHuber).Select(Examine);

    private static Finding Examine(Recipe recipe)
    {
        var constants = new Constants(InstanceData.Named(recipe.Name).At(Bits));
        Real half = ((Real)1).Shift(-1), alpha = Underparameterized.SufficientAlpha(constants, half);
        Underparameterized small = new(constants, alpha, half), great = new(constants, alpha.Shift(2), half);
        Iterate one = Polished(small), other = Polished(great);
        return new Finding(
            $"{recipe.Name}, α = {alpha} and {alpha.Shift(2)}",
            Bits,
            [
                .. small.Hypotheses(),
                Claims.Less("L sqrt(2g(0)/ν̂)/(2r(1-r)λ₀²) < α", small.ThresholdOf6R, alpha),
                .. great.Hypotheses(),
                Claims.Less("L sqrt(2g(0)/ν̂)/(2r(1-r)λ₀²) < 4α", great.ThresholdOf6R, great.Alpha),
                Claims.Less("|w - w_init| < 2rλ₀/L where the best values are enclosed", Real.Max(constants.Problem.Displacement(one.Weights), constants.Problem.Displacement(other.Weights)), small.Radius),
            ],
            [Claims.LessOrEqual("the best value over B at α ≤ the best value over B at 4α", small.BestValue(one), great.BestValue(other))]);
    }

    // Next to the minimizer over B.
    private static Iterate Polished(Underparameterized setting)
    {
        var steps = new GaussNewtonSteps(setting.Constants.Problem, setting.Alpha, 0, ScalingFactor.Below(1 / (2 * setting.Constants.Mu)));
        Iterate? point = steps.At(0, setting.Constants.Problem.InitialWeights);
        for (int k = 0; k < Steps && point is not null; k++) point = steps.At(k + 1, Vectors.Rounded(steps.Next(point), PointBits));
        return point ?? throw new InvalidOperationException("A step is not enclosed.");
    }
}
