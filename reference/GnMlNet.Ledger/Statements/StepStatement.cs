using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>A statement of Appendix A about one step, decided at the first steps of Theorem 2.</summary>
internal abstract class StepStatement(string label, string says, string inequality, string method, VerdictKind expected, bool isOfFirstStep = false)
    : SettingStatement<PrintedSteps>(new StatementText(label, says, Hypotheses, inequality, method, expected, RepairedBy: "2R"))
{
    private static readonly string[] Hypotheses = ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "the thresholds of Theorem 2, with η of its proof", "|w_k - w_0| < r₀"];

    private protected sealed override Finding Examine(PrintedSteps setting) =>
        setting.Find(setting.Pairs.Count == 0 ? [] : [Claim.All(setting.Pairs.Take(isOfFirstStep ? 1 : setting.Pairs.Count).Select(pair => Examine(setting, pair.Now, pair.Next)))]) with
        {
            Reach = Reach.UpToStep(isOfFirstStep ? 1 : setting.Pairs.Count),
        };

    /// <param name="setting">The steps.</param>
    /// <param name="now">A point.</param>
    /// <param name="next">Where the step from it leads.</param>
    private protected abstract Claim Examine(PrintedSteps setting, Iterate now, Iterate next);
}
