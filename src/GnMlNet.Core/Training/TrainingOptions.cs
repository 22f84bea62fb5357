namespace GnMlNet.Core.Training;

/// <summary>Everything that can be chosen about training a network.</summary>
public sealed record TrainingOptions
{
    /// <summary>Size, seed, threads and memory; <see cref="Defaults.HiddenUnits"/> hidden units where no number is given.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>lambda, the weight of the squared weights (without biases) in the loss, in standardized units; at least 0. Without meaning with <see cref="AdaptPenalty"/>.</summary>
    public double Penalty { get; init; } = Defaults.Penalty;

    /// <summary>
    /// Whether the penalty adapts during training by evidence (MacKay 1992): every input column, the hidden biases and the output weights get the penalty
    /// that the rows themselves suggest. Row weights then count as rows: a weight of 2 is two rows. The loss of different iterations is not comparable, so
    /// <see cref="LossTolerance"/> does nothing. Steps need the primal form.
    /// </summary>
    public bool AdaptPenalty { get; init; }

    /// <summary>
    /// Whether the network has biases; the paper's networks have none. Without them columns cannot be standardized, since nothing could undo the shift.
    /// </summary>
    public bool Biases { get; init; } = true;

    /// <summary>Whether the output weights and bias are trained; if not, they stay as they are drawn or as the initial network has them, and carry no penalty.</summary>
    public bool TrainOutputLayer { get; init; } = true;

    /// <summary>Whether features and label are standardized before training and the change of units is folded into the network afterwards.</summary>
    public bool Standardize { get; init; } = true;

    /// <summary>
    /// Whether far from a minimum, on tables large enough, the Gauss-Newton matrix may come from a growing sample of the rows and from single precision.
    /// Loss, gradient and the acceptance of steps are exact in any case, and so is the matrix before a rule of convergence may end training.
    /// </summary>
    public bool ApproximateCurvature { get; init; } = true;

    /// <summary>
    /// Whether the matrix stays an approximate one: that of a sample of the rows, and that of inexact steps where these are cheaper. For where something else than a rule of convergence ends training.
    /// </summary>
    internal bool StaysSampled { get; init; }

    /// <summary>Whether the precisions of evidence regularization stay those that training starts from.</summary>
    internal bool KeepsPrecisions { get; init; }

    /// <summary>The greatest number of iterations from each start; at least 0, which keeps the starting point.</summary>
    public int MaximumIterations { get; init; } = Defaults.MaximumIterations;

    /// <summary>The threshold of <see cref="StoppingRule.GradientTolerance"/>; at least 0.</summary>
    public double GradientTolerance { get; init; } = Defaults.GradientTolerance;

    /// <summary>The threshold of <see cref="StoppingRule.StepTolerance"/>; at least 0.</summary>
    public double StepTolerance { get; init; } = Defaults.StepTolerance;

    /// <summary>The threshold of <see cref="StoppingRule.LossTolerance"/>; at least 0, where 0 switches the rule off.</summary>
    public double LossTolerance { get; init; } = Defaults.LossTolerance;

    /// <summary>
    /// The fraction of the training rows, drawn at random, that is held out for early stopping when the caller gives no validation rows;
    /// in [0, 1), where 0 means that no row is held out.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>Early stopping: how many iterations without a better validation error are waited for; at least 1. Without validation rows it does nothing.</summary>
    public int Patience { get; init; } = Defaults.Patience;

    /// <summary>How many random initializations are trained; the best by validation error, or by loss without validation rows, is kept. At least 1.</summary>
    public int Starts { get; init; } = Defaults.Starts;

    /// <summary>m.</summary>
    internal int HiddenUnits => Run.HiddenUnits ?? Defaults.HiddenUnits;

    /// <summary>How many groups rows must be of where they have groups: two where some are held out for validation, else one.</summary>
    /// <param name="hasValidation">Whether there are validation rows, with which none are held out.</param>
    public int LeastGroups(bool hasValidation) => !hasValidation && ValidationFraction > 0 ? 2 : 1;

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option, which the exception names, is out of its range.</exception>
    /// <exception cref="ArgumentNullException"><see cref="Run"/> or its activation is null.</exception>
    /// <exception cref="ArgumentException">Two options do not go together.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Run);
        Run.Validate();
        if (Standardize && !Biases)
            throw new ArgumentException($"A network without biases cannot undo the shift of standardized columns: set {nameof(Standardize)} to false with {nameof(Biases)}.");
        ThrowIfNegativeOrNotFinite(Penalty, nameof(Penalty));
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumIterations);
        ThrowIfNegativeOrNotFinite(GradientTolerance, nameof(GradientTolerance));
        ThrowIfNegativeOrNotFinite(StepTolerance, nameof(StepTolerance));
        ThrowIfNegativeOrNotFinite(LossTolerance, nameof(LossTolerance));
        if (!(ValidationFraction is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidationFraction), ValidationFraction, "The validation fraction must be at least 0 and below 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
    }

    private static void ThrowIfNegativeOrNotFinite(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");
    }

    /// <summary>The values of the options that are not set.</summary>
    public static class Defaults
    {
        /// <summary>The number of hidden units.</summary>
        public const int HiddenUnits = 30;

        /// <summary>The default of <see cref="TrainingOptions.Penalty"/>.</summary>
        public const double Penalty = 1e-4;

        /// <summary>The default of <see cref="TrainingOptions.MaximumIterations"/>.</summary>
        public const int MaximumIterations = 200;

        /// <summary>The default of <see cref="TrainingOptions.GradientTolerance"/>.</summary>
        public const double GradientTolerance = 1e-10;

        /// <summary>The default of <see cref="TrainingOptions.StepTolerance"/>.</summary>
        public const double StepTolerance = 1e-10;

        /// <summary>The default of <see cref="TrainingOptions.LossTolerance"/>.</summary>
        public const double LossTolerance = 1e-3;

        /// <summary>The default of <see cref="TrainingOptions.Patience"/>.</summary>
        public const int Patience = 20;

        /// <summary>The default of <see cref="TrainingOptions.Starts"/>.</summary>
        public const int Starts = 1;
    }
}
