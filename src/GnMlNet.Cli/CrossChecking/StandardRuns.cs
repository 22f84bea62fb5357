using GnMlNet.Cli.Datasets;
using GnMlNet.Cli.Flows;
using GnMlNet.Cli.Training;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Traces;
using GnMlNet.Core.Training;
using GnMlNet.Reference.Traces;
using Microsoft.ML;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The runs that are checked when no trace is given: the paper's instance for several alpha, a practical network, and more weights than rows.</summary>
internal static class StandardRuns
{
    private const int Iterations = 200;

    /// <summary>Each run with its name and file name; made when it is asked for.</summary>
    internal static IReadOnlyList<(string Name, string File, Func<RecordedRun> Record)> All =>
    [
        ("paper's instance, α = 8", "paper-alpha-8", () => Flow(rows: 256, hidden: 18, new FlowOptions { ScalingFactor = 8, Duration = 0.01 * Iterations })),
        ("paper's instance, α = 256", "paper-alpha-256", () => Flow(rows: 256, hidden: 18, new FlowOptions { ScalingFactor = 256, Duration = 0.01 * Iterations })),
        ("paper's instance, α = 1/8", "paper-alpha-0.125", () => Flow(rows: 256, hidden: 18, new FlowOptions { ScalingFactor = 0.125, Duration = 0.01 * Iterations })),
        ("concrete strength, 20 hidden units", "concrete", Concrete),
    ];

    private static RecordedRun Flow(int rows, int hidden, FlowOptions options)
    {
        var context = new MLContext(seed: 1);
        FlowTable table = FlowTable.Read(context, CaliforniaHousing.Table(context), rows, subsetSeed: 5);
        return Record("flow", trace => FlowTraining.Train(table.Rows, new FlowTrainingOptions { HiddenUnits = hidden, Seed = 1, Flow = options }, new FlowControl { Trace = trace }));
    }

    private static RecordedRun Concrete()
    {
        var context = new MLContext(seed: 1);
        FlowTable table = FlowTable.Read(context, RegressionTable.FromCsv(context, Path.Combine(AppContext.BaseDirectory, "data", "concrete.csv"), "compressive_strength", null), rowCount: null, subsetSeed: 0);
        var options = new TrainingOptions { HiddenUnits = 20, Seed = 1, MaximumIterations = Iterations };
        return Record("training", trace => NetworkTraining.Train(table.Raw, options, control: new TrainingControl { Trace = trace }));
    }

    private static RecordedRun Record(string name, Action<TraceWriter> run)
    {
        var stream = new MemoryStream();
        using (var trace = new TraceWriter(stream)) run(trace);
        stream.Position = 0;
        using var reader = new StreamReader(stream);
        return TraceReader.Read(Lines(reader), name);
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }
}
