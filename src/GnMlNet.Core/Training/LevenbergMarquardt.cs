using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Training;

/// <summary>
/// The training loop: Gauss-Newton steps with Levenberg-Marquardt damping from one starting point.
/// Linearize, ask for a step, accept it if it lowers the loss, adapt the damping, and look whether a rule ends training.
/// </summary>
internal sealed class LevenbergMarquardt
{
    // mu starts at this multiple of the largest diagonal entry of A (Madsen, Nielsen and Tingleff 2004, section 3.2).
    private const double InitialDamping = 1e-3;

    private readonly PenalizedLeastSquares _objective;
    private readonly LevenbergMarquardtStep _step;
    private readonly double[] _trial;
    private readonly StoppingRules _rules;
    private readonly TrainingControl _control;
    private readonly bool _approximateCurvature;
    private double[] _gradient;
    private double[] _trialGradient;
    private double _loss;

    internal LevenbergMarquardt(PenalizedLeastSquares objective, LevenbergMarquardtStep step, TrainingOptions options, TrainingControl control)
    {
        _objective = objective;
        _step = step;
        _trial = new double[objective.Shape.ParameterCount];
        _gradient = new double[objective.Trained.Count];
        _trialGradient = new double[objective.Trained.Count];
        _rules = new StoppingRules(options);
        _control = control;
        _approximateCurvature = options.ApproximateCurvature;
    }

    /// <summary>Minimizes the objective from <paramref name="parameters"/>, which are overwritten; the best ones are left in <paramref name="monitor"/>.</summary>
    internal (List<TrainingIteration> History, Termination Termination) Minimize(int start, double[] parameters, ValidationMonitor monitor)
    {
        var history = new List<TrainingIteration>();
        var curvature = new CurvaturePolicy(_objective.BlockCount, _objective.Trained.Count, isExact: !(_approximateCurvature && _step.CanApproximateCurvature));
        _loss = _objective.LossAndGradient(parameters, _gradient);
        Record(history, monitor, parameters, new TrainingIteration { Start = start }, curvature.Current);
        if (!double.IsFinite(_loss)) return (history, new Termination(StoppingRule.NonFiniteLoss, _loss, double.MaxValue));

        DampingPolicy? damping = null;
        while (true)
        {
            TrainingIteration step = default;
            Termination? end = EndBeforeStep(history, monitor);
            bool isEarly = end is { } rule && DependsOnCurvature(rule.Rule) && !curvature.Current.IsExact;
            // One more step, with the exact matrix, before such a rule may hold.
            if (isEarly) curvature.UseExact();
            if (end is null || isEarly)
            {
                _step.Linearize(parameters, _gradient, curvature.Current);
                damping ??= StartDamping();
                Termination? noStep = Improve(parameters, damping, out step);
                end = noStep is null ? null : end ?? noStep;
            }

            if (end is null)
            {
                step = step with
                {
                    Start = start,
                    Iteration = history.Count,
                    CurvatureRows = _objective.RowCountOf(curvature.Current.Sample),
                    CurvatureInSinglePrecision = curvature.Current.SinglePrecision,
                };
                Curvature used = curvature.Current;
                if (!used.IsExact)
                    curvature.Accepted(step.GainRatio, step.RejectedSteps, (history[^1].Loss - step.Loss) / history[^1].Loss, damping!.Value / _step.LargestDiagonal());
                Record(history, monitor, parameters, step, used);
            }
            else if (curvature.Current.IsExact || !DependsOnCurvature(end.Value.Rule))
            {
                return (history, end.Value);
            }
            else
            {
                // A minimum as an approximate matrix sees it: look again with the exact one.
                curvature.UseExact();
                damping = null;
            }
        }
    }

    // A network without output bias can have a matrix of zeros: then any positive damping will do.
    private NielsenDamping StartDamping() => new(InitialDamping * Math.Max(_step.LargestDiagonal(), double.Epsilon / InitialDamping));

    private static bool DependsOnCurvature(StoppingRule rule) =>
        rule is StoppingRule.GradientTolerance or StoppingRule.StepTolerance or StoppingRule.LossTolerance or StoppingRule.DampingLimit;

    private Termination? EndBeforeStep(List<TrainingIteration> history, ValidationMonitor monitor)
    {
        int iteration = history.Count - 1;
        if (_control.StopToken.IsCancellationRequested) return new Termination(StoppingRule.StoppedByCaller, iteration, iteration);
        return _rules.GradientVanished(history[^1].GradientNorm)
            ?? _rules.LossStalled(history, _objective.RowCount)
            ?? monitor.PatienceExhausted(iteration)
            ?? _rules.IterationLimit(iteration);
    }

    /// <summary>Raises the damping until a step lowers the loss, and takes that step; null then, or why there is none.</summary>
    private Termination? Improve(double[] parameters, DampingPolicy damping, out TrainingIteration accepted)
    {
        accepted = default;
        for (int rejected = 0; ; rejected++)
        {
            _control.CancellationToken.ThrowIfCancellationRequested();
            double mu = damping.Value;
            if (_step.TryCompute(mu))
            {
                if (_rules.StepVanished(_step.Direction, parameters) is { } vanished) return vanished;

                parameters.CopyTo(_trial, 0);
                Vectors.AddScaled(_step.Direction, 1, _trial);
                // Most steps are accepted, so the gradient that the next one needs is made on the way.
                double loss = _objective.LossAndGradient(_trial, _trialGradient);
                if (loss < _loss)
                {
                    double gain = (_loss - loss) / _step.PredictedReduction;
                    damping.Accepted(gain);
                    _trial.CopyTo(parameters, 0);
                    _loss = loss;
                    (_gradient, _trialGradient) = (_trialGradient, _gradient);
                    accepted = new TrainingIteration { Loss = loss, Damping = mu, GainRatio = gain, StepNorm = Vectors.Norm(_step.Direction), RejectedSteps = rejected };
                    return null;
                }
            }

            damping.Rejected();
            if (StoppingRules.DampingExhausted(damping) is { } exhausted) return exhausted;
        }
    }

    private void Record(List<TrainingIteration> history, ValidationMonitor monitor, double[] parameters, TrainingIteration step, Curvature curvature)
    {
        TrainingIteration iteration = step with
        {
            Loss = _loss,
            MeanSquaredError = _loss - _objective.Penalty(parameters),
            ValidationError = monitor.Observe(step.Iteration, parameters),
            GradientNorm = Vectors.LargestMagnitude(_gradient),
        };
        history.Add(iteration);
        _control.Trace?.Write(iteration, parameters, _step, curvature);
        _control.Progress?.Report(iteration);
    }
}
