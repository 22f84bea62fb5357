using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>What a larger scaling factor does to the best loss.</summary>
internal sealed class Remark5() : CollectionStatement(new StatementText(
    "Remark 5",
    "A larger scaling factor makes the best loss over B worse.",
    ["Assumption 2", "both scaling factors as large as 6R asks"],
    "the best value over B at α ≤ the best value over B at 4α",
    "Both best values are enclosed from undamped steps, as for 6R. Which one is better depends on how the manifold bends towards the targets, so the remark is no law; in the experiment of Section 5, outside the theorems, the final loss does grow with α.",
    VerdictKind.Refuted,
    ExpectedUndecided: 2))
{
    private const int Bits = 320;
    private const int Steps = 40;
    private const int PointBits = 256;

    private const int MostParameters = 64;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Underparameterized(instance);

    private protected override IEnumerable<Claim> Needs(InstanceData instance) => [Claims.LessOrEqual($"p ≤ {MostParameters}: many steps are taken", instance.Parameters, MostParameters)];

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) => [Examine(instance)];

    private static Finding Examine(InstanceData instance)
    {
        Constants constants = ConstantsOfInstance.At(instance, Bits);
        UndampedRepairs small = UndampedRepairs.WithSufficientAlpha(constants), great = new(constants, small.Alpha.Shift(2), small.R);
        Iterate one = small.Polished(constants.Problem.InitialWeights, Steps, PointBits), other = great.Polished(constants.Problem.InitialWeights, Steps, PointBits);
        return new Finding(
            $"{instance.Name}, α = {small.Alpha} and {great.Alpha}",
            Bits,
            [
                .. small.Hypotheses(),
                small.MeetsThresholdOf6R(),
                .. great.Hypotheses(),
                great.MeetsThresholdOf6R("4α"),
                Claims.Less("|w - w_init| < 2rλ₀/L where the best values are enclosed", Real.Max(constants.Problem.Displacement(one.Weights), constants.Problem.Displacement(other.Weights)), small.Radius),
            ],
            [Claims.LessOrEqual("the best value over B at α ≤ the best value over B at 4α", small.BestValue(one), great.BestValue(other))]);
    }
}
