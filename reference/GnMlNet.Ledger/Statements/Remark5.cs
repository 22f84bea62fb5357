using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>What a larger scaling factor does to the best loss.</summary>
internal sealed class Remark5() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Remark 5",
    "A larger scaling factor makes the best loss over B worse.",
    ["Assumption 2", "both scaling factors as large as 6R asks"],
    "the best value over B at α ≤ the best value over B at 4α",
    "Both best values are enclosed from undamped steps, as for 6R. Which one is better depends on how the manifold bends towards the targets, so the remark is no law. B itself has no α in it but through Theorem 5. In the experiment of Section 5, outside the theorems, the loss after 400 steps does grow with α in floating-point arithmetic.",
    VerdictKind.Refuted,
    ExpectedUndecided: 1))
{
    private const int Steps = 90;
    private const int PointBits = 256;
    private const int MostParameters = 64;

    private protected override IEnumerable<Claim> Needs(InstanceData instance) =>
        [.. base.Needs(instance), Claims.LessOrEqual($"p ≤ {MostParameters}: many steps are taken", instance.Parameters, MostParameters)];

    private protected override Finding Examine(UnderparameterizedSetting setting)
    {
        Constants constants = setting.Constants;
        UndampedRepairs small = setting.Theory, great = new(constants, small.Alpha.Shift(2), small.R);
        Iterate one = small.Polished(constants.Problem.InitialWeights, Steps, PointBits), other = great.Polished(constants.Problem.InitialWeights, Steps, PointBits);
        return setting.FindUnder(
            [.. small.Hypotheses(), small.MeetsThresholdOf6R(), .. great.Hypotheses(), great.MeetsThresholdOf6R("4α")],
            Claims.LessOrEqual("the best value over B at α ≤ the best value over B at 4α", small.BestValue(one), great.BestValue(other))) with
        {
            Instance = $"{setting.Name}; and 4α = {great.Alpha}",
            Premises = [.. setting.Premises, Claims.Less("|w - w_init| < 2rλ₀/L where the best values are enclosed", Real.Max(constants.Problem.Displacement(one.Weights), constants.Problem.Displacement(other.Weights)), small.Radius)],
        };
    }
}
