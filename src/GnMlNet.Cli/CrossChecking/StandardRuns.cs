using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Training;
using Microsoft.ML;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The runs that are checked when nothing else is asked for: the paper's instance for several alpha, and a practical network with a fixed penalty and with evidence.</summary>
internal static class StandardRuns
{
    private const int Iterations = 200;

    internal static IReadOnlyList<RunToCheck> All =>
    [
        Paper("paper's instance, α = 8", "paper-alpha-8", 8),
        Paper("paper's instance, α = 256", "paper-alpha-256", 256),
        Paper("paper's instance, α = 1/8", "paper-alpha-0.125", 0.125),
        Concrete("concrete strength, 20 hidden units", "concrete", adaptPenalty: false),
        Concrete("concrete strength, penalties from evidence", "concrete-evidence", adaptPenalty: true),
    ];

    private static RunToCheck Paper(string name, string file, double alpha) => new(name, file, trace =>
    {
        var context = new MLContext(seed: 1);
        FlowTable table = FlowTable.Read(context, CaliforniaHousing.Table(context), rowCount: 256, subsetSeed: 5);
        var flow = new FlowOptions { ScalingFactor = alpha, Duration = 0.01 * Iterations };
        FlowTraining.Train(table.Rows, new FlowTrainingOptions { Run = new RunOptions { HiddenUnits = 18, Seed = 1 }, Flow = flow }, new FlowControl { Recorder = trace });
    });

    private static RunToCheck Concrete(string name, string file, bool adaptPenalty) => new(name, file, trace =>
    {
        var context = new MLContext(seed: 1);
        FlowTable table = FlowTable.Read(context, ConcreteStrength.Settings.Open(context), rowCount: null, subsetSeed: 0);
        var options = new TrainingOptions { Run = new RunOptions { HiddenUnits = 20, Seed = 1 }, MaximumIterations = Iterations, AdaptPenalty = adaptPenalty };
        NetworkTraining.Train(table.Raw, options, control: new TrainingControl { Recorder = trace });
    });
}
