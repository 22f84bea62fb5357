using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Traces;
using GnMlNet.Core.Training;
using Microsoft.ML;

namespace GnMlNet.Cli.Tracing;

/// <summary>The work of <c>gnml trace</c>: one run, of training or of the paper's flow, with everything about it written down.</summary>
internal sealed class TraceJob
{
    private readonly TraceSettings _settings;

    /// <exception cref="UserError">The table cannot be used, or the folder cannot be written to.</exception>
    internal TraceJob(TraceSettings settings)
    {
        OutputFolder.Prepare(settings.Folder);
        _settings = settings;
        var context = new MLContext(settings.Seed);
        RegressionTable table = settings.DataPath is null
            ? CaliforniaHousing.Table(context)
            : RegressionTable.FromCsv(context, settings.DataPath, settings.Label!, settings.Features);
        Table = FlowTable.Read(context, table, settings.Rows, settings.SubsetSeed);
    }

    internal FlowTable Table { get; }

    /// <summary>Trains and writes the trace.</summary>
    internal TrainingResult Train(IProgress<TrainingIteration> progress, CancellationToken stop)
    {
        var iterations = new List<TracedIteration>();
        using var file = new AtomicFile(At("trace.jsonl"));
        TrainingResult result;
        using (var trace = new TraceWriter(file.Stream) { FeatureNames = Table.FeatureNames, LabelName = Table.Label, WithSpectrum = _settings.WithSpectrum })
        {
            var options = new TrainingOptions
            {
                HiddenUnits = _settings.HiddenUnits,
                Activation = _settings.Activation,
                Penalty = _settings.Penalty,
                AdaptPenalty = _settings.AdaptPenalty,
                MaximumIterations = _settings.Iterations,
                Seed = _settings.Seed,
                Threads = _settings.Threads,
            };
            var listener = new Listener<TrainingIteration>(at =>
            {
                bool hasStep = at.Iteration > 0;
                iterations.Add(new TracedIteration(at, hasStep ? trace.Condition : double.NaN, hasStep ? trace.EffectiveRank : double.NaN));
                progress.Report(at);
            });
            result = NetworkTraining.Train(Table.Raw, options, control: new TrainingControl { Trace = trace, Progress = listener, StopToken = stop });
        }

        file.Commit();
        IterationCsv.Write(At("trace.csv"), iterations);
        Draw(TraceCharts.Of(iterations, Table.Name));
        return result;
    }

    /// <summary>Runs the flow and writes the trace.</summary>
    internal FlowTrainingResult Flow(IProgress<FlowPoint> progress, CancellationToken stop)
    {
        using var file = new AtomicFile(At("trace.jsonl"));
        FlowTrainingResult result;
        using (var trace = new TraceWriter(file.Stream) { FeatureNames = Table.FeatureNames, LabelName = Table.Label, Scales = Table.Scales, WithSpectrum = _settings.WithSpectrum })
        {
            var options = new FlowTrainingOptions
            {
                HiddenUnits = _settings.HiddenUnits,
                Activation = _settings.Activation,
                AntiSymmetric = _settings.AntiSymmetric,
                Flow = _settings.Flow!,
                Seed = _settings.Seed,
                Threads = _settings.Threads,
            };
            result = FlowTraining.Train(Table.Rows, options, new FlowControl { Trace = trace, Progress = progress, StopToken = stop });
        }

        file.Commit();
        TrajectoryCsv.Write(At("trace.csv"), result.Trajectory.Points);
        Draw(TraceCharts.Of(result.Trajectory, Table.Name));
        return result;
    }

    private string At(string name) => Path.Combine(_settings.Folder, name);

    private void Draw(IEnumerable<(string File, LineChart Chart)> charts)
    {
        foreach ((string file, LineChart chart) in charts) chart.Save(At(file));
    }
}
