using System.Diagnostics;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Training;

/// <summary>
/// The work of <c>gnml train</c>: read the table, split it, train the network, save the whole pipeline, and compare with ML.NET's own trainers.
/// </summary>
internal sealed class TrainJob
{
    private readonly TrainSettings _settings;
    private readonly MLContext _context;
    private readonly RowSplit _split;

    /// <exception cref="UserError">The table cannot be used, or the model could not be written where it should go.</exception>
    internal TrainJob(TrainSettings settings)
    {
        AtomicFile.CheckWritable(settings.ModelPath);
        if (settings.PagePath is not null) AtomicFile.CheckWritable(settings.PagePath);
        _settings = settings;
        _context = new MLContext(settings.Seed);
        Table = settings.Table.Open(_context);
        _split = new RowSplit(Table.Profile.RowCount, settings.TestFraction, settings.Seed);
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
        var trainingRows = new CsvDataView(Table.Profile.File, Table.Columns, _split.IsTraining);
        TransformerChain<ITransformer> preparation = Table.Preparation.Fit(trainingRows);
        IDataView training = Prepare(preparation, trainingRows);
        IDataView? test = _split.TestCount == 0 ? null : Prepare(preparation, new CsvDataView(Table.Profile.File, Table.Columns, _split.IsTest));

        stage("Training");
        GaussNewtonRegressionTrainer.Options options = _settings.Trainer;
        (options.LabelColumnName, options.FeatureColumnName, options.Progress, options.StageProgress, options.StopToken) = (Table.Label, RegressionTable.FeatureColumn, progress, stages, stop);
        GaussNewtonRegressionTrainer trainer = _context.Regression.Trainers.GaussNewtonRegression(options);
        (RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network, TrainerMetrics metrics) =
            InOwnWords(() => Measure(options.NumberOfNetworks > 1 ? "Gauss-Newton ensemble" : "Gauss-Newton network", trainer, training, test));
        Save(preparation.Append(network), trainingRows.Schema);

        bool stoppedEarly = stop.IsCancellationRequested;
        var all = new List<TrainerMetrics> { metrics };
        if (_settings.WithBaselines && test is not null)
        {
            foreach ((string name, IEstimator<ITransformer> baseline) in Baselines.Create(_context, Table.Label, _settings.Seed))
            {
                if (!stoppedEarly && stop.IsCancellationRequested) break;
                stage($"Training for comparison: {name}");
                all.Add(Measure(name, baseline, training, test).Metrics);
            }
        }

        var report = new TrainResult(Table, TrainingRowCount, _split.TestCount, _settings.Seed, network.Model, all, Path.GetFullPath(_settings.ModelPath));
        if (_settings.PagePath is null) return report;

        stage("Writing the report");
        if (test is not null) report = WithPredictions(report, network, test);
        AtomicFile.WriteText(_settings.PagePath, writer => writer.Write(TrainPage.ToHtml(report)));
        return report;
    }

    private TrainResult WithPredictions(TrainResult report, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network, IDataView test)
    {
        IDataView scored = network.Transform(test);
        double[] rises = [.. _context.Regression.PermutationFeatureImportance(network, scored, Table.Label).Select(at => at.RootMeanSquaredError.Mean)];
        return report with
        {
            TestPredictions = TestRow.Read(scored, Table.Label),
            Importance = [.. RegressionTable.NamesOf(test.Schema, RegressionTable.FeatureColumn).Zip(rises)],
        };
    }

    private IDataView Prepare(TransformerChain<ITransformer> preparation, IDataView rows)
    {
        IDataView prepared = preparation.Transform(rows, TransformerScope.Everything);
        IDataView labelled = _context.Data.FilterRowsByMissingValues(prepared, Table.Label);
        return _context.Data.Cache(labelled, Table.Label, RegressionTable.FeatureColumn);
    }

    /// <summary>Where memory does not suffice, says what would help in the options of the command.</summary>
    private static T InOwnWords<T>(Func<T> train)
    {
        try
        {
            return train();
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

    private (TTransformer Model, TrainerMetrics Metrics) Measure<TTransformer>(string name, IEstimator<TTransformer> trainer, IDataView training, IDataView? test)
        where TTransformer : class, ITransformer
    {
        long start = Stopwatch.GetTimestamp();
        TTransformer model = trainer.Fit(training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        RegressionMetrics Evaluate(IDataView rows) => _context.Regression.Evaluate(model.Transform(rows), Table.Label);
        return (model, new TrainerMetrics(name, Errors.From(Evaluate(training)), test is null ? null : Errors.From(Evaluate(test)), seconds));
    }

    private void Save(ITransformer model, DataViewSchema schema)
    {
        using var file = new AtomicFile(_settings.ModelPath);
        _context.Model.Save(model, schema, file.Stream);
        file.Commit();
    }
}
