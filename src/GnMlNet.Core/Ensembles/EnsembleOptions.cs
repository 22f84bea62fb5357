using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>Everything that can be chosen about training an ensemble.</summary>
public sealed record EnsembleOptions
{
    /// <summary>K, the number of networks; at least 2. From 8 on, if even, every row is left out by two of them.</summary>
    public int Members { get; init; } = Defaults.Members;

    /// <summary>Size, seed, threads and memory; <see cref="Defaults.HiddenUnits"/> hidden units of every member where no number is given, or as many as those of the ensemble that training goes on from.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>The kernel block beside the networks, weighed against them by left-out rows; null for networks alone.</summary>
    public KernelOptions? Kernel { get; init; } = new();

    /// <summary>lambda, a fixed penalty on the squared weights (without biases), in standardized units, at least 0; null for one that adapts by evidence.</summary>
    public double? Penalty { get; init; }

    /// <summary>
    /// How much the error of a row counts. With <see cref="RegressionLoss.Huber"/> rows with outlying labels have less weight in all that is trained and chosen; prediction intervals are
    /// calibrated on all rows as they are.
    /// </summary>
    public RegressionLoss Loss { get; init; }

    /// <summary>What labels can be at all, to which predictions and intervals are confined; a training label outside is refused.</summary>
    public LabelBounds Bounds { get; init; } = LabelBounds.None;

    /// <summary>The greatest number of iterations; at least 0.</summary>
    public int MaximumIterations { get; init; } = Defaults.MaximumIterations;

    /// <summary>Whether each member, once the number of iterations is chosen, goes on for a tenth of it with all rows, those too that it left out.</summary>
    public bool FinishWithAllRows { get; init; } = true;

    /// <summary>What prediction intervals are calibrated on, or none; without them the ensemble takes less memory.</summary>
    public IntervalKind Intervals { get; init; } = IntervalKind.Ensemble;

    /// <summary>The share of new rows that an interval is to hold; in (0, 1).</summary>
    public double IntervalLevel { get; init; } = Defaults.IntervalLevel;

    /// <summary>With <see cref="IntervalKind.HeldOutRows"/>: the fraction of the rows, drawn at random, that nothing is trained on and that calibrates the intervals; in (0, 1).</summary>
    public double CalibrationFraction { get; init; } = Defaults.CalibrationFraction;

    /// <summary>The fraction of the rows, drawn at random, that is held out to choose the number of iterations when the caller gives no validation rows; in [0, 1).</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Who trains the members in place of this process, or passes over the rows of a large table, from <see cref="EnsembleTraining.LeastStreamedRows"/> rows on; null for nobody. The result does not depend on it.</summary>
    public TableSharing? Sharing { get; init; }

    /// <summary>How many groups rows must be of where they have groups: one to train on, one to leave out, and one for each split that holds some out.</summary>
    /// <param name="hasValidation">Whether there are validation rows, with which none are held out.</param>
    public int LeastGroups(bool hasValidation) => LeastTrainingGroups + (Validates(hasValidation) ? 1 : 0) + (Intervals == IntervalKind.HeldOutRows ? 1 : 0);

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option, which the exception names, is out of its range.</exception>
    /// <exception cref="ArgumentNullException"><see cref="Run"/>, its activation or <see cref="Bounds"/> is null.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Run);
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 2);
        ArgumentNullException.ThrowIfNull(Bounds);
        if (!Enum.IsDefined(Loss)) throw new ArgumentOutOfRangeException(nameof(Loss), Loss, "There is no such loss.");
        if (!(IntervalLevel is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(IntervalLevel), IntervalLevel, "The level of intervals must be above 0 and below 1.");
        if (!(CalibrationFraction is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(CalibrationFraction), CalibrationFraction, "The fraction of rows that calibrate intervals must be above 0 and below 1.");
        MemberOptions(Run.HiddenUnits).Validate();
        Kernel?.Validate();
    }

    /// <summary>How many groups must be left to train on: one of them is left out by each member.</summary>
    internal const int LeastTrainingGroups = 2;

    /// <summary>Whether some of the training rows are held out for validation.</summary>
    internal bool Validates(bool hasValidation) => !hasValidation && ValidationFraction > 0;

    /// <summary>How a member is trained: it ends only when the ensemble does.</summary>
    internal TrainingOptions MemberOptions(int? hiddenUnits) => new()
    {
        Run = Run with { HiddenUnits = hiddenUnits },
        Penalty = Penalty ?? 0,
        AdaptPenalty = Penalty is null,
        MaximumIterations = MaximumIterations,
        GradientTolerance = 0,
        StepTolerance = 0,
        LossTolerance = 0,
        StaysSampled = true,
        ValidationFraction = ValidationFraction,
    };

    /// <summary>The values of the options that are not set.</summary>
    public static class Defaults
    {
        private const int ManyRows = 3000;
        private const int FewUnits = 30;
        private const int ManyUnits = 50;
        private const int LeastUnits = 5;
        private const int MostParameters = 2000;

        /// <summary>The default of <see cref="EnsembleOptions.Members"/>.</summary>
        public const int Members = 10;

        /// <summary>The default of <see cref="EnsembleOptions.MaximumIterations"/>.</summary>
        public const int MaximumIterations = 300;

        /// <summary>The default of <see cref="EnsembleOptions.IntervalLevel"/>.</summary>
        public const double IntervalLevel = 0.9;

        /// <summary>The default of <see cref="EnsembleOptions.CalibrationFraction"/>.</summary>
        public const double CalibrationFraction = 0.2;

        /// <summary>
        /// The number of hidden units: 30 below 3,000 rows, 50 from there on; fewer, but at least 5, where the network
        /// would have more than 2,000 parameters, since time grows with their square and cube.
        /// </summary>
        /// <param name="rows">n, the number of training rows.</param>
        /// <param name="inputs">d, the number of features.</param>
        public static int HiddenUnits(long rows, int inputs) =>
            Math.Min(rows < ManyRows ? FewUnits : ManyUnits, Math.Max(LeastUnits, MostParameters / (inputs + 2)));
    }
}
