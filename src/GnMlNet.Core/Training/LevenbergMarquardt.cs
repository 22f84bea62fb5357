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
    private readonly StoppingRules _rules;
    private readonly TrainingControl _control;

    internal LevenbergMarquardt(PenalizedLeastSquares objective, TrainingOptions options, TrainingControl control)
    {
        int parameterCount = checked((int)objective.Shape.ParameterCount);
        _objective = objective;
        _model = new Linearization(parameterCount);
        _step = new LevenbergMarquardtStep(parameterCount);
        _rules = new StoppingRules(options);
        _control = control;
    }

    /// <summary>Minimizes the objective from <paramref name="parameters"/>, which are overwritten; the best ones are left in <paramref name="monitor"/>.</summary>
    internal (List<TrainingIteration> History, Termination Termination) Minimize(int start, double[] parameters, ValidationMonitor monitor)
    {
        var history = new List<TrainingIteration>();
        _objective.Linearize(parameters, _model);
        Record(history, monitor, parameters, new TrainingIteration { Start = start });
        if (!double.IsFinite(_model.Loss)) return (history, new Termination(StoppingRule.NonFiniteLoss, _model.Loss, double.MaxValue));

        // Positive: the output bias alone has a diagonal entry of sum w = 1.
        DampingPolicy damping = new NielsenDamping(InitialDamping * _model.Matrix.LargestDiagonal());
        double initialDamping = damping.Value;
        while (true)
        {
            Termination? end = EndBeforeStep(history, monitor);
            if (end is not null) return (history, end.Value);

            if (!TryImprove(parameters, damping, initialDamping, out TrainingIteration accepted, out Termination failure)) return (history, failure);

            _objective.Linearize(parameters, _model);
            Record(history, monitor, parameters, accepted with { Start = start, Iteration = history.Count });
        }
    }

    private Termination? EndBeforeStep(List<TrainingIteration> history, ValidationMonitor monitor)
    {
        int iteration = history.Count - 1;
        if (_control.StopToken.IsCancellationRequested) return new Termination(StoppingRule.StoppedByCaller, iteration, iteration);
        return _rules.GradientVanished(history[^1].GradientNorm)
            ?? _rules.LossStalled(history)
            ?? monitor.PatienceExhausted(iteration)
            ?? _rules.IterationLimit(iteration);
    }

    /// <summary>Raises the damping until a step lowers the loss, and takes that step.</summary>
    private bool TryImprove(double[] parameters, DampingPolicy damping, double initialDamping, out TrainingIteration accepted, out Termination failure)
    {
        double[] trial = new double[parameters.Length];
        for (int rejected = 0; ; rejected++)
        {
            _control.CancellationToken.ThrowIfCancellationRequested();
            double mu = damping.Value;
            if (_step.TryCompute(_model, mu))
            {
                if (_rules.StepVanished(_step.Direction, parameters) is { } vanished) return Fail(vanished, out accepted, out failure);

                for (int i = 0; i < trial.Length; i++) trial[i] = parameters[i] + _step.Direction[i];
                double reduction = _model.Loss - _objective.Loss(trial);
                if (reduction > 0)
                {
                    double gain = reduction / _step.PredictedReduction;
                    damping.Accepted(gain);
                    trial.CopyTo(parameters, 0);
                    accepted = new TrainingIteration { Damping = mu, GainRatio = gain, StepNorm = Vectors.Norm(_step.Direction), RejectedSteps = rejected };
                    failure = default;
                    return true;
                }
            }

            damping.Rejected();
            if (StoppingRules.DampingExhausted(damping.Value, initialDamping) is { } exhausted) return Fail(exhausted, out accepted, out failure);
        }

        static bool Fail(Termination termination, out TrainingIteration accepted, out Termination failure)
        {
            accepted = default;
            failure = termination;
            return false;
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
