using System.Globalization;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Trains an ensemble: map the features, let each network leave out a fold of the rows, advance all networks together, judge them by the rows that they left out,
/// keep the iteration that was best, fit the kernel block, weigh networks and block by rows that neither saw, and let the networks take some last steps with all rows.
/// </summary>
public static class EnsembleTraining
{
    /// <summary>From so many rows on training passes over them where they are: in memory, or in temporary files.</summary>
    public const int LeastStreamedRows = 1 << 16;

    /// <summary>Whether training passes over rows where they are, from <see cref="LeastStreamedRows"/> on where nothing asks for all of them in memory: Huber's loss does, and so do options that hold some of them out.</summary>
    /// <param name="rows">n.</param>
    /// <param name="options">The options.</param>
    /// <param name="hasValidation">Whether there are validation rows.</param>
    public static bool PassesOver(long rows, EnsembleOptions options, bool hasValidation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return StreamedTraining.Applies(rows, options, hasValidation);
    }

    /// <summary>Trains networks of one hidden layer by Gauss-Newton with Levenberg-Marquardt damping, and beside them a kernel block.</summary>
    /// <param name="data">The training rows; at least one. Weights count as rows: a weight of 2 is two rows.</param>
    /// <param name="options">What to train and when to stop.</param>
    /// <param name="validation">
    /// Rows that choose the number of iterations, or null; with null, <see cref="EnsembleOptions.ValidationFraction"/> may take some of the training rows, and
    /// without these the rows that members left out choose it.
    /// </param>
    /// <param name="initial">
    /// An ensemble to go on from (a warm start), or null. Its maps and the scale of its label are taken over, its networks' weights and precisions are the start, random ones where it has no
    /// networks; the kernel block is fitted anew. Folds depend on the seed and the rows only; where the rows are others than the networks saw before, they are left out for good.
    /// </param>
    /// <param name="control">How to watch and end training, or null. Progress is told the means over the members. There is no trace of an ensemble.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no rows, they are of too few groups to leave some out, the tables' widths differ, a label lies outside the bounds, the initial ensemble does not fit the options, or a trace is asked for.</exception>
    /// <exception cref="MemoryRefusedException">The problem needs more memory than <see cref="RunOptions.MemoryLimit"/>.</exception>
    /// <exception cref="CheckpointRefusedException">The checkpoint that is to be gone on from is of another table, of other options, or of another kind of machine.</exception>
    /// <exception cref="FormatException">That checkpoint is damaged, or of another version of the format.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><see cref="RunControl{T}.CancellationToken"/> was cancelled.</exception>
    public static EnsembleResult Train(
        RegressionData data,
        EnsembleOptions options,
        RegressionData? validation = null,
        NetworkEnsemble? initial = null,
        TrainingControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        control ??= new TrainingControl();
        if (control.Recorder is not null) throw new ArgumentException("A trace holds the run of one network; train a single one.", nameof(control));
        NetworkTraining.CheckRows(data, validation);
        if (StreamedTraining.Applies(data.RowCount, options, validation is not null)) return StreamedTraining.Train(new TableSource(data), options, validation, initial, control);
        NetworkTraining.CheckGroups(data, options.LeastGroups(validation is not null));
        options.Bounds.Check(data, "training");
        if (validation is not null) options.Bounds.Check(validation, "validation");
        NetworkShape shape = ShapeOf(data.RowCount, data.InputSize, options, initial);
        CheckMemory(shape, data.RowCount, data.InputSize - data.Categories.Sum(range => range.Last - range.First), options);
        RunCheckpoints? checkpoints = RunCheckpoints.Of(control.Checkpoint, settings => new RunOrigin(EnsembleSettings.Of(options).Concat(settings), new TableSource(data), validation, EnsembleSettings.Of(initial)));
        control.CancellationToken.ThrowIfCancellationRequested();

        var random = new MersenneTwister(options.Run.Seed);
        RegressionData? calibration = null;
        if (options.Intervals == IntervalKind.HeldOutRows)
            (data, calibration) = NetworkTraining.HoldOut(data, null, options.CalibrationFraction, random, options.LeastGroups(validation is not null) - 1);
        (data, validation) = NetworkTraining.HoldOut(data, validation, options.ValidationFraction, random, EnsembleOptions.LeastTrainingGroups);
        double[] counts = data.Weights();
        RobustWeights? robust = options.Loss == RegressionLoss.Huber ? RobustWeights.Measure(data, options.Run, control.CancellationToken) : null;
        data = robust?.ApplyTo(data) ?? data;
        Standardization units = Standardization.Measure(data);
        bool isSmooth = options.Kernel is { Smooth: true };
        var work = new WorkSharing(options.Run.Threads);
        IReadOnlyList<FeatureMap> maps = initial?.Maps ?? [FeatureMap.Plain(units), FeatureMap.Bent(units, data, work, isSmooth)];
        ColumnScale label = initial?.Label ?? units.Label;
        RegressionData[] views = [.. maps.Select(map => map.Map(data, label, work))];
        double[] labels = views[0].Labels();
        // What an outlier says is no label to expect.
        LabelRange range = isSmooth ? LabelRange.Unlimited : LabelRange.Of(robust is null ? labels : [.. robust.Trusted.Select(j => labels[j])]);
        DistinctRows distinct = DistinctRows.Of(data);
        CrossFitting folds = CrossFitting.Draw(distinct, options.Members, random);
        int[][] RowsOf(Func<int, int[]> rowsOf) => [.. Enumerable.Range(0, options.Members).Select(rowsOf)];
        options.Sharing?.Share(new MemberTable(options.MemberOptions(shape.HiddenSize), data, maps, label, RowsOf(folds.TrainingRows), RowsOf(folds.LeftOutRows), views), control.CancellationToken);
        var rows = new HeldRows(maps, label, views, counts, range, distinct, folds);
        return Train(rows, shape, options, validation, calibration, initial, random, control, checkpoints);
    }

    /// <summary>
    /// Trains an ensemble on rows that may not fit into memory. From <see cref="LeastStreamedRows"/> rows on, where nothing asks for all of them in memory (Huber's loss, or options that hold some of the rows out), training passes over
    /// them where they are, and the result has the same bits wherever that is; below they become a table.
    /// </summary>
    /// <param name="rows">The training rows; at least one. They stay the caller's.</param>
    /// <param name="options">What to train and when to stop.</param>
    /// <param name="validation">Rows in memory that choose the number of iterations, or null.</param>
    /// <param name="initial">An ensemble to go on from (a warm start), or null.</param>
    /// <param name="control">How to watch and end training, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no rows, they are of too few groups to leave some out, the tables' widths differ, a label lies outside the bounds, the initial ensemble does not fit the options, or a trace is asked for.</exception>
    /// <exception cref="MemoryRefusedException">What is needed beside the rows is more memory than <see cref="RunOptions.MemoryLimit"/>.</exception>
    /// <exception cref="OperationCanceledException"><see cref="RunControl{T}.CancellationToken"/> was cancelled.</exception>
    /// <exception cref="TemporaryFileException">Rows do not fit into memory, and the folder for temporary files is full or cannot be written to.</exception>
    public static EnsembleResult TrainFrom(
        TrainingRows rows,
        EnsembleOptions options,
        RegressionData? validation = null,
        NetworkEnsemble? initial = null,
        TrainingControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (!StreamedTraining.Applies(rows.RowCount, options, validation is not null)) return Train(rows.ToTable(), options, validation, initial, control);
        control ??= new TrainingControl();
        if (control.Recorder is not null) throw new ArgumentException("A trace holds the run of one network; train a single one.", nameof(control));
        return StreamedTraining.Train(rows, options, validation, initial, control);
    }

    /// <summary>Trains on rows, wherever they are.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="shape">The shape of the networks.</param>
    /// <param name="options">What to train and when to stop.</param>
    /// <param name="validation">Rows that choose the number of iterations, in the units of the data, or null.</param>
    /// <param name="calibration">Rows that calibrate the intervals, in the units of the data, or null.</param>
    /// <param name="initial">An ensemble to go on from, or null.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="control">How to watch and end training.</param>
    /// <param name="checkpoints">What goes on from a checkpoint and writes others, or null.</param>
    internal static EnsembleResult Train(
        EnsembleRows rows,
        NetworkShape shape,
        EnsembleOptions options,
        RegressionData? validation,
        RegressionData? calibration,
        NetworkEnsemble? initial,
        Random random,
        TrainingControl control,
        RunCheckpoints? checkpoints)
    {
        var work = new WorkSharing(options.Run.Threads);
        RegressionData[] views = rows.Views;
        RegressionData[]? validationViews = validation is null ? null : [.. rows.Maps.Select(map => map.Map(validation, rows.Label, work))];
        var growth = new RowGrowth(rows.Of(0, map: 0).TrainingCount, shape.ParameterCount);
        MembersInTraining members = BeginMembers(rows, growth.Rows, shape, options, initial, random, control);
        control.Stages?.Report(TrainingStage.Networks);
        var run = new LockstepRun(members, growth, rows, validationViews, options, control, checkpoints) { KernelForm = KernelForm(rows.Distinct, shape, options) };
        Termination termination = run.Train();
        KernelBlock? block = options.Kernel is null ? null : KernelBlock.Fit(views, rows.Maps, rows.Distinct, rows.LeftOutDistinctRows(), rows.Range, options, random.Next(), control);

        control.Stages?.Report(TrainingStage.LastSteps);
        double weight = block is null ? 0 : Weigh(run, block, views[0], validationViews, rows.Range);
        int lastSteps = options.FinishWithAllRows && rows.LeavesRowsOut && termination.Rule != StoppingRule.StoppedByCaller ? FinalSteps.Count(run.BestIteration) : 0;
        bool keepsLeverage = options.Intervals != IntervalKind.None && weight < 1 && IntervalCalibration.KeepsLeverage(options.Members, shape.ParameterCount);
        (double NoiseVariance, double[] LeftOut)[] leverages = options.Intervals == IntervalKind.None || weight == 1 ? [] : members.MeasureLeverage(keepsLeverage, isWanted: lastSteps == 0);
        members.End();
        NetworkMember[] networks = weight == 1 ? [] : lastSteps > 0 ? members.Finish(lastSteps, keepsLeverage) : [.. members.Kept.Select(kept => kept!)];
        EnsembleMember[] all = [.. networks, .. weight == 0 ? [] : block!.Members];
        var ensemble = new NetworkEnsemble(rows.Maps, all, rows.Label, rows.Range, weight)
        {
            HasPlainMeans = options.Kernel is { Smooth: true },
            Relevance = SlopeMeasure.Of([.. all.Select(member => (member, NetworkEnsemble.Share(member, networks.Length, all.Length, weight)))], views, work),
        };
        if (options.Intervals != IntervalKind.None)
        {
            var leftOut = new LeftOutCalibration(options, run, leverages, keepsLeverage, block, weight, views[0], rows.Counts);
            ensemble = ensemble.WithIntervals(calibration is null ? leftOut.Calibrate() : HeldOutCalibration.Calibrate(ensemble, leftOut.Uncalibrated(), calibration, options));
        }

        var trained = new TrainedParameters(shape);
        // Of streamed rows the limit decides where they are, and the model does not tell.
        double formLimit = rows is StreamedRows ? double.PositiveInfinity : options.Run.MemoryLimit;
        StepFormChoice form = StepFormChoice.Choose(trained, views[0].RowCount, formLimit) with { Form = MemberTraining.FormOf(trained, members.Rows[0].TrainingCount, options.Penalty is null) };
        return new EnsembleResult(ensemble.WithBounds(options.Bounds), termination, run.History, run.BestIteration, form);
    }

    /// <summary>The shape of the networks, after a look at the ensemble to go on from.</summary>
    internal static NetworkShape ShapeOf(long rows, int inputs, EnsembleOptions options, NetworkEnsemble? initial)
    {
        Network? first = initial?.Members.OfType<NetworkMember>().FirstOrDefault()?.Network;
        var shape = new NetworkShape(inputs, options.Run.HiddenUnits ?? first?.Shape.HiddenSize ?? EnsembleOptions.Defaults.HiddenUnits(rows, inputs));
        CheckInitial(initial, first, shape, options);
        return shape;
    }

    private static string KernelForm(DistinctRows distinct, NetworkShape shape, EnsembleOptions options) =>
        options.Kernel is null ? "none" : $"{KernelMemory.ChooseForm(distinct.Count, shape.InputSize, options.Kernel, options.Run)}";

    /// <summary>The weight of the block, by validation rows or by those that both sides left out.</summary>
    private static double Weigh(LockstepRun run, KernelBlock block, RegressionData rows, RegressionData[]? validation, LabelRange range)
    {
        if (validation is null)
        {
            LeftOutPredictions networks = LeftOutPredictions.OfNetworks(run.LeftOut, [], rows.RowCount);
            return KernelWeight.Choose(networks.Means, block.LeftOut.Means, rows.Labels(), rows.Weights());
        }

        double[][] ofNetworks = run.PredictKept(validation), ofBlock = block.Predict(validation, range);
        double[] Means(double[][] members) => [.. Enumerable.Range(0, validation[0].RowCount).Select(j => WinsorizedMean.Of([.. members.Select(member => member[j])]))];
        return KernelWeight.Choose(Means(ofNetworks), Means(ofBlock), validation[0].Labels(), validation[0].Weights());
    }

    /// <summary>The members at their starting points: the first half of them sees the first map, or each its own of the initial ensemble.</summary>
    private static MembersInTraining BeginMembers(EnsembleRows rows, int firstRows, NetworkShape shape, EnsembleOptions options, NetworkEnsemble? initial, Random random, TrainingControl control)
    {
        NetworkMember[] networks = [.. initial?.Members.OfType<NetworkMember>() ?? []];
        var starts = new MemberStart[options.Members];
        for (int k = 0; k < starts.Length; k++)
        {
            NetworkMember? from = networks.Length == 0 ? null : networks[k];
            MemberRows of = rows.Of(k, from?.Map ?? k * rows.Maps.Count / starts.Length);
            starts[k] = new MemberStart(of, Math.Min(firstRows, of.TrainingCount), from?.Network.Parameters.ToArray() ?? Initialization.DrawSpread(shape, random), from?.Evidence);
        }

        return options.Sharing?.Begin(starts, control.CancellationToken) ?? LocalMembers.Begin(starts, options.MemberOptions(shape.HiddenSize), control, new WorkSharing(options.Run.Threads));
    }

    private static void CheckInitial(NetworkEnsemble? initial, Network? first, NetworkShape shape, EnsembleOptions options)
    {
        if (initial is null || first is null) return;
        int networks = initial.Members.OfType<NetworkMember>().Count();
        if (networks != options.Members) throw new ArgumentException($"The initial ensemble has {networks} networks; the options ask for {options.Members}.", nameof(initial));
        NetworkTraining.CheckInitial(first, shape, options.Run.Activation);
    }

    private static void CheckMemory(NetworkShape shape, long rows, int rates, EnsembleOptions options)
    {
        var trained = new TrainedParameters(shape);
        // At the end each thread has a member on all rows beside those that left some out.
        double bytes = (options.Members + Math.Min(options.Run.Threads, options.Members)) * MemberTraining.Bytes(trained, rows, options.Penalty is null);
        if (bytes <= options.Run.MemoryLimit && SymmetricMatrix.CanHold(MemberTraining.FormOf(trained, rows, options.Penalty is null) == StepForm.Dual ? rows : trained.LongCount))
        {
            if (options.Kernel is null || KernelMemory.Refusal(rows, shape.InputSize, rates, options.Kernel, options.Run) is not { } refusal) return;
            throw new MemoryRefusedException(refusal);
        }

        throw new MemoryRefusedException(new MemoryRefusal(
            string.Create(CultureInfo.InvariantCulture, $"Training an ensemble of {options.Members} networks with {shape.HiddenSize} hidden units on {rows} rows with {shape.InputSize} features ({shape.ParameterCount} parameters each)"),
            bytes,
            options.Run.MemoryLimit,
            [MemoryRemedy.SingleNetwork, MemoryRemedy.FewerHiddenUnits, MemoryRemedy.FewerFeatures, MemoryRemedy.FewerRows, MemoryRemedy.RaiseLimit]));
    }
}
