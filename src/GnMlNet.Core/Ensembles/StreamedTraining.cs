using System.Globalization;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Ensembles;

/// <summary>Training on very many rows: one pass takes their measure, a second one lays them out in blocks, in memory or on disk, and training passes over these. Which rows go where depends on seed and rows alone.</summary>
internal static class StreamedTraining
{
    // What intervals, weights and effects are told by, and the solution of the kernel block.
    private const int SampleRows = KernelOptions.Defaults.SolutionRows;

    // What rows in memory may take of the limit, those that are read beside them apart.
    private const int ShareOfMemory = 3;

    // Each has a stream of its own of what looks random.
    private const ulong SampleStream = 1, FoldStream = 2, OrderStream = 3;

    /// <summary>Whether training passes over rows.</summary>
    internal static bool Applies(long rows, EnsembleOptions options, bool hasValidation) =>
        rows >= EnsembleTraining.LeastStreamedRows && options.Loss == RegressionLoss.SquaredError && options.Intervals != IntervalKind.HeldOutRows && !options.Validates(hasValidation);

    /// <summary>Trains as <see cref="EnsembleTraining.TrainFrom"/> does.</summary>
    /// <param name="source">The training rows.</param>
    /// <param name="options">What to train and when to stop.</param>
    /// <param name="validation">Rows in memory that choose the number of iterations, or null.</param>
    /// <param name="initial">An ensemble to go on from, or null.</param>
    /// <param name="control">How to watch and end training.</param>
    /// <param name="isInMemory">Whether the table stays in memory; null where the limit says so.</param>
    internal static EnsembleResult Train(IRowSource source, EnsembleOptions options, RegressionData? validation, NetworkEnsemble? initial, TrainingControl control, bool? isInMemory = null)
    {
        NetworkShape shape = EnsembleTraining.ShapeOf(source.RowCount, source.InputSize, options, initial);
        int rates = source.InputSize - source.Categories.Sum(range => range.Last - range.First);
        double modelBytes = CheckMemory(shape, source.RowCount, options);
        RunCheckpoints? checkpoints = RunCheckpoints.Of(control.Checkpoint, settings => new RunOrigin(EnsembleSettings.Of(options).Concat(settings), source, validation, EnsembleSettings.Of(initial)));
        ulong seed = (uint)options.Run.Seed;
        TableSurvey survey = TableSurvey.Of(source, Math.Max(SampleRows, options.Kernel?.SolutionRows ?? 0), RowHash.Of(seed, SampleStream), control.CancellationToken);
        CheckGroups(survey, options, source.RowCount);
        CheckBounds(survey, options);
        if (validation is not null) options.Bounds.Check(validation, "validation");

        var work = new WorkSharing(options.Run.Threads);
        bool isSmooth = options.Kernel is { Smooth: true };
        Standardization units = survey.Units;
        IReadOnlyList<FeatureMap> maps = initial?.Maps ?? [FeatureMap.Plain(units), FeatureMap.Bent(units, survey.Sample, work, isSmooth, survey.RangeOf)];
        ColumnScale label = initial?.Label ?? units.Label;
        (double least, double greatest) = survey.LabelRange;
        LabelRange range = isSmooth ? LabelRange.Unlimited : LabelRange.Of([label.Standardize(least), label.Standardize(greatest)]);
        DistinctRows distinct = DistinctRows.Of(survey.Sample);
        // Memory must not choose the form, since the result would depend on it.
        if (options.Kernel is { Form: null } kernel)
            options = options with { Kernel = kernel with { Form = KernelMemory.ChooseForm(distinct.Count, source.InputSize, kernel, options.Run with { MemoryLimit = long.MaxValue }) } };
        if (options.Kernel is not null && KernelMemory.Refusal(distinct.Count, source.InputSize, rates, options.Kernel, options.Run) is { } refusal) throw new MemoryRefusedException(refusal);
        FoldRule folds = FoldRule.For(options.Members, CrossFitting.LeastFolds, RowHash.Of(seed, FoldStream), survey, distinct.Count);

        double tableBytes = LargeTableBuilder.Bytes(source.RowCount, source.InputSize, maps.Count);
        bool fits = isInMemory ?? (tableBytes <= options.Run.MemoryLimit / ShareOfMemory && tableBytes + modelBytes <= options.Run.MemoryLimit);
        var recipe = new TableRecipe(maps, label, folds, RowHash.Of(seed, OrderStream));
        RegressionData[] views = [.. maps.Select(map => map.Map(survey.Sample, label, work))];
        Cell[] cells = CellsOf(survey, folds);
        int[][] leftOut = [.. Enumerable.Range(0, options.Members).Select(member => StreamedRows.LeftOutRows(cells, folds, member))];
        TemporaryFolder folder = TemporaryFolder.Of(options.Run);
        using RowTable table = options.Sharing?.LayOut(recipe, source, new MemberTable(options.MemberOptions(shape.HiddenSize), survey.Sample, maps, label, training: null, leftOut, views), options.Run, control.CancellationToken)
            ?? new LargeTableBuilder(recipe, work, bytes => fits ? new MemoryRecords(bytes) : new FileRecords(bytes, folder)).Build(source, control.CancellationToken);
        var rows = new StreamedRows(maps, label, views, cells, distinct, range, folds, table, leftOut);
        return EnsembleTraining.Train(rows, shape, options, validation, calibration: null, initial, new MersenneTwister(options.Run.Seed), control, checkpoints);
    }

    private static Cell[] CellsOf(TableSurvey survey, FoldRule folds)
    {
        RegressionData sample = survey.Sample;
        int?[] groups = sample.Groups();
        return [.. Enumerable.Range(0, sample.RowCount).Select(j => folds.Of(sample.Blocks[j / RowBlock.Capacity], j % RowBlock.Capacity, groups[j], survey.SampleNumbers[j]))];
    }

    private static void CheckGroups(TableSurvey survey, EnsembleOptions options, long rows)
    {
        int groups = survey.GroupSizes.Count, least = options.LeastGroups(hasValidation: true);
        // Rows without a group are groups of their own.
        if (groups > 0 && groups < least && survey.GroupSizes.Values.Sum() == rows)
            throw new ArgumentException($"The {rows} rows are of {groups} {(groups == 1 ? "group" : "groups")}, and at least {least} are needed to leave some out; take another column as group, or none.");
    }

    private static void CheckBounds(TableSurvey survey, EnsembleOptions options)
    {
        (double least, double greatest) = survey.LabelRange;
        if (least >= options.Bounds.Lower && greatest <= options.Bounds.Upper) return;
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"Training labels go from {least:G6} to {greatest:G6}, beyond the bounds from {options.Bounds.Lower:G6} to {options.Bounds.Upper:G6}: widen the bounds or leave these rows out."));
    }

    /// <summary>The bytes that training takes beside the rows.</summary>
    /// <exception cref="MemoryRefusedException">They are more than the limit.</exception>
    private static double CheckMemory(NetworkShape shape, long rows, EnsembleOptions options)
    {
        var trained = new TrainedParameters(shape);
        bool adapts = options.Penalty is null;
        double rowBytes = sizeof(double) * (shape.InputSize + 3.0), sampleRows = Math.Max(SampleRows, options.Kernel?.SolutionRows ?? 0);
        double held = StreamedMemberRows.HeldBytes(shape.InputSize) / rowBytes, threads = Math.Min(options.Run.Threads, options.Members);
        double ofMembers = options.Members * MemberTraining.Bytes(trained, (long)Math.Min(held, rows), adapts);
        // Passes of all threads at once: Gram matrices of a few nodes of the tree of sums.
        double passes = threads * (Math.Log2(Math.Max(2, rows / (double)(RowBlock.Capacity * TableRecipe.BlocksOf(shape.InputSize)))) + 2) * sizeof(double) * PackedTriangle<double>.Length(trained.LongCount);
        double bytes = ofMembers + passes + Math.Max(LargeTableBuilder.PartBytes(shape.InputSize), 3 * sampleRows * rowBytes);
        if (bytes > options.Run.MemoryLimit || !SymmetricMatrix.CanHold(trained.LongCount))
        {
            throw new MemoryRefusedException(new MemoryRefusal(
                string.Create(CultureInfo.InvariantCulture, $"Training an ensemble of {options.Members} networks with {shape.HiddenSize} hidden units and {shape.InputSize} features ({shape.ParameterCount} parameters each), beside the rows,"),
                bytes,
                options.Run.MemoryLimit,
                [MemoryRemedy.FewerHiddenUnits, MemoryRemedy.FewerFeatures, MemoryRemedy.RaiseLimit]));
        }

        return bytes;
    }
}
