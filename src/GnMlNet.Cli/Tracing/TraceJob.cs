using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Traces;
using GnMlNet.Core.Training;
using Microsoft.ML;

namespace GnMlNet.Cli.Tracing;

/// <summary>The work of <c>gnml trace</c>: one run, of training or of the paper's flow, with everything about it written down.</summary>
internal sealed class TraceJob
{
    private readonly TraceSettings _settings;
    private readonly OutputFolder _folder;

    /// <exception cref="UserError">The table cannot be used, or the folder cannot be written to.</exception>
    internal TraceJob(TraceSettings settings)
    {
        _folder = new OutputFolder(settings.Folder);
        _settings = settings;
        var context = new MLContext(settings.Seed);
        Table = FlowTable.Read(context, settings.Table.Open(context), settings.Rows, settings.SubsetSeed);
    }

    internal FlowTable Table { get; }

    /// <summary>Trains and writes the trace.</summary>
    internal TrainingResult Train(TrainingOptions options, IProgress<TrainingIteration> progress, CancellationToken stop)
    {
        var iterations = new List<TracedIteration>();
        TrainingResult result = Record(scales: null, trace =>
        {
            var listener = new Listener<TrainingIteration>(at =>
            {
                bool hasStep = at.Iteration > 0;
                iterations.Add(new TracedIteration(at, hasStep ? trace.Condition : double.NaN, hasStep ? trace.EffectiveRank : double.NaN));
                progress.Report(at);
            });
            return NetworkTraining.Train(Table.Raw, options, control: new TrainingControl { Recorder = trace, Progress = listener, StopToken = stop });
        });
        _folder.Write("trace.csv", writer => NumberCsv.Write(writer, TracedIteration.Columns, iterations));
        Draw(TraceCharts.Of(iterations, Table.Name));
        return result;
    }

    /// <summary>Runs the flow and writes the trace.</summary>
    internal FlowTrainingResult Flow(FlowTrainingOptions options, IProgress<FlowPoint> progress, CancellationToken stop)
    {
        FlowTrainingResult result = Record(Table.Scales, trace => FlowTraining.Train(Table.Rows, options, new FlowControl { Recorder = trace, Progress = progress, StopToken = stop }));
        TrajectoryCsv.Write(_folder.At("trace.csv"), result.Trajectory.Points);
        Draw(TraceCharts.Of(result.Trajectory, Table.Name));
        return result;
    }

    private T Record<T>(Standardization? scales, Func<TraceWriter, T> run)
    {
        using var file = new OutputFile(_folder.At("trace.jsonl"));
        T result;
        using (var trace = new TraceWriter(file.Stream) { FeatureNames = Table.FeatureNames, LabelName = Table.Label, Scales = scales, WithSpectrum = _settings.WithSpectrum }) result = run(trace);
        file.Commit();
        return result;
    }

    private void Draw(IEnumerable<(string File, LineChart Chart)> charts)
    {
        foreach ((string file, LineChart chart) in charts) chart.Save(_folder.At(file));
    }
}
