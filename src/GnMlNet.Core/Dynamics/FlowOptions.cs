using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Dynamics;

/// <summary>Everything that can be chosen about the dynamics of the paper (equation (1)).</summary>
public sealed record FlowOptions
{
    /// <summary>alpha, the scaling factor of the output; positive. Larger values keep the weights nearer to their start and fit less (Remark 5).</summary>
    public double ScalingFactor { get; init; } = Defaults.ScalingFactor;

    /// <summary>rho in H = (1 - rho) J^T J + rho I; in [0, 1]. 0 is Gauss-Newton, 1 is gradient flow; 0 needs at most as many parameters as rows.</summary>
    public double Damping { get; init; } = Defaults.Damping;

    /// <summary>How the flow is integrated.</summary>
    public FlowScheme Scheme { get; init; } = FlowScheme.Euler;

    /// <summary>The time step of a fixed-step scheme, and the first step of the adaptive one; positive.</summary>
    public double TimeStep { get; init; } = Defaults.TimeStep;

    /// <summary>The time at which integration ends; positive.</summary>
    public double Duration { get; init; } = Defaults.Duration;

    /// <summary>The adaptive scheme's tolerance for the error of a step, relative to max(1, |w_i|) of each parameter; positive.</summary>
    public double Tolerance { get; init; } = Defaults.Tolerance;

    /// <summary>
    /// The time from one recorded point to the next; positive, or 0 to record every step. A fixed-step scheme rounds it to whole steps, the adaptive one ends a step there.
    /// </summary>
    public double RecordingInterval { get; init; }

    /// <summary>Whether the extreme eigenvalues of J^T J or, where it is smaller, of J J^T are found at every recorded point.</summary>
    public bool RecordSpectrum { get; init; }

    /// <summary>Whether the parameters of every recorded point are kept.</summary>
    public bool KeepParameters { get; init; }

    /// <summary>
    /// Whether integration goes on where H is rank-deficient to working precision, in the primal form with the pseudoinverse of H. The flow of the paper ends there;
    /// <see cref="Trajectory.RankLossTime"/> tells when, in either case.
    /// </summary>
    public bool ContinueAfterRankLoss { get; init; }

    /// <summary>The form in which directions are computed, or null for the cheaper one of primal and dual.</summary>
    public StepForm? Form { get; init; }

    /// <summary>
    /// The discrete iteration w+ = w - eta H_rho^-1 J^T grad g(alpha f(w)) (equation (13)): explicit Euler with tau = alpha eta.
    /// </summary>
    /// <param name="learningRate">eta, positive.</param>
    /// <param name="iterations">How many steps, at least 1.</param>
    public FlowOptions WithLearningRate(double learningRate, int iterations)
    {
        ThrowIfNotPositive(learningRate, nameof(learningRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        double step = ScalingFactor * learningRate;
        return this with { Scheme = FlowScheme.Euler, TimeStep = step, Duration = iterations * step };
    }

    /// <summary>How many steps a fixed-step scheme takes; rounding in the quotient is not a further step.</summary>
    internal double FixedSteps => Math.Ceiling(Duration / TimeStep * (1 - 1e-12));

    /// <summary>How many steps a fixed-step scheme takes from one recorded point to the next.</summary>
    internal int StepsBetweenRecordings => (int)Math.Clamp(Math.Round(RecordingInterval / TimeStep), 1, int.MaxValue);

    /// <summary>Throws when an option is out of its range or does not fit the model.</summary>
    /// <param name="parameterCount">p.</param>
    /// <param name="outputCount">n.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option, which the exception names, is out of its range.</exception>
    /// <exception cref="ArgumentException">There is no damping and there are more parameters than rows.</exception>
    public void Validate(long parameterCount, long outputCount)
    {
        ThrowIfNotPositive(ScalingFactor, nameof(ScalingFactor));
        ThrowIfNotPositive(TimeStep, nameof(TimeStep));
        ThrowIfNotPositive(Duration, nameof(Duration));
        ThrowIfNotPositive(Tolerance, nameof(Tolerance));
        ThrowUnless(Damping is >= 0 and <= 1, Damping, nameof(Damping), "(rho) must lie in [0, 1]");
        ThrowUnless(RecordingInterval >= 0, RecordingInterval, nameof(RecordingInterval), "must be at least 0");
        ThrowUnless(Enum.IsDefined(Scheme), Scheme, nameof(Scheme), "must be one of the schemes");
        if (Damping == 0 && parameterCount > outputCount)
        {
            throw new ArgumentException(
                $"With {parameterCount} parameters and {outputCount} rows J^T J is singular, so {nameof(Damping)} (rho) must be positive: raise it, take more rows or fewer hidden units.");
        }
    }

    private static void ThrowIfNotPositive(double value, string name) => ThrowUnless(value > 0 && double.IsFinite(value), value, name, "must be positive and finite");

    private static void ThrowUnless(bool holds, object value, string name, string requirement)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} {requirement}.");
    }

    /// <summary>The values of the options that are not set: those of the paper's experiment.</summary>
    public static class Defaults
    {
        /// <summary>The default of <see cref="FlowOptions.ScalingFactor"/>.</summary>
        public const double ScalingFactor = 8;

        /// <summary>The default of <see cref="FlowOptions.Damping"/>.</summary>
        public const double Damping = 0;

        /// <summary>The default of <see cref="FlowOptions.TimeStep"/>.</summary>
        public const double TimeStep = 0.01;

        /// <summary>The default of <see cref="FlowOptions.Duration"/>.</summary>
        public const double Duration = 20;

        /// <summary>The default of <see cref="FlowOptions.Tolerance"/>.</summary>
        public const double Tolerance = 1e-6;
    }
}
