using System.Diagnostics;
using GnMlNet.Balls;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Training;
using GnMlNet.Reference.Blocks;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Constants;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Predictions;
using GnMlNet.Reference.Traces;
using GnMlNet.Reference.Trajectories;
using Microsoft.ML;
using Spectre.Console;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The work of <c>gnml crosscheck</c>.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="console">Where progress goes; null for none.</param>
/// <param name="stop">Ends the work.</param>
internal sealed class CrossCheckJob(CrossCheckSettings settings, IAnsiConsole? console, CancellationToken stop)
{
    // A step of training may double what is not known of the parameters: two hundred bits are soon spent.
    private const int TrajectoryBits = 256;

    internal CrossCheckOutcome Run()
    {
        if (settings.Model is not { } path) return new CrossCheckOutcome([.. ToCheck().Select(Run)], [], []);
        var model = ModelOnRows.Read(path, settings.Table.Data, settings.Table.Reading, settings.MostRows);
        return new CrossCheckOutcome([.. ModelRun.Of(model).Select(Run)], [.. ModelBlock.Of(model).Select(Run)], [.. ModelPredictions.Of(model).Select(Run)]) { NotChecked = ModelRun.NotChecked(model) };
    }

    private IReadOnlyList<RunToCheck> ToCheck()
    {
        if (settings.Trace is { } trace) return [RunToCheck.OfFile(InputFile.Open(trace, "trace", "'gnml trace' makes one."))];
        if (settings.Table.Data is not [var data, ..]) return StandardRuns.All;

        var context = new MLContext(seed: 1);
        RegressionTable table = settings.Table.Open(context);
        return
        [
            new(Path.GetFileName(data), Path.GetFileNameWithoutExtension(data), trace => NetworkTraining.Train(
                FlowTable.Read(context, table, Math.Min(settings.MostRows, table.Profile.RowCount), subsetSeed: 1).Raw,
                new TrainingOptions { Run = new RunOptions { Seed = 1 } },
                control: new TrainingControl { Recorder = trace })),
        ];
    }

    private CrossCheckResult Run(RunToCheck what)
    {
        int bits = settings.Bits, every = settings.Every;
        RecordedRun run = what.Record();
        long start = Stopwatch.GetTimestamp();
        var check = new CrossCheck(run, bits);
        double share = 1.0 / (((run.Iterates.Count - 1) / every) + 1);
        CrossCheckReport report = Show($"Checking {what.Name}", advance => check.Run(every, what.Computed(run), _ => advance(share), stop));
        StepCertificate? certificate = WorstStep(report) is { } worst ? check.Certify(worst.Index) : null;
        FlowConstants? constants = run.Kind == RunKind.Flow ? FlowConstants.Enclose(run, bits) : null;
        TrajectoryReport? trajectory = settings.WithTrajectory
            ? Show($"Following {what.Name}", advance => new ExactTrajectory(run, Math.Max(bits, TrajectoryBits)).Follow(_ => advance(1.0 / run.Iterates.Count), stop))
            : null;
        return new CrossCheckResult(what.Name, what.File, report, certificate, constants, trajectory, Stopwatch.GetElapsedTime(start));
    }

    private BlockCheckResult Run(BlockToCheck what)
    {
        stop.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        BlockCrossCheck? check = what.Block is { } block ? Show($"Checking {what.Name}", _ => BlockCrossCheck.Of(block, what.Computed, settings.Bits)) : null;
        return new BlockCheckResult(what, check, Stopwatch.GetElapsedTime(start));
    }

    private PredictionsCheckResult Run(PredictionsToCheck what)
    {
        stop.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        (PredictionCrossCheck columns, PosteriorCrossCheck[] posteriors) = Show($"Checking {what.Name}", _ => (
            PredictionCrossCheck.Of(what.Ensemble, what.Predictions),
            what.Posteriors.Select(posterior => PosteriorCrossCheck.Of(posterior.Posterior, posterior.Rows, posterior.Variances)).ToArray()));
        return new PredictionsCheckResult(what, columns, posteriors, Stopwatch.GetElapsedTime(start));
    }

    private T Show<T>(string title, Func<Action<double>, T> work) => console is null ? work(_ => { }) : Bar.Run(console, title, work);

    /// <summary>The iterate whose step has the greatest error of those of which something is proved; an inexact step where there are no others.</summary>
    private static CheckedIterate? WorstStep(CrossCheckReport report) =>
        Worst(report, CheckedQuantity.Step, CheckedQuantity.ApproximateStep) ?? Worst(report, CheckedQuantity.Remainder);

    private static CheckedIterate? Worst(CrossCheckReport report, params CheckedQuantity[] quantities) =>
        report.Iterates
            .Where(iterate => iterate.IsPositiveDefinite == Verdict.Proved && iterate.Errors.Any(error => quantities.Contains(error.Quantity)))
            .MaxBy(iterate => iterate.Errors.Where(error => quantities.Contains(error.Quantity)).Max(error => error.Relative));
}
