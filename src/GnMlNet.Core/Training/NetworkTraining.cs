using System.Globalization;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Training;

/// <summary>
/// Trains a network on a table: standardize, initialize, minimize by Gauss-Newton, and fold the scaling back into the weights.
/// </summary>
public static class NetworkTraining
{
    /// <summary>Trains a network of one hidden layer by Gauss-Newton with Levenberg-Marquardt damping.</summary>
    /// <param name="data">The training rows; at least one.</param>
    /// <param name="options">What to train and when to stop.</param>
    /// <param name="validation">Rows for early stopping, or null; with null, <see cref="TrainingOptions.ValidationFraction"/> may take some of the training rows.</param>
    /// <param name="initial">A network to start from instead of random weights (a warm start), or null; used for the first start only.</param>
    /// <param name="control">How to watch and end training, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no rows, the tables' widths differ, or the initial network is of another shape or activation.</exception>
    /// <exception cref="MemoryRefusedException">The problem needs more memory than <see cref="RunOptions.MemoryLimit"/>.</exception>
    /// <exception cref="CheckpointRefusedException">The checkpoint that is to be gone on from is of another table, of other options, or of another kind of machine.</exception>
    /// <exception cref="FormatException">That checkpoint is damaged, or of another version of the format.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><see cref="RunControl{T}.CancellationToken"/> was cancelled.</exception>
    public static TrainingResult Train(
        RegressionData data,
        TrainingOptions options,
        RegressionData? validation = null,
        Network? initial = null,
        TrainingControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        control ??= new TrainingControl();
        if (control is { Recorder: not null, Checkpoint: not null }) throw new ArgumentException("A trace holds a whole run: train without checkpoints where one is written.", nameof(control));
        var shape = new NetworkShape(data.InputSize, options.HiddenUnits, options.Biases);
        CheckRows(data, validation);
        CheckInitial(initial, shape, options.Run.Activation);
        CheckGroups(data, options.LeastGroups(validation is not null));
        var trained = new TrainedParameters(shape, options.TrainOutputLayer);
        RunCheckpoints? checkpoints = RunCheckpoints.Of(control.Checkpoint, settings => new RunOrigin(TrainingSettings.Of(options).Concat(settings), new TableSource(data), validation, TrainingSettings.Of(initial)));
        var memory = new MemoryRequirement(shape, data.RowCount + (validation?.RowCount ?? 0L));
        CheckMemory(memory, options.Run.MemoryLimit);
        control.CancellationToken.ThrowIfCancellationRequested();

        var random = new MersenneTwister(options.Run.Seed);
        (data, validation) = HoldOut(data, validation, options.ValidationFraction, random);
        Standardization? units = options.Standardize ? Standardization.Measure(data) : null;
        if (options.ApproximateCurvature && SamplingPolicy.Applies(data.Blocks.Count, trained.LongCount)) data = data.Shuffle(random);
        PenalizedLeastSquares Objective(BlockedRows rows) =>
            new(rows, shape, options.Run.Activation, options.Penalty, options.Run.Threads, options.TrainOutputLayer);
        PenalizedLeastSquares? validationObjective = validation is null ? null : Objective(BlockedRows.Of(validation, units));
        var rows = BlockedRows.Of(data, units);
        PenalizedLeastSquares objective = Objective(rows);
        StepFormChoice form = ChooseForm(options, trained, data.RowCount, options.Run.MemoryLimit - memory.BytesWithoutStep);
        var optimizer = new LevenbergMarquardt(objective, form.Form, DampingMetric.TemperedDiagonal, options, control);
        control.Recorder?.Begin(rows, units, shape, options, form, optimizer.InexactPhase);

        var starts = new RepeatedStarts(optimizer, () => new ValidationMonitor(validationObjective, options.Patience), checkpoints, optimizer.InexactPhase == InexactPhase.None ? $"{form.Form}" : $"{form.Form} with inexact steps");
        starts.Train(options.Starts, start => start == 0 && initial is not null ? units?.ToStandardizedUnits(initial) ?? initial.Parameters.ToArray() : Initialization.Draw(shape, random));
        StartedRun best = starts.Best!;
        double[] parameters = best.Monitor.BestParameters;
        Network network = units?.ToRawUnits(shape, options.Run.Activation, parameters) ?? new Network(shape, options.Run.Activation, parameters);
        return new TrainingResult(network, best.Termination, best.History, best.Monitor.BestIteration, form, best.Evidence);
    }

    private static StepFormChoice ChooseForm(TrainingOptions options, TrainedParameters trained, long rows, double memoryLimit)
    {
        StepFormChoice choice = StepFormChoice.Choose(trained, rows, memoryLimit);
        if (!options.AdaptPenalty) return choice;

        // The evidence needs the inverse of A.
        double bytes = NormalSystem.Bytes(trained) + EvidenceRegularization.Bytes(trained);
        if (bytes > memoryLimit || !SymmetricMatrix.CanHold(trained.LongCount))
        {
            throw new MemoryRefusedException(new MemoryRefusal(
                string.Create(CultureInfo.InvariantCulture, $"A penalty of {trained.LongCount} parameters that adapts by evidence, beside the rows,"),
                bytes,
                memoryLimit,
                [MemoryRemedy.FewerHiddenUnits, MemoryRemedy.FewerFeatures, MemoryRemedy.FixedPenalty, MemoryRemedy.RaiseLimit]));
        }

        return choice with { Form = StepForm.Primal };
    }

    /// <summary>Throws where there are no rows or validation rows are of another width.</summary>
    internal static void CheckRows(RegressionData data, RegressionData? validation)
    {
        if (data.RowCount == 0) throw new ArgumentException("There are no training rows.", nameof(data));
        if (validation is null) return;
        if (validation.RowCount == 0) throw new ArgumentException("The validation table has no rows; pass null for training without one.", nameof(validation));
        if (validation.InputSize != data.InputSize)
            throw new ArgumentException($"The validation rows have {validation.InputSize} features, the training rows {data.InputSize}.", nameof(validation));
    }

    private static void CheckMemory(MemoryRequirement requirement, long limit)
    {
        if (requirement.Refusal(limit) is { } refusal) throw new MemoryRefusedException(refusal);
    }

    /// <summary>Throws where the network to start from is of another shape or activation.</summary>
    internal static void CheckInitial(Network? initial, NetworkShape shape, Activation activation)
    {
        if (initial is null) return;
        if (initial.Shape != shape)
        {
            throw new ArgumentException(
                $"The initial network has {initial.Shape.InputSize} inputs and {initial.Shape.HiddenSize} hidden units; the data and options ask for {shape.InputSize} and {shape.HiddenSize}.",
                nameof(initial));
        }

        if (initial.Activation != activation)
            throw new ArgumentException($"The initial network's activation is {initial.Activation}; the options ask for {activation}.", nameof(initial));
    }

    /// <summary>Throws where rows have groups, but fewer than needed.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="least">How many groups are needed.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    internal static void CheckGroups(RegressionData data, int least)
    {
        if (data.HasGroups && data.GroupCount < least)
            throw new ArgumentException($"The {data.RowCount} rows are of {data.GroupCount} {(data.GroupCount == 1 ? "group" : "groups")}, and at least {least} are needed to leave some out; take another column as group, or none.", nameof(data));
    }

    /// <summary>Takes a fraction of the groups, where there are some, or else of the rows, at random, for validation where there are no validation rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="validation">Validation rows, with which nothing is taken, or null.</param>
    /// <param name="fraction">The fraction, in [0, 1). At least one group is taken unless it is 0.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="leastGroups">How many groups must be left, where there are some.</param>
    internal static (RegressionData Training, RegressionData? Validation) HoldOut(RegressionData data, RegressionData? validation, double fraction, Random random, int leastGroups = 1)
    {
        if (validation is not null) return (data, validation);
        int groups = data.GroupCount, count = (int)(groups * fraction);
        if (data.HasGroups && fraction > 0) count = Math.Clamp(count, 1, groups - leastGroups);
        return count == 0 ? (data, null) : data.Split(count, random);
    }
}
