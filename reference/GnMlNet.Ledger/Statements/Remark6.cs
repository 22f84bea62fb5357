using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>A rate that does not depend on the smallest eigenvalue.</summary>
internal sealed class Remark6() : Statement(new StatementText(
    "Remark 6",
    "",
    "The exponential rate of the undamped flow does not depend on the smallest eigenvalue of JᵀJ.",
    ["Assumption 2", "α > L sqrt(4Δ₀/ν)/(2r(1-r)λ₀²) and α ≥ LG₀/(2νλ₀²(1-r)²), which do depend on it"],
    "ν/2 ≤ ν̂, the rate of 5R being 2ν̂",
    "The printed rate 2ν is refuted with Theorem 5; that of 5R and 6R is at least ν at these scaling factors. Compared for condition numbers from 1 to 2·10¹⁴.",
    VerdictKind.ProvedOnInstances,
    "5r-the-undamped-flow-with-p--n",
    "5R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope) => UnderparameterizedSetting.All(Scope.Full).Select(setting => new Finding(
        $"{setting.Name}, condition number {setting.Constants.GreatestEigenvalue / setting.Constants.SmallestEigenvalue}",
        setting.Precision,
        [.. setting.Theory.Hypotheses(), Claims.Less("L sqrt(2g(0)/ν̂)/(2r(1-r)λ₀²) < α", setting.Theory.ThresholdOf6R, setting.Alpha)],
        [Claims.LessOrEqual("ν/2 ≤ ν̂", setting.Constants.Nu * setting.R, setting.Theory.RemainingConvexity)]));
}
