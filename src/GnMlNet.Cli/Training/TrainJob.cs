using System.Diagnostics;
using GnMlNet.Cli.Clustering;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Insight;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;
using GnMlNet.Preparation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Training;

/// <summary>
/// The work of <c>gnml train</c>: read the table, split it, train the network, save the whole pipeline, and compare with ML.NET's own trainers.
/// </summary>
internal sealed class TrainJob
{
    // More curves than that nobody reads.
    private const int MostEffects = 12;

    private readonly TrainSettings _settings;
    private readonly MLContext _context;
    private readonly RowSplit _split;
    private readonly OutputFile _model;
    private readonly OutputFile? _page;
    private readonly CheckpointNotices _checkpoints;

    // As silos load it.
    private byte[]? _preparation;

    /// <param name="settings">What was asked for.</param>
    /// <param name="model">Where the model goes.</param>
    /// <param name="page">Where the page about it goes; null for nowhere.</param>
    /// <param name="checkpoints">Told of checkpoints.</param>
    /// <exception cref="UserError">The table cannot be used.</exception>
    internal TrainJob(TrainSettings settings, OutputFile model, OutputFile? page, CheckpointNotices checkpoints)
    {
        (_model, _page, _checkpoints) = (model, page, checkpoints);
        _settings = settings;
        Checkpoint = settings.Checkpoint;
        _context = new MLContext(settings.Seed);
        Table = settings.Table.Open(_context);
        _split = Table.Group is null ? new RowSplit(Table.Profile.RowCount, settings.TestFraction, settings.Seed) : new RowSplit(Table.ReadGroups(), settings.TestFraction, settings.Seed);
    }

    internal RegressionTable Table { get; }

    /// <summary>Where checkpoints are kept; null for none.</summary>
    internal CheckpointOptions? Checkpoint { get; set; }

    internal int TestRowCount => _split.TestCount;

    internal int TrainingRowCount => Table.Profile.RowCount - _split.TestCount;

    /// <summary>The files of the table for silos that read them themselves; how they are read is known while the trainer trains.</summary>
    /// <exception cref="UserError">They cannot be read by their paths.</exception>
    internal ShardSource Shards()
    {
        IReadOnlyList<string> files = Table.Profile.File.FileNames;
        foreach (string file in files) Shard.Of(file, rowCount: 0);
        return new ShardSource(files, () => ShardReading.Of(Table, _split, _preparation ?? throw new InvalidOperationException("Nothing has been prepared yet.")).ToBytes());
    }

    /// <summary>Does the work.</summary>
    /// <param name="progress">Told of every iteration of the network's training.</param>
    /// <param name="stages">Told of the stages of the ensemble's training.</param>
    /// <param name="stage">Told what is under way.</param>
    /// <param name="stop">Ends the network's training early, keeping its best weights; or the comparison.</param>
    internal TrainResult Run(IProgress<TrainingIteration> progress, IProgress<TrainingStage> stages, Action<string> stage, CancellationToken stop)
    {
        stage("Reading");
        var rows = new TrainRows(_context, Table, _split, _settings.Trainer, _settings.Table.Reading.MemoryLimit);
        TrainerMetrics Measured(string name, ITransformer trained, int trainedOn, double seconds) => new(name, trainedOn, rows.MeasuredTraining.Measure(trained), rows.MeasuredTest?.Measure(trained), seconds);

        if (_settings.Cluster is { ReadsShards: true }) _preparation = SavedPreparation(rows.Prepared);

        stage($"Training: {rows.Place}");
        GaussNewtonRegressionTrainer.Options options = _settings.Trainer;
        (options.LabelColumnName, options.FeatureColumnName, options.Progress, options.StopToken) = (Table.LabelColumn, RegressionTable.FeatureColumn, progress, stop);
        // Once the trainer has its rows, what they were read from is no longer needed.
        options.StageProgress = new Listener<TrainingStage>(at =>
        {
            rows.ForgetFile();
            stages.Report(at);
        });
        options.GroupColumnName = Table.Group?.Name;
        options.Checkpoint = CheckpointWords.Complete(Checkpoint, _settings.TestFraction, _checkpoints);
        GaussNewtonRegressionTrainer trainer = _context.Regression.Trainers.GaussNewtonRegression(options);
        (RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network, double seconds) = InOwnWords(() => Fit(trainer, rows.Training));
        // Before it is measured: a prediction that is not finite ends the command, but not the model.
        Save(rows.Prepared.Preparation.Append(network), rows.Prepared.Schema);
        string? checkpoint = EndCheckpoint(network.Model);
        bool stoppedEarly = stop.IsCancellationRequested;
        var all = new List<TrainerMetrics> { Measured(options.NumberOfNetworks > 1 ? "Gauss-Newton ensemble" : "Gauss-Newton network", network, TrainingRowCount, seconds) };
        bool IsStopped() => !stoppedEarly && stop.IsCancellationRequested;
        if (_settings.WithBaselines && rows.MeasuredTest is not null && !IsStopped())
        {
            stage("Training for comparison");
            (IDataView training, int count) = rows.LoadForBaselines(_settings.Seed);
            foreach ((string name, IEstimator<ITransformer> baseline) in Baselines.Create(Table.LabelColumn, count, _settings.Seed))
            {
                if (IsStopped()) break;
                stage($"Training for comparison: {name}");
                (ITransformer trained, double time) = Fit(baseline, training);
                all.Add(OrUnknown(name, count, time, () => Measured(name, trained, count, time)));
            }
        }

        var report = new TrainResult(Table, TrainingRowCount, rows.MeasuredCount, _split.TestCount, _settings.Seed, network.Model, all, _model.Name) { Checkpoint = checkpoint };
        if (_page is null) return report;

        stage("Writing the report");
        if (rows.MeasuredTest is not null) report = WithPredictions(report, network, rows.LoadTestForPage());
        report = report with { Effects = EffectsOf(rows.Prepared.Preparation.Append(network), rows.ForEffects(HasEffectsOfTest(_split.TestCount)), report.Importance) };
        _page.WriteText(writer => writer.Write(TrainPage.ToHtml(report)));
        return report;
    }

    private TrainResult WithPredictions(TrainResult report, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network, MeasuredRows test)
    {
        IDataView scored = network.Transform(test.View);
        double[] rises = [.. _context.Regression.PermutationFeatureImportance(network, scored, Table.LabelColumn).Select(at => at.RootMeanSquaredError.Mean)];
        return report with
        {
            TestPredictions = TestRow.Read(scored, test.Labels),
            Importance = [.. FeatureSlots.NamesOf(test.View.Schema, RegressionTable.FeatureColumn).Zip(rises)],
        };
    }

    /// <summary>Whether effects are those of test rows: a mean takes more than one.</summary>
    internal static bool HasEffectsOfTest(int testRows) => testRows > 1;

    /// <summary>The effects of the columns, of many those whose features matter most.</summary>
    private EffectReport EffectsOf(ITransformer model, IDataView rows, IReadOnlyList<(string Feature, double Rise)> importance)
    {
        ExplainedPipeline pipeline = ExplainedPipeline.Of(model, rows, _settings.Trainer.NumberOfThreads);
        double Rise(string column) => importance.Where(at => at.Feature == column || at.Feature.StartsWith(column + ".", StringComparison.Ordinal)).Select(at => at.Rise).DefaultIfEmpty(0).Max();
        int[] columns = [.. Enumerable.Range(0, pipeline.Columns.Count).OrderByDescending(k => Rise(pipeline.Columns[k].Name)).Take(MostEffects)];
        return Effects.Of(pipeline, pipeline.Rows, columns, new EffectOptions { Pairs = 0 });
    }

    /// <summary>Deletes the checkpoint, now that the model is saved, unless training can go on from it; returns its path then.</summary>
    private string? EndCheckpoint(GaussNewtonRegressionModelParameters model)
    {
        if (Checkpoint is not { } checkpoint) return null;
        if (model.Termination.Rule == StoppingRule.StoppedByCaller) return _checkpoints.IsWhole ? checkpoint.Path : null;
        try
        {
            checkpoint.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The model, for which all was done, is saved.
            _checkpoints.StaysBehind(checkpoint.Path, error);
        }

        return null;
    }

    /// <summary>Says in the options of the command what would help where memory or the folder for temporary files does not suffice, and what a checkpoint differs in.</summary>
    private static T InOwnWords<T>(Func<T> train)
    {
        try
        {
            return train();
        }
        catch (InvalidOperationException error) when (error.InnerException is CheckpointRefusedException { Refusal: var refusal })
        {
            throw new UserError(CheckpointWords.Explain(refusal));
        }
        catch (InvalidOperationException error) when (error.InnerException is MemoryRefusedException { Refusal: var refusal })
        {
            throw new UserError($"{refusal.Finding} {refusal.Advice(remedy => remedy switch
            {
                MemoryRemedy.SingleNetwork => "--ensemble 1",
                MemoryRemedy.FewerHiddenUnits => refusal.MostHiddenUnits is { } most ? $"--hidden {most} or fewer" : "a smaller --hidden",
                MemoryRemedy.NoKernel => "--kernel none",
                MemoryRemedy.SquaredError => "--loss squared",
                MemoryRemedy.FewerFeatures => "fewer columns (--features)",
                MemoryRemedy.FewerRows => "fewer rows",
                MemoryRemedy.RaiseLimit => "a greater --memory-limit",
                // The command has no options for these.
                _ => null,
            })}");
        }
        catch (InvalidOperationException error) when (error.InnerException is TemporaryFileException disk)
        {
            throw new UserError($"{disk.Message} The options are --temporary-folder, --temporary-limit and --memory-limit.");
        }
    }

    private static (TTransformer Model, double Seconds) Fit<TTransformer>(IEstimator<TTransformer> trainer, IDataView training)
        where TTransformer : class, ITransformer
    {
        long start = Stopwatch.GetTimestamp();
        TTransformer model = trainer.Fit(training);
        return (model, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>A trainer whose predictions are not finite keeps its row, without errors.</summary>
    private static TrainerMetrics OrUnknown(string name, int trainingRows, double seconds, Func<TrainerMetrics> measure)
    {
        try
        {
            return measure();
        }
        catch (UserError)
        {
            return new TrainerMetrics(name, trainingRows, Errors.Unknown, Errors.Unknown, seconds);
        }
    }

    private byte[] SavedPreparation(PreparedTable prepared)
    {
        var stream = new MemoryStream();
        _context.Model.Save(prepared.Preparation, prepared.Schema, stream);
        return stream.ToArray();
    }

    private void Save(ITransformer model, DataViewSchema schema)
    {
        _context.Model.Save(model, schema, _model.Stream);
        _model.Commit();
    }
}
