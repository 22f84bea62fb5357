using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Training;
using GnMlNet.Reference.Traces;
using Microsoft.ML;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The runs that are checked when nothing else is asked for: the paper's instance for several alpha, and a practical network with a fixed penalty and with evidence.</summary>
internal static class StandardRuns
{
    private const int Iterations = 200;

    internal static IReadOnlyList<RunToCheck> All =>
    [
        new("paper's instance, α = 8", "paper-alpha-8", () => Paper(8)),
        new("paper's instance, α = 256", "paper-alpha-256", () => Paper(256)),
        new("paper's instance, α = 1/8", "paper-alpha-0.125", () => Paper(0.125)),
        new("concrete strength, 20 hidden units", "concrete", () => Concrete(adaptPenalty: false)),
        new("concrete strength, penalties from evidence", "concrete-evidence", () => Concrete(adaptPenalty: true)),
    ];

    private static RecordedRun Paper(double alpha)
    {
        var context = new MLContext(seed: 1);
        FlowTable table = FlowTable.Read(context, CaliforniaHousing.Table(context), rowCount: 256, subsetSeed: 5);
        var flow = new FlowOptions { ScalingFactor = alpha, Duration = 0.01 * Iterations };
        return TrainedRun.Flow(table, new FlowTrainingOptions { Run = new RunOptions { HiddenUnits = 18, Seed = 1 }, Flow = flow });
    }

    private static RecordedRun Concrete(bool adaptPenalty)
    {
        var context = new MLContext(seed: 1);
        FlowTable table = FlowTable.Read(context, RegressionTable.FromCsv(context, Path.Combine(AppContext.BaseDirectory, "data", "concrete.csv"), "compressive_strength", null), rowCount: null, subsetSeed: 0);
        return TrainedRun.Training(table, new TrainingOptions { Run = new RunOptions { HiddenUnits = 20, Seed = 1 }, MaximumIterations = Iterations, AdaptPenalty = adaptPenalty });
    }
}
