using System.Globalization;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;
using GnMlNet.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace GnMlNet;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> that predicts a target with a neural network of one hidden layer trained by Gauss-Newton.
/// </summary>
/// <remarks>
/// <para>To create this trainer, use <see cref="GaussNewtonRegressionCatalog.GaussNewtonRegression(RegressionCatalog.RegressionTrainers, string, string, string, int?, double?, int?)"/>
/// or <see cref="GaussNewtonRegressionCatalog.GaussNewtonRegression(RegressionCatalog.RegressionTrainers, Options)"/>.</para>
/// <para>Input and output columns: the label column must be <see cref="float"/>, the feature column a known-size vector of <see cref="float"/>,
/// the optional example weight column <see cref="float"/>. The fitted transformer adds the column <c>Score</c> (<see cref="float"/>), the prediction, and for an
/// ensemble <c>Lower</c>, <c>Upper</c> and <c>StandardDeviation</c>: the prediction interval and the root mean square error to expect
/// (<see cref="Options.Intervals"/> turns them off).
/// Rows with a missing or infinite label, feature or weight, or a weight that is not positive, are skipped and counted in a warning; the prediction for a row with a missing or infinite feature is NaN in every column.
/// A label column of the name of a column that the model adds is refused, since metrics would not see it. <see cref="Options.GroupColumnName"/> names a column of rows that belong together.</para>
/// <para>Trainer characteristics:</para>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Regression</description></item>
/// <item><term>Is normalization required?</term><description>No: features and label are standardized inside, and the saved network takes them as they are</description></item>
/// <item><term>Is caching required?</term><description>No: the data are read once</description></item>
/// <item><term>Validation set, warm start, example weights</term><description>Yes</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>GnMlNet</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes</description></item>
/// </list>
/// <para>Training algorithm details: the network y(x) = v_0 + sum_i v_i sigma(b_i + w_i . x) minimizes the weighted mean squared error plus a penalty
/// on the squared weights. Each iteration linearizes the network in its parameters and solves the resulting linear least squares problem
/// (Gauss-Newton), with Levenberg-Marquardt damping that adapts by Nielsen's rule; a step is taken only if it lowers the loss.
/// Memory grows with the square of the number of parameters, so a problem that does not fit is refused before training starts.</para>
/// <para>Beside the networks of an ensemble stands a kernel block (<see cref="Options.Kernel"/>): the limit of networks of infinitely many cosine units whose hidden weights stay at their random start,
/// with a kernel that the evidence of the rows chooses. Rows that neither side saw weigh the two. The saved model then holds features and labels of training rows; with <c>Kernel = null</c> it holds none. The score has kinks
/// where features, predictions or outliers among the members are cut off and, in the Laplace part of the kernel, at training rows; <see cref="Core.Kernels.KernelOptions.Smooth"/> leaves them all out.</para>
/// <para>With <see cref="Options.Flow"/> the network has no biases and is trained by the Gauss-Newton flow of Cayci (Gauss-Newton dynamics for neural networks:
/// a Riemannian optimization perspective), and the model holds the quantities of its theory along the way.</para>
/// </remarks>
public sealed partial class GaussNewtonRegressionTrainer
    : TrainerEstimatorBase<RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>, GaussNewtonRegressionModelParameters>
{
    internal const string LoadName = "GaussNewtonRegression";

    // More tell no better whether some are far from the others.
    private const int MostLabelsLookedAt = 1_000_000;

    private readonly Options _options;

    internal GaussNewtonRegressionTrainer(IHostEnvironment environment, Options options)
        : base(
            environment.Register(LoadName),
            TrainerUtils.MakeR4VecFeature(options.FeatureColumnName),
            TrainerUtils.MakeR4ScalarColumn(options.LabelColumnName),
            TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
    {
        options.Check(Host);
        _options = options.Copy();
    }

    /// <summary>What the trainer needs and supports.</summary>
    public override TrainerInfo Info { get; } = new(normalization: false, caching: false, supportValid: true, supportIncrementalTrain: true);

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    /// <summary>Trains with early stopping on a validation set: the weights with the least validation error are kept.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows.</param>
    public RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        TrainTransformer(trainData, validationData);

    /// <summary>Continues training from a trained model (a warm start).</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="initialModel">A model with the same numbers of features and hidden units and the same activation.</param>
    public RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Fit(IDataView trainData, GaussNewtonRegressionModelParameters initialModel) =>
        TrainTransformer(trainData, initPredictor: initialModel);

    /// <summary>Continues training from a trained model with early stopping on a validation set.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows.</param>
    /// <param name="initialModel">A model with the same numbers of features and hidden units and the same activation.</param>
    public RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Fit(
        IDataView trainData, IDataView validationData, GaussNewtonRegressionModelParameters initialModel) =>
        TrainTransformer(trainData, validationData, initialModel);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        CheckLabelName();
        CheckGroupColumn(inputSchema);
        return
        [
            .. ScoreMapper.ColumnNames(_options.HasIntervals).Select(name => new SchemaShape.Column(
                name,
                SchemaShape.Column.VectorKind.Scalar,
                NumberDataViewType.Single,
                isKey: false,
                name == DefaultColumnNames.Score ? new SchemaShape(AnnotationUtils.GetTrainerOutputAnnotation()) : null)),
        ];
    }

    /// <inheritdoc/>
    protected override RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> MakeTransformer(
        GaussNewtonRegressionModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override GaussNewtonRegressionModelParameters TrainModelCore(TrainContext trainContext)
    {
        CheckLabelName();
        CheckGroupColumn(SchemaShape.Create(trainContext.TrainingSet.Schema.Schema));
        using IChannel channel = Host.Start("Training");
        int seed = _options.Seed ?? Host.Rand.Next();
        RunOptions run = _options.ToRunOptions(seed);
        var reader = new RowReader(Host, channel, run.HiddenUnits ?? 1, run.MemoryLimit);
        if (_options.Flow is not null) return TrainByFlow(trainContext, reader, channel, seed);

        RegressionData? validation = trainContext.ValidationSet is null ? null : reader.Read(trainContext.ValidationSet, "validation");
        if (_options.IsEnsemble)
        {
            using TrainingRows rows = _options.Sharing is { ReadsRowsAnew: true } ? reader.Stream(trainContext.TrainingSet, _options.GroupColumnName) : reader.Spool(trainContext.TrainingSet, run, _options.GroupColumnName);
            return Train(trainContext, rows.InputSize, initial => TrainEnsemble(rows, validation, initial?.Ensemble, reader, channel, seed));
        }

        RegressionData training = reader.Read(trainContext.TrainingSet, "training", _options.GroupColumnName);
        return Train(trainContext, training.InputSize, initial => TrainNetwork(training, validation, (initial?.Trained as SingleNetworkModel)?.Network, channel, seed));
    }

    private GaussNewtonRegressionModelParameters Train(TrainContext trainContext, int inputSize, Func<GaussNewtonRegressionModelParameters?, TrainedModel> train)
    {
        GaussNewtonRegressionModelParameters? initial = InitialModel(trainContext.InitialPredictor, inputSize);
        try
        {
            return new GaussNewtonRegressionModelParameters(Host, train(initial));
        }
        catch (MemoryRefusedException refused)
        {
            throw MemoryAdvice.Except(Host, refused);
        }
        catch (TemporaryFileException error)
        {
            throw Host.Except(error, error.Message);
        }
        catch (CheckpointRefusedException refused)
        {
            throw CheckpointAdvice.Except(Host, refused);
        }
    }

    /// <summary>Refuses labels that contradict the bounds.</summary>
    private void CheckBounds(RegressionData data, string purpose)
    {
        try
        {
            _options.Bounds.Check(data, purpose);
        }
        catch (ArgumentException error)
        {
            throw Host.Except($"{error.Message} The options are {nameof(Options.LowerBound)} and {nameof(Options.UpperBound)}.");
        }
    }

    /// <summary>Refuses a label that a column of the model would hide: metrics would compare the score with that column.</summary>
    private void CheckLabelName()
    {
        if (!ScoreMapper.ColumnNames(_options.HasIntervals).Contains(LabelColumn.Name)) return;
        string way = LabelColumn.Name == DefaultColumnNames.Score ? "" : $", or set {nameof(Options.Intervals)} to {nameof(IntervalKind.None)}";
        throw Host.ExceptUserArg(
            nameof(Options.LabelColumnName),
            $"The model adds a column '{LabelColumn.Name}', which would hide the label column of that name from Evaluate and CrossValidate. Copy the label to another name, for example with mlContext.Transforms.CopyColumns(\"Target\", \"{LabelColumn.Name}\"){way}.");
    }

    private void CheckGroupColumn(SchemaShape schema)
    {
        if (_options.GroupColumnName is not { } name || _options.Flow is not null) return;
        if (!schema.TryFindColumn(name, out SchemaShape.Column column)) throw Host.ExceptUserArg(nameof(Options.GroupColumnName), $"There is no group column '{name}'.");
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !(column.IsKey || GroupReader.CanRead(column.ItemType)))
            throw Host.ExceptUserArg(nameof(Options.GroupColumnName), $"The group column '{name}' holds {column.GetTypeString()}; it must hold one key, text, number, truth value or time a row.");
    }

    private SingleNetworkModel TrainNetwork(RegressionData training, RegressionData? validation, Network? initial, IChannel channel, int seed)
    {
        TrainingOptions options = _options.ToTrainingOptions(seed);
        CheckTable(training, validation, options.LeastGroups(validation is not null), channel);
        if (_options.Loss == RegressionLoss.Huber) training = RobustWeights.Measure(training, options.Run, _options.CancellationToken).ApplyTo(training);
        using var progress = new ChannelProgress(Host, channel, options.MaximumIterations, _options.Progress, _options.StageProgress, _options.Checkpoint?.Progress);
        TrainingResult result = NetworkTraining.Train(training, options, validation, initial, Control(progress));
        progress.ReportEnd(result.StepForm, result.Termination);
        return new SingleNetworkModel(result.Network, _options.Bounds, Record(result.Termination, result.StepForm, result.BestIteration, result.History));
    }

    private EnsembleModel TrainEnsemble(TrainingRows rows, RegressionData? validation, NetworkEnsemble? initial, RowReader reader, IChannel channel, int seed)
    {
        EnsembleOptions options = _options.ToEnsembleOptions(seed);
        bool streams = EnsembleTraining.PassesOver(rows.RowCount, options, validation is not null);
        RegressionData? training = streams ? null : reader.ToTable(rows);
        int least = options.LeastGroups(validation is not null);
        if (training is not null) CheckTable(training, validation, least, channel);
        else CheckSpool(rows, validation, least, channel);
        using var progress = new ChannelProgress(Host, channel, options.MaximumIterations, _options.Progress, _options.StageProgress, _options.Checkpoint?.Progress);
        EnsembleResult result = training is null ? EnsembleTraining.TrainFrom(rows, options, validation, initial, Control(progress)) : EnsembleTraining.Train(training, options, validation, initial, Control(progress));
        progress.ReportEnd(result.StepForm, result.Termination);
        if (rows.HasGroups && result.Ensemble.Intervals is { Quantile: double.PositiveInfinity }) WarnOfFewGroups(rows.GroupCount, channel);
        return new EnsembleModel(result.Ensemble, Record(result.Termination, result.StepForm, result.BestIteration, result.History));
    }

    private void CheckTable(RegressionData training, RegressionData? validation, int leastGroups, IChannel channel)
    {
        if (_options.Loss == RegressionLoss.SquaredError) LabelOutlierWarning.Report(LabelOutliers.Measure(training), training.RowCount, channel);
        CheckBounds(training, "training");
        if (validation is not null) CheckBounds(validation, "validation");
        if (training.HasGroups) CheckGroups(training.RowCount, training.GroupCount, leastGroups);
    }

    private void CheckSpool(TrainingRows rows, RegressionData? validation, int leastGroups, IChannel channel)
    {
        double[] labels = rows.SomeLabels(MostLabelsLookedAt);
        LabelOutlierWarning.Report(LabelOutliers.Measure(labels), labels.Length, channel);
        if (rows.LeastLabel < _options.Bounds.Lower || rows.GreatestLabel > _options.Bounds.Upper)
        {
            throw Host.Except(string.Create(
                CultureInfo.InvariantCulture,
                $"Training labels go from {rows.LeastLabel:G6} to {rows.GreatestLabel:G6}, beyond the bounds: widen the bounds or leave these rows out. The options are {nameof(Options.LowerBound)} and {nameof(Options.UpperBound)}."));
        }

        if (validation is not null) CheckBounds(validation, "validation");
        if (rows.HasGroups) CheckGroups(rows.RowCount, rows.GroupCount, leastGroups);
    }

    private void CheckGroups(long rows, long groups, int least)
    {
        if (groups < least)
            throw Host.ExceptUserArg(nameof(Options.GroupColumnName), $"All {rows} rows are of {groups} {(groups == 1 ? "group" : "groups")} by the column '{_options.GroupColumnName}'; at least {least} are needed to leave some out. Name another column, or none.");
    }

    /// <summary>Says why intervals will be infinite: of few groups none is sure to be as extreme as a new one.</summary>
    private void WarnOfFewGroups(long groups, IChannel channel)
    {
        long calibrating = _options.Intervals == IntervalKind.HeldOutRows ? Math.Max(1, (long)(groups * _options.CalibrationFraction)) : groups;
        double least = Math.Ceiling(_options.IntervalLevel / (1 - _options.IntervalLevel) * (1 - 1e-12));
        channel.Warning(string.Create(
            CultureInfo.InvariantCulture,
            $"Intervals are infinite: a level of {_options.IntervalLevel} needs {least} groups to calibrate on, and there are {calibrating}. Lower {nameof(Options.IntervalLevel)} to less than {calibrating / (calibrating + 1.0):F2}."));
    }

    private TrainingControl Control(ChannelProgress progress) =>
        new() { Progress = progress, Stages = progress, Checkpoint = CheckpointAdvice.Complete(_options, progress), StopToken = _options.StopToken, CancellationToken = _options.CancellationToken };

    private GaussNewtonRegressionModelParameters TrainByFlow(TrainContext trainContext, RowReader reader, IChannel channel, int seed)
    {
        Host.CheckParam(trainContext.ValidationSet is null, "validationData", $"With {nameof(Options.Flow)} training stops at its duration; leave the validation set out.");
        Host.CheckParam(trainContext.InitialPredictor is null, "initialModel", $"With {nameof(Options.Flow)} training starts at random weights; leave the initial model out.");
        RegressionData training = reader.Read(trainContext.TrainingSet, "training");
        using var progress = new FlowChannelProgress(Host, channel, _options.Flow!.Duration, _options.FlowProgress);
        FlowTrainingResult result;
        try
        {
            result = FlowTraining.Train(training, _options.ToFlowTrainingOptions(seed), new FlowControl
            {
                Progress = progress,
                StopToken = _options.StopToken,
                CancellationToken = _options.CancellationToken,
            });
        }
        catch (ArgumentException error)
        {
            throw Host.ExceptUserArg(nameof(Options.Flow), error.Message);
        }
        catch (MemoryRefusedException refused)
        {
            throw MemoryAdvice.Except(Host, refused);
        }

        progress.Report(result);
        var termination = new Termination(StoppingRule.FlowEnded, result.Trajectory.EndTime, result.Trajectory.Options.Duration);
        return new GaussNewtonRegressionModelParameters(Host, new FlowModel(result.Network, result.Trajectory, Record(termination, result.StepForm, bestIteration: 0, history: [])));
    }

    private TrainingRecord Record(Termination termination, StepFormChoice stepForm, int bestIteration, IReadOnlyList<TrainingIteration> history) =>
        new(LabelColumn.Name, termination, stepForm, bestIteration, history);

    private GaussNewtonRegressionModelParameters? InitialModel(IPredictor? predictor, int inputSize)
    {
        if (predictor is null) return null;

        void Check(bool condition, string message) => Host.CheckParam(condition, "initialModel", message);
        var model = predictor as GaussNewtonRegressionModelParameters;
        Check(model is not null, "Must be a model that this trainer made.");
        NetworkMember[] networks = [.. model!.Members.OfType<NetworkMember>()];
        Check(model.InputSize == inputSize, $"It takes {model.InputSize} features; the data have {inputSize}.");
        Check(model.Trained is EnsembleModel || !_options.IsEnsemble, $"It is a plain network; set {nameof(Options.NumberOfNetworks)}, now {_options.NumberOfNetworks}, to 1.");
        Check(networks.Length == 0 || networks.Length == _options.NumberOfNetworks, $"It has {networks.Length} networks; set {nameof(Options.NumberOfNetworks)}, now {_options.NumberOfNetworks}, to the same.");
        Check(model.Trained is not EnsembleModel || _options.IsEnsemble, $"It is an ensemble; set {nameof(Options.NumberOfNetworks)}, now {_options.NumberOfNetworks}, to more than 1.");
        // A block that had all the weight left no networks to start from.
        if (networks.Length == 0) return model;
        Network network = networks[0].Network;
        int units = _options.NumberOfHiddenUnits ?? (_options.IsEnsemble ? network.Shape.HiddenSize : _options.SingleNetworkUnits);
        Check(network.Shape.HiddenSize == units, $"It has {network.Shape.HiddenSize} hidden units; set {nameof(Options.NumberOfHiddenUnits)}, now {units}, to the same.");
        Check(network.Activation == _options.Activation, $"Its activation is {network.Activation}; set {nameof(Options.Activation)}, now {_options.Activation}, to the same.");
        return model;
    }
}
