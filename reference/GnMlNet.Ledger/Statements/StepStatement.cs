using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>A statement of Appendix A about one step, decided at the first steps of Theorem 2 on some instances.</summary>
internal abstract class StepStatement(StatementText text, int steps, params string[] instances) : Statement(text)
{
    private protected sealed override IEnumerable<Finding> Examine(Scope scope) => instances.Select(name =>
    {
        var setting = PrintedSteps.Of(name, steps);
        return setting.Find(Claim.All(setting.Pairs.Select(pair => Examine(setting, pair.Now, pair.Next))));
    });

    /// <param name="setting">The steps.</param>
    /// <param name="now">A point.</param>
    /// <param name="next">Where the step from it leads.</param>
    private protected abstract Claim Examine(PrintedSteps setting, Iterate now, Iterate next);
}
