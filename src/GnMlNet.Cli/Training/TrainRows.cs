using GnMlNet.Cli.Tables;
using GnMlNet.Core.Ensembles;
using Microsoft.ML;

namespace GnMlNet.Cli.Training;

/// <summary>
/// The rows of <c>gnml train</c>: those that are trained on, which stay in the file where the trainer passes over them, and are in memory where it needs them there; and some that errors are measured on.
/// </summary>
internal sealed class TrainRows
{
    // More training rows tell an error no better, and more test rows a page.
    private const int MostMeasured = 100_000, MostOnPage = 10_000;

    // What rows may take of the memory limit: those that errors are measured on, of training and of the test each, and those that baselines train on with all that they make of them.
    private const int ShareOfMeasured = 16, ShareOfBaselines = 2;

    // The trainer keeps rows as they come in one file, and in its own units under two maps in others.
    private const int Copies = 3, ShareOfMemory = 3;

    private readonly RegressionTable _table;
    private readonly RowSplit _split;
    private readonly int _trainingCount;
    private readonly GaussNewtonRegressionTrainer.Options _options;
    private readonly long _memoryLimit;

    /// <param name="context">ML.NET.</param>
    /// <param name="table">The table.</param>
    /// <param name="split">Its training and test rows.</param>
    /// <param name="options">How the trainer trains.</param>
    /// <param name="memoryLimit">The bytes that the command may take.</param>
    internal TrainRows(MLContext context, RegressionTable table, RowSplit split, GaussNewtonRegressionTrainer.Options options, long memoryLimit)
    {
        (_table, _split, _trainingCount, _options, _memoryLimit) = (table, split, table.Profile.RowCount - split.TestCount, options, memoryLimit);
        Prepared = new PreparedTable(context, table, split.IsTraining);
        Streams = AreStreamed(options, _trainingCount);
        Training = Streams ? Prepared.Stream(split.IsTraining, withGroups: true) : Prepared.Load(split.IsTraining, withGroups: true);
        var some = RowChoice.Spread(split.IsTraining, _trainingCount, MostMeasured);
        MeasuredCount = some.Count;
        MeasuredTraining = Streams || some.Count < _trainingCount ? Measured(some) : new MeasuredRows(Training, [.. table.ReadLabels(split.IsTraining)]);
        MeasuredTest = split.TestCount == 0 ? null : Measured(RowChoice.Spread(split.IsTest, split.TestCount, split.TestCount));
        if (!Streams) ForgetFile();
    }

    /// <summary>Whether training streams so many rows.</summary>
    internal static bool AreStreamed(GaussNewtonRegressionTrainer.Options options, int rows) =>
        options.NumberOfNetworks > 1 && EnsembleTraining.PassesOver(rows, new EnsembleOptions { Loss = options.Loss, Intervals = options.Intervals, ValidationFraction = options.ValidationFraction }, hasValidation: false);

    /// <summary>The table with its preparation.</summary>
    internal PreparedTable Prepared { get; }

    /// <summary>Whether training rows are streamed from the file into the trainer.</summary>
    internal bool Streams { get; }

    /// <summary>The training rows.</summary>
    internal IDataView Training { get; }

    /// <summary>Training rows that errors are measured on: all, or of many some that are spread evenly over them.</summary>
    internal MeasuredRows MeasuredTraining { get; }

    /// <summary>How many these are.</summary>
    internal int MeasuredCount { get; }

    /// <summary>The test rows; null where there are none.</summary>
    internal MeasuredRows? MeasuredTest { get; }

    /// <summary>Where the rows of training are while it goes on, in a few words.</summary>
    internal string Place
    {
        get
        {
            double bytes = (double)_trainingCount * ((sizeof(float) * Prepared.FeatureCount) + (2 * sizeof(double)));
            return !Streams || (Copies - 1) * bytes <= _memoryLimit / ShareOfMemory
                ? Invariant($"{_trainingCount:N0} rows in memory")
                : Invariant($"{_trainingCount:N0} rows in temporary files in {_options.TemporaryFolder ?? Path.TrimEndingDirectorySeparator(Path.GetTempPath())} ({Math.Ceiling(Copies * bytes / 1e6):N0} MB)");
        }
    }

    /// <summary>Gives up what was kept of the file: from now on it is read again where it is needed.</summary>
    internal void ForgetFile() => _table.Profile.File.Scan.ForgetCells();

    /// <summary>Training rows in memory, as many as baselines can train on within their share of it, drawn at random.</summary>
    /// <param name="seed">The seed.</param>
    internal (IDataView Rows, int Count) LoadForBaselines(int seed)
    {
        int most = (int)Math.Clamp(_memoryLimit / ShareOfBaselines / Baselines.RowBytes(Prepared.FeatureCount), 1, _trainingCount);
        if (most == _trainingCount && !Streams) return (Training, _trainingCount);
        var drawn = RowChoice.Draw(_split.IsTraining, _trainingCount, most, seed);
        return (Prepared.Load(drawn.Contains), drawn.Count);
    }

    /// <summary>Test rows for a page: all, or of many some that are spread evenly over them.</summary>
    internal MeasuredRows LoadTestForPage() => _split.TestCount <= MostOnPage ? MeasuredTest! : MeasuredRows.Load(Prepared, _table, RowChoice.Spread(_split.IsTest, _split.TestCount, MostOnPage));

    /// <summary>Rows as the file has them for effects: of the test or of training.</summary>
    /// <param name="ofTest">Whether they are test rows.</param>
    internal IDataView ForEffects(bool ofTest) => Prepared.Rows((ofTest ? RowChoice.Spread(_split.IsTest, _split.TestCount, MostOnPage) : RowChoice.Spread(_split.IsTraining, _trainingCount, MostOnPage)).Contains);

    private MeasuredRows Measured(RowChoice rows) => rows.Count * Prepared.RowBytes <= _memoryLimit / ShareOfMeasured ? MeasuredRows.Load(Prepared, _table, rows) : MeasuredRows.Stream(Prepared, _table, rows);
}
