using System.Text;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Reports;

/// <summary>What the printed and the repaired theorems promise, beside what is certified.</summary>
public static class RateTable
{
    private const int StepBits = 512;
    private const int Steps = 20;

    private const string Introduction =
        """
        # Rates: printed, repaired, certified

        What Theorems 1 and 2 of the paper and their repaired forms 1R and 2R ([theory.md](theory.md)) promise on instances of the [ledger](ledger.md), beside what the enclosed
        trajectory does. All figures are certified to the digits shown. `gnml audit` writes this page anew, and a test compares it.

        """;

    private static readonly string[] StepInstances = ["G", "Q", "over01", "over04", "over06", "wide16", "wide64"];
    private static readonly string[] UnderparameterizedFlowInstances = ["under02", "under08", "under16", "under22"];
    private static readonly string[] FlowInstances = ["G", "Q", "over01", "over04", "over08", "over13", "over14"];

    /// <summary>The page.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder(Introduction);
        page.Append(
            """

            ## Steps

            The factor by which a step decreases the gap, and the mean one of the first 20 steps, with ρ = 10⁻⁸. Theorem 2 is taken at its own α, just above both thresholds, with
            η as printed; 2R at its own α, just above its threshold, with τ = 1/(μ s̄). A certified factor above the promised one refutes.

            | Instance | Theorem 2: α | promised | certified | 2R: α | promised | certified |
            |---|---|---|---|---|---|---|

            """);
        foreach (string name in StepInstances) page.Append(StepRow(name));
        page.Append(
            """

            ## Flows

            Decay rates of the gap with ρ = λ₀², at α = (L/λ₀²) sqrt(2Δ₀/ν), which is twice the least α of 1R; the certified one is the mean rate for t in [0, 1/2]. (12) is the α that
            Theorem 1 asks for: where it is below the least α of 1R, nothing guarantees the printed rate there.

            | Instance | (12) | least α of 1R | α | printed rate 2ν s(λ₀²) | rate of 1R, 2ν s(λ₁²) | certified |
            |---|---|---|---|---|---|---|

            """);
        foreach (string name in FlowInstances) page.Append(FlowRow(name));
        page.Append(
            """

            ## Flows with p below n

            Decay rates of the gap to the best value over B, at an α close to the threshold of 5R with r = 1/2, which is the same for every damping: ρ = 0 is the undamped flow of 5R,
            ρ near λ₀² Levenberg-Marquardt's, ρ = 1 plain gradient flow (5R-ρ). The certified one is the mean rate for t in [0, 1].

            | Instance | α | ρ | rate of 5R-ρ, 2ν̂ s(4(1-r)²λ₀²) | certified |
            |---|---|---|---|---|

            """);
        foreach (string name in UnderparameterizedFlowInstances)
        {
            foreach (Func<Constants, Real> damping in (Func<Constants, Real>[])[_ => 0, constants => ScalingFactor.Below(constants.Lambda0.Square()), _ => 1])
                page.Append(UnderparameterizedFlowRow(name, damping));
        }

        return page.ToString();
    }

    private static string StepRow(string name)
    {
        WideSetting setting = WideSetting.Of(name, usesBound: true, StepBits);
        var repaired = DampedSteps.AtHalfTheLimit(setting.Constants, setting.Rho);
        Real alpha = repaired.SufficientAlpha;
        return Row(
        [
            name,
            Digits.Of(setting.Alpha),
            Digits.Of(setting.Printed.Factor),
            Digits.Of(MeanFactor(setting, setting.Alpha, setting.Printed.TimeStep)),
            Digits.Of(alpha),
            Digits.Of(repaired.Factor(alpha)),
            Digits.Of(MeanFactor(setting, alpha, repaired.TimeStep)),
        ]);
    }

    private static Real MeanFactor(WideSetting setting, Real alpha, Real tau)
    {
        PathPoint[] path = [.. new StepEnclosure(setting.Constants, alpha, setting.Rho, tau).Take(Steps)];
        return path.Length <= Steps ? Real.Indeterminate : ((path[^1].Objective / setting.Problem.InitialLoss).Log() / Steps).Exp();
    }

    private static string FlowRow(string name)
    {
        Constants constants = FlowSetting.ConstantsOf(InstanceData.Named(name));
        Real rho = ScalingFactor.Below(constants.Lambda0.Square()), alpha = ScalingFactor.Above(constants.Unit);
        var repaired = new DampedRepairs(constants, rho);
        FlowPiece last = new FlowEnclosure(constants, alpha, rho).Until(((Real)1).Shift(-1))[^1];
        Real gap = last.Field.Objective.At(last.Step).Widen(last.ObjectiveError);
        return Row(
        [
            name,
            Digits.Of(constants.PrintedThreshold(rho)),
            Digits.Of(repaired.LeastAlphaOf1R),
            Digits.Of(alpha),
            Digits.Of(constants.PrintedRate(rho)),
            Digits.Of(repaired.RateOf1R(alpha)),
            Digits.Of((constants.Problem.InitialLoss / gap).Log() / last.Finish),
        ]);
    }

    private static string UnderparameterizedFlowRow(string name, Func<Constants, Real> damping)
    {
        var flow = new UnderparameterizedFlow(InstanceData.Named(name), damping, Scope.Quick);
        return Row([name, Digits.Of(flow.Theory.Alpha), Digits.Of(flow.Rho), Digits.Of(flow.Theory.Rate(flow.Rho)), Digits.Of(flow.MeanRate)]);
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
