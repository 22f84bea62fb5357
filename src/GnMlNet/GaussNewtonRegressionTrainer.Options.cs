using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace GnMlNet;

public sealed partial class GaussNewtonRegressionTrainer
{
    /// <summary>
    /// Options for the <see cref="GaussNewtonRegressionTrainer"/>. The defaults are those of <see cref="EnsembleOptions.Defaults"/> and, for a single network, of <see cref="TrainingOptions.Defaults"/>.
    /// </summary>
    public sealed class Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// The column whose equal values say which rows belong together, such as a specimen, a machine or a patient, or null. No fold, validation split or calibration cuts a group, so that the errors that choose
        /// iterations and weights, and the intervals, are those of rows of new groups. Keys, texts, numbers, truth values and times will do; a row whose value is missing (NaN, the missing key, an empty text) is a group of its own.
        /// Predictions do not need the column, and validation rows that are given do not either. It has no meaning with <see cref="Flow"/>.
        /// </summary>
        public string? GroupColumnName;

        /// <summary>
        /// How many networks are trained and averaged, at least 1. 1 trains one plain network: without prediction intervals, on all rows, by the options of
        /// convergence and early stopping below. It has no meaning with <see cref="Flow"/>.
        /// </summary>
        public int NumberOfNetworks = EnsembleOptions.Defaults.Members;

        /// <summary>
        /// The kernel block beside the networks, weighed against them by rows that neither saw: functions centred on the training rows, which express rough tables where networks cannot; the model then
        /// holds features and labels of training rows. Null trains networks alone and keeps no row. <see cref="KernelOptions.Smooth"/> gives a score with derivatives everywhere. It has no meaning for a single network and with <see cref="Flow"/>.
        /// </summary>
        public KernelOptions? Kernel = new();

        /// <summary>What prediction intervals are calibrated on, or none: then the only output column is <c>Score</c>. A single network has none.</summary>
        public IntervalKind Intervals = IntervalKind.Ensemble;

        /// <summary>The share of new rows whose label lies between <c>Lower</c> and <c>Upper</c>; above 0 and below 1.</summary>
        public double IntervalLevel = EnsembleOptions.Defaults.IntervalLevel;

        /// <summary>With <see cref="IntervalKind.HeldOutRows"/>: the fraction of the rows that nothing is trained on and that calibrates the intervals; above 0 and below 1.</summary>
        public double CalibrationFraction = EnsembleOptions.Defaults.CalibrationFraction;

        /// <summary>
        /// How much the error of a row counts: its square, or with <see cref="RegressionLoss.Huber"/> hardly more than linearly where a label lies far from what other rows make it, so that wrong labels
        /// do not pull the predictions. It has no meaning with <see cref="Flow"/>.
        /// </summary>
        public RegressionLoss Loss = RegressionLoss.SquaredError;

        /// <summary>
        /// The least label that there can be, such as 0 for a count, as the nearest <see cref="float"/>; null for no bound. <c>Score</c>, <c>Lower</c> and <c>Upper</c> are confined to it, and a training label beyond it is
        /// refused. Finite, and below <see cref="UpperBound"/>. It has no meaning with <see cref="Flow"/>.
        /// </summary>
        public double? LowerBound;

        /// <summary>The greatest label that there can be, as the nearest <see cref="float"/>; null for no bound. Finite, and above <see cref="LowerBound"/>; else like it.</summary>
        public double? UpperBound;

        /// <summary>
        /// The number of hidden units of each network, at least 1; null means 30 for a single network and for an ensemble on fewer than 3,000 rows, else 50
        /// (fewer where features are so many that a network would have more than 2,000 weights).
        /// </summary>
        public int? NumberOfHiddenUnits;

        /// <summary>The activation function of the hidden units.</summary>
        public Activation Activation = Activation.Tanh;

        /// <summary>
        /// A fixed penalty on squared weights (biases excepted), in units of standardized features and label, at least 0; null means one that adapts by evidence
        /// for an ensemble, and 1e-4 for a single network.
        /// </summary>
        public double? L2Regularization;

        /// <summary>The greatest number of Gauss-Newton iterations from each start, at least 0; null means 300 for an ensemble and 200 for a single network.</summary>
        public int? MaximumNumberOfIterations;

        /// <summary>A single network: training has converged when the largest magnitude in the gradient is at most this; at least 0.</summary>
        public double GradientTolerance = TrainingOptions.Defaults.GradientTolerance;

        /// <summary>A single network: training has converged when the step is at most this long, as a fraction of the weights' norm; at least 0.</summary>
        public double StepTolerance = TrainingOptions.Defaults.StepTolerance;

        /// <summary>A single network: training has converged when the loss fell by at most this fraction over ten iterations; at least 0, where 0 switches the rule off.</summary>
        public double LossTolerance = TrainingOptions.Defaults.LossTolerance;

        /// <summary>
        /// The fraction of the training rows, drawn at random, held out for early stopping when <see cref="Fit(Microsoft.ML.IDataView, Microsoft.ML.IDataView)"/>
        /// gets no validation set; at least 0 and below 1, where 0 holds none out. Validation rows choose an ensemble's number of iterations, which else the rows
        /// that its networks leave out choose.
        /// </summary>
        public double ValidationFraction;

        /// <summary>Early stopping of a single network: how many iterations without a better validation error are waited for; at least 1. It does nothing without validation rows.</summary>
        public int EarlyStoppingPatience = TrainingOptions.Defaults.Patience;

        /// <summary>How many random initializations of a single network are trained, of which the best is kept; at least 1, and 1 for an ensemble.</summary>
        public int NumberOfStarts = TrainingOptions.Defaults.Starts;

        /// <summary>The seed of the initial weights, of an ensemble's folds and of the validation split; null draws one from the <see cref="Microsoft.ML.MLContext"/>.</summary>
        public int? Seed;

        /// <summary>How many threads may work at once, at least 1; null means all processors. The trained model does not depend on it.</summary>
        public int? NumberOfThreads;

        /// <summary>
        /// The most memory, in bytes, that training may ask for, at least 1; null means four fifths of what the process may use. The rows of an ensemble that do not fit, from 65,536 of them on, go into temporary files;
        /// the trained model does not depend on it.
        /// </summary>
        public long? MemoryLimit;

        /// <summary>The folder for temporary files, which are gone when training ends, however that is; null means the system's.</summary>
        public string? TemporaryFolder;

        /// <summary>The most bytes that temporary files may take together, at least 1; null means what the disk has.</summary>
        public long? TemporaryFileLimit;

        /// <summary>
        /// Where training keeps checkpoints, from which it goes on after an interruption with the same bits; null for none. A checkpoint is of its rows and options: set <see cref="Seed"/>, too, since one that is drawn
        /// is another the next time. Must be null with <see cref="Flow"/>.
        /// </summary>
        public CheckpointOptions? Checkpoint;

        /// <summary>
        /// Who trains the networks of an ensemble in place of this process, or passes over the rows of a large table, such as a <c>ClusterSharing</c> of GnMlNet.Cluster; null for nobody. The trained model does not depend on it.
        /// </summary>
        public TableSharing? Sharing;

        /// <summary>
        /// Trains by the paper's Gauss-Newton flow instead: fixed random signs, no biases, nullified output, fixed damping, explicit time steps; null (the default) does not.
        /// Features and label are then taken as they are, so normalize the features before, for example with <c>NormalizeMeanVariance</c>;
        /// the ensemble, penalty, tolerances, iteration limit, early stopping and starts have no meaning.
        /// </summary>
        public FlowOptions? Flow;

        /// <summary>With <see cref="Flow"/>: whether the second half of the units starts as the first with opposite signs; needs an even number of hidden units and positive damping.</summary>
        public bool AntiSymmetricInitialization;

        /// <summary>With <see cref="Flow"/>: told of every recorded point, on the thread that trains.</summary>
        public IProgress<FlowPoint>? FlowProgress;

        /// <summary>Told of every iteration, on the thread that trains.</summary>
        public IProgress<TrainingIteration>? Progress;

        /// <summary>Told when the training of an ensemble enters a stage, on the thread that trains.</summary>
        public IProgress<TrainingStage>? StageProgress;

        /// <summary>When cancelled, training ends after the iteration under way and keeps the best weights so far.</summary>
        public CancellationToken StopToken;

        /// <summary>When cancelled, training throws <see cref="OperationCanceledException"/> within one iteration.</summary>
        public CancellationToken CancellationToken;

        /// <summary>Whether an ensemble is trained.</summary>
        internal bool IsEnsemble => NumberOfNetworks > 1 && Flow is null;

        /// <summary>Whether the model gives prediction intervals.</summary>
        internal bool HasIntervals => IsEnsemble && Intervals != IntervalKind.None;

        /// <summary>What labels can be: labels are floats, so the bounds are taken as such, too.</summary>
        internal LabelBounds Bounds => new((float?)LowerBound ?? double.NegativeInfinity, (float?)UpperBound ?? double.PositiveInfinity);

        /// <summary>The number of hidden units of a single network.</summary>
        internal int SingleNetworkUnits => NumberOfHiddenUnits ?? TrainingOptions.Defaults.HiddenUnits;

        /// <summary>Throws the error of ML.NET's trainers, which names the option, when one is out of its range.</summary>
        internal void Check(IExceptionContext host)
        {
            host.CheckUserArg(NumberOfNetworks >= 1, nameof(NumberOfNetworks), "Must be at least 1.");
            host.CheckUserArg(Enum.IsDefined(Intervals), nameof(Intervals), "Must be one of the kinds of intervals.");
            host.CheckUserArg(IntervalLevel is > 0 and < 1, nameof(IntervalLevel), "Must be above 0 and below 1.");
            host.CheckUserArg(CalibrationFraction is > 0 and < 1, nameof(CalibrationFraction), "Must be above 0 and below 1.");
            if (Kernel is not null) CheckKernel(host, Kernel);
            host.CheckUserArg(Enum.IsDefined(Loss), nameof(Loss), "Must be one of the losses.");
            host.CheckUserArg(LowerBound is not { } lower || float.IsFinite((float)lower), nameof(LowerBound), "Must be a finite float, or null for no bound.");
            host.CheckUserArg(UpperBound is not { } upper || float.IsFinite((float)upper), nameof(UpperBound), "Must be a finite float, or null for no bound.");
            host.CheckUserArg(!((float?)LowerBound >= (float?)UpperBound), nameof(LowerBound), $"Must be below {nameof(UpperBound)}, also as floats.");
            host.CheckUserArg(NumberOfHiddenUnits is null or >= 1, nameof(NumberOfHiddenUnits), "Must be at least 1, or null for a number that depends on the rows.");
            host.CheckUserArg(Activation is not null, nameof(Activation), "Must be one of Activation.All.");
            host.CheckUserArg(L2Regularization is not { } penalty || IsTolerance(penalty), nameof(L2Regularization), "Must be a finite number of at least 0, or null.");
            host.CheckUserArg(MaximumNumberOfIterations is null or >= 0, nameof(MaximumNumberOfIterations), "Must be at least 0, or null.");
            host.CheckUserArg(IsTolerance(GradientTolerance), nameof(GradientTolerance), "Must be a finite number of at least 0.");
            host.CheckUserArg(IsTolerance(StepTolerance), nameof(StepTolerance), "Must be a finite number of at least 0.");
            host.CheckUserArg(IsTolerance(LossTolerance), nameof(LossTolerance), "Must be a finite number of at least 0.");
            host.CheckUserArg(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), "Must be at least 0 and below 1.");
            host.CheckUserArg(EarlyStoppingPatience >= 1, nameof(EarlyStoppingPatience), "Must be at least 1.");
            host.CheckUserArg(NumberOfStarts >= 1, nameof(NumberOfStarts), "Must be at least 1.");
            host.CheckUserArg(!IsEnsemble || NumberOfStarts == 1, nameof(NumberOfStarts), $"Must be 1 for an ensemble, whose networks start differently anyway; or set {nameof(NumberOfNetworks)} to 1.");
            host.CheckUserArg(Flow is not null || !AntiSymmetricInitialization, nameof(AntiSymmetricInitialization), $"Needs {nameof(Flow)}.");
            if (Flow is not null) CheckFlow(host, Flow);
            if (Checkpoint is not null) CheckCheckpoint(host, Checkpoint);
            host.CheckUserArg(NumberOfThreads is null or >= 1, nameof(NumberOfThreads), "Must be at least 1, or null for all processors.");
            host.CheckUserArg(MemoryLimit is null or >= 1, nameof(MemoryLimit), "Must be at least 1 byte, or null for four fifths of the memory.");
            host.CheckUserArg(TemporaryFolder is null || Directory.Exists(TemporaryFolder), nameof(TemporaryFolder), "Must be a folder that is there, or null for the system's.");
            host.CheckUserArg(TemporaryFileLimit is null or >= 1, nameof(TemporaryFileLimit), "Must be at least 1 byte, or null for what the disk has.");
        }

        /// <summary>The choices that every kind of training shares, in the core's terms.</summary>
        /// <param name="seed">The seed to use where <see cref="Seed"/> is null.</param>
        internal RunOptions ToRunOptions(int seed) => new()
        {
            HiddenUnits = IsEnsemble ? NumberOfHiddenUnits : SingleNetworkUnits,
            Activation = Activation,
            Seed = Seed ?? seed,
            Threads = NumberOfThreads ?? Environment.ProcessorCount,
            MemoryLimit = MemoryLimit ?? RunOptions.DefaultMemoryLimit,
            TemporaryFolder = TemporaryFolder,
            TemporaryFileLimit = TemporaryFileLimit ?? long.MaxValue,
        };

        /// <summary>The choices for the paper's flow in the core's terms.</summary>
        internal FlowTrainingOptions ToFlowTrainingOptions(int seed) => new() { Run = ToRunOptions(seed), AntiSymmetric = AntiSymmetricInitialization, Flow = Flow! };

        /// <summary>The choices for an ensemble in the core's terms.</summary>
        internal EnsembleOptions ToEnsembleOptions(int seed) => new()
        {
            Run = ToRunOptions(seed),
            Members = NumberOfNetworks,
            Sharing = Sharing,
            Kernel = Kernel,
            CalibrationFraction = CalibrationFraction,
            Penalty = L2Regularization,
            MaximumIterations = MaximumNumberOfIterations ?? EnsembleOptions.Defaults.MaximumIterations,
            Intervals = Intervals,
            IntervalLevel = IntervalLevel,
            Loss = Loss,
            Bounds = Bounds,
            ValidationFraction = ValidationFraction,
        };

        /// <summary>The choices for a single network in the core's terms.</summary>
        internal TrainingOptions ToTrainingOptions(int seed) => new()
        {
            Run = ToRunOptions(seed),
            Penalty = L2Regularization ?? TrainingOptions.Defaults.Penalty,
            MaximumIterations = MaximumNumberOfIterations ?? TrainingOptions.Defaults.MaximumIterations,
            GradientTolerance = GradientTolerance,
            StepTolerance = StepTolerance,
            LossTolerance = LossTolerance,
            ValidationFraction = ValidationFraction,
            Patience = EarlyStoppingPatience,
            Starts = NumberOfStarts,
        };

        /// <summary>A copy that later changes to this object do not reach. Each trainer keeps one: an estimator never changes.</summary>
        public Options Copy() => (Options)MemberwiseClone();

        private static void CheckKernel(IExceptionContext host, KernelOptions kernel)
        {
            try
            {
                kernel.Validate();
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw host.ExceptUserArg(nameof(Kernel), error.Message);
            }
        }

        private void CheckCheckpoint(IExceptionContext host, CheckpointOptions checkpoint)
        {
            host.CheckUserArg(Flow is null, nameof(Checkpoint), $"Must be null with {nameof(Flow)}, whose training has none.");
            try
            {
                checkpoint.Validate();
            }
            catch (ArgumentException error)
            {
                throw host.ExceptUserArg(nameof(Checkpoint), error.Message);
            }
        }

        private void CheckFlow(IExceptionContext host, FlowOptions flow)
        {
            host.CheckUserArg(!AntiSymmetricInitialization || SingleNetworkUnits % 2 == 0, nameof(NumberOfHiddenUnits), $"Must be even with {nameof(AntiSymmetricInitialization)}.");
            host.CheckUserArg(
                !AntiSymmetricInitialization || flow.Damping > 0, nameof(AntiSymmetricInitialization), $"Makes the Jacobian rank-deficient, so {nameof(Flow)}.{nameof(flow.Damping)} (rho) must be positive.");
            host.CheckUserArg(NumberOfStarts == 1, nameof(NumberOfStarts), $"Must be 1 with {nameof(Flow)}.");
            host.CheckUserArg(Loss == RegressionLoss.SquaredError, nameof(Loss), $"Must be {nameof(RegressionLoss.SquaredError)} with {nameof(Flow)}, which has the paper's loss.");
            host.CheckUserArg(LowerBound is null && UpperBound is null, nameof(LowerBound), $"Must be null with {nameof(Flow)}, as must {nameof(UpperBound)}: the paper's network is not confined.");
            host.CheckUserArg(ValidationFraction == 0, nameof(ValidationFraction), $"Must be 0 with {nameof(Flow)}, which stops at its duration.");
            try
            {
                // Sizes are checked against the data later.
                flow.Validate(parameterCount: 1, outputCount: 1);
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw host.ExceptUserArg(nameof(Flow), error.Message);
            }
        }

        private static bool IsTolerance(double value) => double.IsFinite(value) && value >= 0;
    }
}
