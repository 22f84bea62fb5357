using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Training;

/// <summary>
/// The training loop: Gauss-Newton steps with Levenberg-Marquardt damping from one starting point.
/// Linearize, ask for a step, accept it if it lowers the loss, adapt the damping, and look whether a rule ends training.
/// </summary>
internal sealed partial class LevenbergMarquardt
{
    // mu starts at this multiple of the largest diagonal entry of A (Madsen, Nielsen and Tingleff 2004, section 3.2).
    private const double InitialDamping = 1e-3;

    // Which shares of an inexact step are worth a try, besides the whole: shorter ones from the first on, longer ones from the second to the last.
    private const double LeastShare = 0.1;
    private const double LeastExtension = 1.5;
    private const double MostExtension = 4;

    private readonly PenalizedObjective _objective;
    private readonly double[] _trial;
    private readonly StoppingRules _rules;
    private readonly TrainingControl _control;
    private readonly bool _approximates;
    private readonly bool _staysSampled;
    private readonly bool _adaptsPrecisions;
    private double[] _gradient;
    private double[] _trialGradient;
    private double[] _keptGradient;

    // The state of a run.
    private int _start;
    private double[] _parameters = [];
    private ValidationMonitor _monitor = new(null, 0);
    private List<TrainingIteration> _history = [];
    private SamplingPolicy _sampling;
    private ResidualCurvaturePolicy _curvature = new();
    private Damping? _damping;
    private double _loss;
    private int _attempts;
    private double _share = 1;
    private readonly List<double[]> _rejectedDirections = [];

    internal LevenbergMarquardt(
        PenalizedObjective objective, StepForm form, DampingMetric metric, TrainingOptions options, TrainingControl control)
    {
        _objective = objective;
        Step = new LevenbergMarquardtStep(objective, form, metric);
        Evidence = options.AdaptPenalty ? new EvidenceRegularization(objective, Step) : null;
        _trial = new double[objective.Shape.ParameterCount];
        _gradient = new double[objective.Trained.Count];
        _trialGradient = new double[objective.Trained.Count];
        _keptGradient = new double[objective.Trained.Count];
        _rules = new StoppingRules(options);
        _control = control;
        _approximates = options.ApproximateCurvature && form == StepForm.Primal;
        _staysSampled = options.StaysSampled;
        _adaptsPrecisions = Evidence is not null && !options.KeepsPrecisions;
        InexactPhase = InexactPhaseChoice.Of(objective, form, options);
        _sampling = NewSampling();
    }

    /// <summary>When steps are those of an <see cref="InexactNewtonSystem"/>.</summary>
    internal InexactPhase InexactPhase { get; }

    /// <summary>The direction.</summary>
    internal LevenbergMarquardtStep Step { get; }

    /// <summary>What adapts the penalty, or null where it is fixed.</summary>
    internal EvidenceRegularization? Evidence { get; }

    /// <summary>The iterations of the run so far, its starting point first.</summary>
    internal List<TrainingIteration> History => _history;

    /// <summary>theta.</summary>
    internal ReadOnlySpan<double> Parameters => _parameters;

    /// <summary>Begins a run at <paramref name="parameters"/>, which it overwrites from now on; tells why it cannot, if so.</summary>
    /// <param name="start">The number of the initialization.</param>
    /// <param name="parameters">theta.</param>
    /// <param name="monitor">Where the best parameters are left.</param>
    /// <param name="evidence">The precisions to start from under evidence regularization, or null for the usual ones.</param>
    internal Termination? Begin(int start, double[] parameters, ValidationMonitor monitor, Evidence? evidence = null)
    {
        (_start, _parameters, _monitor, _history, _damping, _attempts) = (start, parameters, monitor, [], null, 0);
        _sampling = NewSampling();
        _curvature = new ResidualCurvaturePolicy();
        Step.ForgetInexact();
        Evidence?.Begin(evidence);
        _loss = _objective.LossAndGradient(parameters, _gradient);
        Record(new TrainingIteration { Start = start }, _sampling.Current);
        return double.IsFinite(_loss) ? null : new Termination(StoppingRule.NonFiniteLoss, _loss, double.MaxValue);
    }

    /// <summary>Takes one step; or takes none and tells why the run ends here. A run can be advanced beyond its end: damping then starts anew.</summary>
    internal Termination? Advance()
    {
        while (true)
        {
            Termination? rule = EndBeforeStep();
            if (rule is { } holds && !IsPremature(holds)) return Rest(holds);

            // One more step, with the exact matrix, before a rule that an approximate one brought about may hold.
            if (rule is not null) _sampling.UseExact();
            Evidence? precisions = Evidence?.Current;
            if (TakeStep() is not { } noStep) return null;

            Termination end = rule ?? noStep;
            if (!IsPremature(end)) return Rest(end);
            LookAgainWithExactMatrix(precisions);
        }
    }

    /// <summary>Whether a rule saw a minimum through an approximate matrix.</summary>
    private bool IsPremature(Termination end) => DependsOnCurvature(end.Rule) && !_sampling.Current.IsExact;

    /// <summary>Linearizes and takes a step; null then, or why there is none.</summary>
    private Termination? TakeStep()
    {
        bool wasInexact = Step.Inexact is not null;
        double length = Step.SquaredLength();
        Linearize();
        if (_damping is not null && wasInexact != _sampling.IsInexact) _damping = NewDamping(_damping.Value * length / Step.SquaredLength());
        double before = _loss;
        Termination? noStep = Improve(_damping ??= StartDamping(), out TrainingIteration step);
        if (noStep is null) Accept(step, (before - _loss) / before);
        return noStep;
    }

    private Termination Rest(Termination end)
    {
        // Whoever ends a run early may go on with it as if nothing had been.
        if (end.Rule != StoppingRule.StoppedByCaller) _damping = null;
        return end;
    }

    /// <summary>As if the last attempt had not been, but with the exact matrix.</summary>
    private void LookAgainWithExactMatrix(Evidence? precisions)
    {
        (_damping, _attempts) = (null, _attempts - 1);
        _sampling.UseExact();
        if (Evidence is not { IsEstimatedAnew: true }) return;
        Evidence.Begin(precisions);
        _loss = _objective.LossAndGradient(_parameters, _gradient);
    }

    private SamplingPolicy NewSampling() => new(_objective.BlockCount, _objective.Trained.Count, isExact: !_approximates, _staysSampled, InexactPhase);

    private void Linearize()
    {
        Step.Linearize(_parameters, _gradient, _sampling.Current, _sampling.IsInexact, _curvature.IsUsed);
        if (_adaptsPrecisions) _loss = Evidence!.Adapt(_attempts, _parameters, _gradient, _loss);
        _attempts++;
    }

    private void Accept(TrainingIteration step, double relativeFall)
    {
        CurvatureSample used = _sampling.Current;
        step = step with
        {
            Start = _start,
            Iteration = _history.Count,
            CurvatureRows = _objective.RowCountOf(used.Rows),
            CurvatureInSinglePrecision = used.SinglePrecision,
        };
        _sampling.Accepted(step.GainRatio, step.RejectedSteps, relativeFall, _damping!.Value / Step.LargestDiagonal());
        if (Step.Inexact is { } inexact) _curvature.Accepted(relativeFall, inexact.Cost);
        Record(step, used);
    }

    // A network without output bias can have a matrix of zeros: then any positive damping will do.
    private Damping StartDamping() => NewDamping(InitialDamping * Math.Max(Step.LargestDiagonal(), double.Epsilon / InitialDamping));

    private Damping NewDamping(double mu) => _sampling.IsInexact ? new ThresholdDamping(mu) : new NielsenDamping(mu);

    private static bool DependsOnCurvature(StoppingRule rule) =>
        rule is StoppingRule.GradientTolerance or StoppingRule.StepTolerance or StoppingRule.LossTolerance or StoppingRule.DampingLimit;

    private Termination? EndBeforeStep()
    {
        int iteration = _history.Count - 1;
        if (_control.StopToken.IsCancellationRequested) return new Termination(StoppingRule.StoppedByCaller, iteration, iteration);
        return _rules.GradientVanished(Vectors.LargestMagnitude(_gradient))
            ?? (Evidence is null ? _rules.LossStalled(_history, _objective.OutputCount) : null)
            ?? _monitor.PatienceExhausted(iteration)
            ?? _rules.IterationLimit(iteration);
    }

    /// <summary>Raises the damping until a step lowers the loss, and takes that step; null then, or why there is none.</summary>
    private Termination? Improve(Damping damping, out TrainingIteration accepted)
    {
        accepted = default;
        _rejectedDirections.Clear();
        for (int rejected = 0; ; rejected++)
        {
            _control.CancellationToken.ThrowIfCancellationRequested();
            double mu = damping.Value;
            bool isComputed = Step.TryCompute(mu);
            if (isComputed)
            {
                if (_rules.StepVanished(Step.Direction, _parameters) is { } vanished) return vanished;

                double loss = Try(1), gain = (_loss - loss) / Step.PredictedReduction;
                _share = 1;
                if (Step.Inexact is not null) (loss, _share, gain) = Search(loss, gain, rejected);
                if (loss < _loss)
                {
                    damping.Accepted(gain);
                    _trial.CopyTo(_parameters, 0);
                    _loss = loss;
                    (_gradient, _trialGradient) = (_trialGradient, _gradient);
                    accepted = new TrainingIteration { Loss = loss, Damping = mu, GainRatio = gain, StepNorm = _share * Vectors.Norm(Step.Direction), RejectedSteps = rejected };
                    return null;
                }
            }

            if (Step.Inexact is not null && _control.Recorder is not null) _rejectedDirections.Add(isComputed ? [.. Step.Direction] : []);
            damping.Rejected();
            if (StoppingRules.DampingExhausted(damping) is { } exhausted) return exhausted;
        }
    }

    /// <summary>Tries a shorter share of a direction whose whole raised the loss, or a longer one of a direction along which it goes on falling.</summary>
    /// <param name="loss">The loss after the whole direction.</param>
    /// <param name="gain">Its gain ratio.</param>
    /// <param name="rejected">How many directions were rejected before at this point.</param>
    /// <returns>The best loss, whose point and gradient are in place, its share, and the gain ratio that the damping is told.</returns>
    private (double Loss, double Share, double Gain) Search(double loss, double gain, int rejected)
    {
        // Along the direction the loss is about the parabola through it and its slope here and the loss there.
        double slope = Vectors.Dot(_gradient, Step.Direction), bend = loss - _loss - (2 * slope), share = bend > 0 ? -slope / bend : double.PositiveInfinity;
        if (!(loss < _loss)) return rejected == 0 && share > LeastShare && double.IsFinite(loss) ? (Try(share), share, 0) : (loss, 1, gain);
        share = Math.Min(share, MostExtension);
        if (share < LeastExtension) return (loss, 1, gain);

        (_trialGradient, _keptGradient) = (_keptGradient, _trialGradient);
        double further = Try(share);
        if (further < loss) return (further, share, gain);
        (_trialGradient, _keptGradient) = (_keptGradient, _trialGradient);
        MoveTrial(1);
        return (loss, 1, gain);
    }

    /// <summary>The loss after a share of the direction. Most steps are accepted, so the gradient that the next one needs is made on the way.</summary>
    private double Try(double share)
    {
        MoveTrial(share);
        return _objective.LossAndGradient(_trial, _trialGradient);
    }

    private void MoveTrial(double share)
    {
        _parameters.CopyTo(_trial, 0);
        Vectors.AddScaled(Step.Direction, share, _trial);
    }

    private void Record(TrainingIteration step, CurvatureSample sample)
    {
        Evidence? evidence = Evidence?.Current;
        TrainingIteration iteration = step with
        {
            Loss = _loss,
            MeanSquaredError = _loss - _objective.Penalty(_parameters),
            ValidationError = _monitor.Observe(step.Iteration, _parameters),
            GradientNorm = Vectors.LargestMagnitude(_gradient),
            NoisePrecision = evidence?.NoisePrecision ?? double.NaN,
            EffectiveParameters = evidence?.TotalEffectiveParameters ?? double.NaN,
        };
        _history.Add(iteration);
        _control.Recorder?.Record(iteration, _parameters, Step, sample, Inexact(), evidence is null ? [] : _objective.Penalties, evidence, EvidenceMatrix(step.Iteration, sample));
        _control.Progress?.Report(iteration);
    }

    /// <summary>J^T W J where a and b were just estimated from one in single precision that was made at the last point.</summary>
    private double[] EvidenceMatrix(int iteration, CurvatureSample sample) =>
        iteration > 0 && Evidence is { IsEstimatedAnew: true } && sample.SinglePrecision && Step.Inexact is not { InverseAge: > 0 } && Step.Normal is { } normal ? normal.GramTriangle() : [];

    private InexactStep? Inexact() =>
        Step.Inexact is { } system ? new InexactStep(_share, system.UsesCurvature ? system.Curvature.LowerTriangles() : [], system.InverseAge, _rejectedDirections) : null;
}
