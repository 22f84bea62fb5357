using System.Diagnostics;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Insight;
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
    private readonly CheckpointNotices? _checkpoints;

    /// <param name="settings">What was asked for.</param>
    /// <param name="model">Where the model goes.</param>
    /// <param name="page">Where the page about it goes; null for nowhere.</param>
    /// <param name="checkpoints">Told of checkpoints; null where nobody is.</param>
    /// <exception cref="UserError">The table cannot be used.</exception>
    internal TrainJob(TrainSettings settings, OutputFile model, OutputFile? page, CheckpointNotices? checkpoints = null)
    {
        (_model, _page, _checkpoints) = (model, page, checkpoints);
        _settings = settings;
        _context = new MLContext(settings.Seed);
        Table = settings.Table.Open(_context);
        _split = Table.Group is null ? new RowSplit(Table.Profile.RowCount, settings.TestFraction, settings.Seed) : new RowSplit(Table.ReadGroups(), settings.TestFraction, settings.Seed);
    }

    internal RegressionTable Table { get; }

    internal int TestRowCount => _split.TestCount;

    internal int TrainingRowCount => Table.Profile.RowCount - _split.TestCount;

    /// <summary>Does the work.</summary>
    /// <param name="progress">Told of every iteration of the network's training.</param>
    /// <param name="stages">Told of the stages of the ensemble's training.</param>
    /// <param name="stage">Told what is under way.</param>
    /// <param name="stop">Ends the network's training early, keeping its best weights; or the comparison.</param>
    internal TrainResult Run(IProgress<TrainingIteration> progress, IProgress<TrainingStage> stages, Action<string> stage, CancellationToken stop)
    {
        stage("Reading");
        DataViewSchema schema = Rows(Table.Columns, _split.IsTraining).Schema;
        FileDataView trainingRows = Rows(Table.Group is { } group ? [.. Table.Columns, group] : Table.Columns, _split.IsTraining);
        TransformerChain<ITransformer> preparation = Table.Preparation.Fit(trainingRows);
        IDataView training = Prepare(preparation, trainingRows, Table.Group?.Name);
        IDataView? test = _split.TestCount == 0 ? null : Prepare(preparation, Rows(Table.Columns, _split.IsTest), group: null);
        double[] labels = Table.ReadLabels();
        double[] Labels(Func<int, bool> keep) => [.. labels.Where((label, row) => keep(row) && !double.IsNaN(label))];
        double[] trainingLabels = Labels(_split.IsTraining), testLabels = Labels(_split.IsTest);
        FillCache(training, Table.Group?.Name);
        if (test is not null) FillCache(test, group: null);
        Table.Profile.File.Scan.ForgetCells();
        TrainerMetrics Measured(string name, ITransformer trained, double seconds) =>
            new(name, Measure(trained, training, trainingLabels), test is null ? null : Measure(trained, test, testLabels), seconds);

        stage("Training");
        GaussNewtonRegressionTrainer.Options options = _settings.Trainer;
        (options.LabelColumnName, options.FeatureColumnName, options.Progress, options.StageProgress, options.StopToken) = (Table.LabelColumn, RegressionTable.FeatureColumn, progress, stages, stop);
        options.GroupColumnName = Table.Group?.Name;
        options.Checkpoint = CheckpointWords.Complete(_settings, _checkpoints);
        GaussNewtonRegressionTrainer trainer = _context.Regression.Trainers.GaussNewtonRegression(options);
        (RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network, double seconds) = InOwnWords(() => Fit(trainer, training));
        // Before it is measured: a prediction that is not finite ends the command, but not the model.
        Save(preparation.Append(network), schema);
        string? checkpoint = EndCheckpoint(network.Model);
        bool stoppedEarly = stop.IsCancellationRequested;
        var all = new List<TrainerMetrics> { Measured(options.NumberOfNetworks > 1 ? "Gauss-Newton ensemble" : "Gauss-Newton network", network, seconds) };
        if (_settings.WithBaselines && test is not null)
        {
            foreach ((string name, IEstimator<ITransformer> baseline) in Baselines.Create(Table.LabelColumn, TrainingRowCount, _settings.Seed))
            {
                if (!stoppedEarly && stop.IsCancellationRequested) break;
                stage($"Training for comparison: {name}");
                (ITransformer trained, double time) = Fit(baseline, training);
                all.Add(OrUnknown(name, time, () => Measured(name, trained, time)));
            }
        }

        var report = new TrainResult(Table, TrainingRowCount, _split.TestCount, _settings.Seed, network.Model, all, _model.Name) { Checkpoint = checkpoint };
        if (_page is null) return report;

        stage("Writing the report");
        if (test is not null) report = WithPredictions(report, network, test, testLabels);
        report = report with { Effects = EffectsOf(preparation.Append(network), Rows(Table.Columns, HasEffectsOfTest(_split.TestCount) ? _split.IsTest : _split.IsTraining), report.Importance) };
        _page.WriteText(writer => writer.Write(TrainPage.ToHtml(report)));
        return report;
    }

    private TrainResult WithPredictions(TrainResult report, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network, IDataView test, double[] labels)
    {
        IDataView scored = network.Transform(test);
        double[] rises = [.. _context.Regression.PermutationFeatureImportance(network, scored, Table.LabelColumn).Select(at => at.RootMeanSquaredError.Mean)];
        return report with
        {
            TestPredictions = TestRow.Read(scored, labels),
            Importance = [.. FeatureSlots.NamesOf(test.Schema, RegressionTable.FeatureColumn).Zip(rises)],
        };
    }

    /// <summary>Whether effects are those of test rows: a mean takes more than one.</summary>
    internal static bool HasEffectsOfTest(int testRows) => testRows > 1;

    /// <summary>The effects of the columns, of many those whose features matter most.</summary>
    private EffectReport EffectsOf(ITransformer model, FileDataView rows, IReadOnlyList<(string Feature, double Rise)> importance)
    {
        ExplainedPipeline pipeline = ExplainedPipeline.Of(model, rows, _settings.Trainer.NumberOfThreads);
        double Rise(string column) => importance.Where(at => at.Feature == column || at.Feature.StartsWith(column + ".", StringComparison.Ordinal)).Select(at => at.Rise).DefaultIfEmpty(0).Max();
        int[] columns = [.. Enumerable.Range(0, pipeline.Columns.Count).OrderByDescending(k => Rise(pipeline.Columns[k].Name)).Take(MostEffects)];
        return Effects.Of(pipeline, pipeline.Rows, columns, new EffectOptions { Pairs = 0 });
    }

    private FileDataView Rows(IReadOnlyList<FileColumn> columns, Func<int, bool> keep) => new(Table.Profile.File, columns, keep);

    private IDataView Prepare(TransformerChain<ITransformer> preparation, IDataView rows, string? group)
    {
        IDataView prepared = preparation.Transform(rows, TransformerScope.Everything);
        IDataView labelled = _context.Data.FilterRowsByMissingValues(prepared, Table.LabelColumn);
        return _context.Data.Cache(labelled, CachedColumns(group));
    }

    private string[] CachedColumns(string? group) => group is null ? [Table.LabelColumn, RegressionTable.FeatureColumn] : [Table.LabelColumn, RegressionTable.FeatureColumn, group];

    /// <summary>Reads all rows, so that what they are made from is no longer needed.</summary>
    private void FillCache(IDataView cached, string? group)
    {
        using DataViewRowCursor cursor = cached.GetRowCursor(CachedColumns(group).Select(name => cached.Schema[name]));
        while (cursor.MoveNext())
        {
        }
    }

    /// <summary>Deletes the checkpoint, now that the model is saved, unless training can go on from it; returns its path then.</summary>
    private string? EndCheckpoint(GaussNewtonRegressionModelParameters model)
    {
        if (_settings.Checkpoint is not { } checkpoint) return null;
        if (model.Termination.Rule == StoppingRule.StoppedByCaller) return _checkpoints is { IsWhole: true } ? checkpoint.Path : null;
        checkpoint.Delete();
        return null;
    }

    /// <summary>Says in the options of the command what would help where memory does not suffice, and what a checkpoint differs in.</summary>
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
                // The command has no options for these.
                _ => null,
            })}");
        }
    }

    private static (TTransformer Model, double Seconds) Fit<TTransformer>(IEstimator<TTransformer> trainer, IDataView training)
        where TTransformer : class, ITransformer
    {
        long start = Stopwatch.GetTimestamp();
        TTransformer model = trainer.Fit(training);
        return (model, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    // Labels with all their digits: those in the data view are rounded.
    private static Errors Measure(ITransformer model, IDataView rows, double[] labels) => Errors.Of(labels, NumberColumns.Read(model.Transform(rows), RegressionTable.ScoreColumn)[0]);

    /// <summary>A trainer whose predictions are not finite keeps its row, without errors.</summary>
    private static TrainerMetrics OrUnknown(string name, double seconds, Func<TrainerMetrics> measure)
    {
        try
        {
            return measure();
        }
        catch (UserError)
        {
            return new TrainerMetrics(name, Errors.Unknown, Errors.Unknown, seconds);
        }
    }

    private void Save(ITransformer model, DataViewSchema schema)
    {
        _context.Model.Save(model, schema, _model.Stream);
        _model.Commit();
    }
}
