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
    private readonly Linearization _model;
    private readonly LevenbergMarquardtStep _step;
    private readonly double[] _trial;
    private readonly StoppingRules _rules;
    private readonly TrainingControl _control;

    internal LevenbergMarquardt(PenalizedLeastSquares objective, TrainingOptions options, TrainingControl control)
    {
        int parameterCount = checked((int)objective.Shape.ParameterCount);
        _objective = objective;
        _model = new Linearization(parameterCount);
        _step = new LevenbergMarquardtStep(parameterCount);
        _trial = new double[parameterCount];
        _rules = new StoppingRules(options);
        _control = control;
    }

    /// <summary>Minimizes the objective from <paramref name="parameters"/>, which are overwritten; the best ones are left in <paramref name="monitor"/>.</summary>
    internal (List<TrainingIteration> History, Termination Termination) Minimize(int start, double[] parameters, ValidationMonitor monitor)
    {
        var history = new List<TrainingIteration>();
        var sampling = new CurvatureSampling(_objective.BlockCount, _objective.Shape.ParameterCount);
        _objective.Linearize(parameters, sampling.Sample, _model);
        Record(history, monitor, parameters, new TrainingIteration { Start = start });
        if (!double.IsFinite(_model.Loss)) return (history, new Termination(StoppingRule.NonFiniteLoss, _model.Loss, double.MaxValue));

        DampingPolicy damping = StartDamping();
        while (true)
        {
            TrainingIteration step = default;
            Termination? end = EndBeforeStep(history, monitor) ?? Improve(parameters, damping, out step);
            if (end is null)
            {
                step = step with { Start = start, Iteration = history.Count, CurvatureRows = _objective.RowCount(sampling.Sample) };
                sampling.Accepted(step.GainRatio, step.RejectedSteps, relativeFall: (_model.Loss - step.Loss) / _model.Loss);
                _objective.Linearize(parameters, sampling.Sample, _model);
                Record(history, monitor, parameters, step);
            }
            else if (sampling.Sample.IsAll || !DependsOnCurvature(end.Value.Rule))
            {
                return (history, end.Value);
            }
            else
            {
                // A minimum as a sample of the rows sees it: look again with all of them.
                sampling.UseAll();
                _objective.Linearize(parameters, sampling.Sample, _model);
                damping = StartDamping();
            }
        }
    }

    // Positive: the output bias alone has a diagonal entry of sum w = 1.
    private NielsenDamping StartDamping() => new(InitialDamping * _model.Matrix.LargestDiagonal());

    private static bool DependsOnCurvature(StoppingRule rule) =>
        rule is StoppingRule.GradientTolerance or StoppingRule.StepTolerance or StoppingRule.DampingLimit;

    private Termination? EndBeforeStep(List<TrainingIteration> history, ValidationMonitor monitor)
    {
        int iteration = history.Count - 1;
        if (_control.StopToken.IsCancellationRequested) return new Termination(StoppingRule.StoppedByCaller, iteration, iteration);
        return _rules.GradientVanished(history[^1].GradientNorm)
            ?? _rules.LossStalled(history, _objective.RowCount(RowSample.All(_objective.BlockCount)))
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
            if (_step.TryCompute(_model, mu))
            {
                if (_rules.StepVanished(_step.Direction, parameters) is { } vanished) return vanished;

                for (int i = 0; i < _trial.Length; i++) _trial[i] = parameters[i] + _step.Direction[i];
                double loss = _objective.Loss(_trial);
                if (loss < _model.Loss)
                {
                    double gain = (_model.Loss - loss) / _step.PredictedReduction;
                    damping.Accepted(gain);
                    _trial.CopyTo(parameters, 0);
                    accepted = new TrainingIteration { Loss = loss, Damping = mu, GainRatio = gain, StepNorm = Vectors.Norm(_step.Direction), RejectedSteps = rejected };
                    return null;
                }
            }

            damping.Rejected();
            if (StoppingRules.DampingExhausted(damping) is { } exhausted) return exhausted;
        }
    }

    private void Record(List<TrainingIteration> history, ValidationMonitor monitor, double[] parameters, TrainingIteration step)
    {
        TrainingIteration iteration = step with
        {
            Loss = _model.Loss,
            MeanSquaredError = _model.Loss - _objective.Penalty(parameters),
            ValidationError = monitor.Observe(step.Iteration, parameters),
            GradientNorm = Vectors.LargestMagnitude(_model.Gradient),
        };
        history.Add(iteration);
        _control.Progress?.Report(iteration);
    }
}
