using System.Globalization;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Trains a cross-fitted ensemble: map the features, let each member leave out a fold of the rows, advance all members together, judge the ensemble by the
/// rows that members left out, keep the iteration that was best, and let the members take some last steps with all rows.
/// </summary>
public static class EnsembleTraining
{
    /// <summary>Trains an ensemble of networks of one hidden layer by Gauss-Newton with Levenberg-Marquardt damping.</summary>
    /// <param name="data">The training rows; at least one. Weights count as rows: a weight of 2 is two rows.</param>
    /// <param name="options">What to train and when to stop.</param>
    /// <param name="validation">
    /// Rows that choose the number of iterations, or null; with null, <see cref="EnsembleOptions.ValidationFraction"/> may take some of the training rows, and
    /// without these the rows that members left out choose it.
    /// </param>
    /// <param name="initial">
    /// An ensemble to go on from (a warm start), or null. Its maps, scale and range are taken over, its members' weights and precisions are the start. Folds
    /// depend on the seed and the number of rows only; where the rows are others than the members saw before, they are left out for good.
    /// </param>
    /// <param name="control">How to watch and end training, or null. Progress is told the means over the members. There is no trace of an ensemble.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no rows, the tables' widths differ, the initial ensemble does not fit the options, or a trace is asked for.</exception>
    /// <exception cref="InvalidOperationException">The problem needs more memory than <see cref="RunOptions.MemoryLimit"/>.</exception>
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
        Network? first = initial?.Members.OfType<NetworkMember>().First().Network;
        var shape = new NetworkShape(data.InputSize, options.Run.HiddenUnits ?? first?.Shape.HiddenSize ?? EnsembleOptions.Defaults.HiddenUnits(data.RowCount, data.InputSize));
        CheckInitial(initial, first, shape, options);
        CheckMemory(shape, data.RowCount, options);
        control.CancellationToken.ThrowIfCancellationRequested();

        var random = new MersenneTwister(options.Run.Seed);
        (data, validation) = NetworkTraining.HoldOut(data, validation, options.ValidationFraction, random);
        Standardization units = Standardization.Measure(data);
        IReadOnlyList<FeatureMap> maps = initial?.Maps ?? [FeatureMap.Plain(units), FeatureMap.Bent(units, data)];
        ColumnScale label = initial?.Label ?? units.Label;
        RegressionData[] views = [.. maps.Select(map => map.Map(data, label))];
        RegressionData[]? validationViews = validation is null ? null : [.. maps.Select(map => map.Map(validation, label))];

        CrossFitting folds = CrossFitting.Draw(data.RowCount, options.Members, random);
        MemberTraining[] members = BeginMembers(views, folds, shape, options, initial, random, control);
        var run = new LockstepRun(members, views[0], validationViews, options, control);
        Termination termination = run.Train();

        bool keepsLeverage = options.Intervals != IntervalKind.None && IntervalCalibration.KeepsLeverage(options.Members, shape.ParameterCount);
        PredictionIntervals? intervals = options.Intervals == IntervalKind.None ? null : run.Calibrate(keepsLeverage);
        bool finishes = options.FinishWithAllRows && folds.LeavesRowsOut && termination.Rule != StoppingRule.StoppedByCaller;
        NetworkMember[] final = finishes ? FinalSteps.Take(members, views, run.BestIteration, keepsLeverage, options, control) : [.. members.Select(member => member.Kept!)];
        var ensemble = new NetworkEnsemble(maps, final, label, run.Least, run.Greatest) { Intervals = intervals, Relevance = SlopeMeasure.Of(final, views) };
        StepFormChoice form = StepFormChoice.Choose(new TrainedParameters(shape), data.RowCount, options.Run.MemoryLimit) with { Form = StepForm.Primal };
        return new EnsembleResult(ensemble, termination, run.History, run.BestIteration, form);
    }

    /// <summary>The members at their starting points: the first half of them sees the first map, or each its own of the initial ensemble.</summary>
    private static MemberTraining[] BeginMembers(
        RegressionData[] views, CrossFitting folds, NetworkShape shape, EnsembleOptions options, NetworkEnsemble? initial, Random random, TrainingControl control)
    {
        var members = new MemberTraining[options.Members];
        for (int k = 0; k < members.Length; k++)
        {
            var from = initial?.Members[k] as NetworkMember;
            int map = from?.Map ?? k * views.Length / members.Length;
            members[k] = new MemberTraining(map, views[map], folds.TrainingRows(k), folds.LeftOutRows(k), options.MemberOptions(shape.HiddenSize), control);
            members[k].Begin(from?.Network.Parameters.ToArray() ?? Initialization.DrawSpread(shape, random), from?.Evidence);
        }

        return members;
    }

    private static void CheckInitial(NetworkEnsemble? initial, Network? first, NetworkShape shape, EnsembleOptions options)
    {
        if (initial is null) return;
        if (initial.Members.Count != options.Members)
            throw new ArgumentException($"The initial ensemble has {initial.Members.Count} members; the options ask for {options.Members}.", nameof(initial));
        NetworkTraining.CheckInitial(first, shape, options.Run.Activation);
    }

    private static void CheckMemory(NetworkShape shape, long rows, EnsembleOptions options)
    {
        var trained = new TrainedParameters(shape);
        // At the end each thread has a member on all rows beside those that left some out.
        double bytes = (options.Members + Math.Min(options.Run.Threads, options.Members)) * MemberTraining.Bytes(trained, rows);
        if (bytes <= options.Run.MemoryLimit && SymmetricMatrix.CanHold(trained.LongCount)) return;

        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Training an ensemble of {options.Members} networks with {shape.HiddenSize} hidden units on {shape.InputSize} features ({shape.ParameterCount} parameters each) needs {bytes:F0} bytes of memory for {rows} rows; the limit is {options.Run.MemoryLimit} bytes. Use a single network, fewer hidden units, features or rows, or raise the memory limit."));
    }
}
