using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// Integrates the Gauss-Newton flow or, with Euler steps, runs the discrete iteration: evaluate, record, step, until a reason to end.
/// A rank-deficient H and an overflow are ends with a name and a time.
/// </summary>
public sealed class FlowIntegration
{
    // Steps shorter than this share of the duration hardly move the time.
    private const double ShortestStep = 1e-14;

    private readonly GaussNewtonFlow _flow;
    private readonly FlowOptions _options;
    private readonly FlowControl _control;
    private readonly RungeKuttaStep _step;
    private readonly StepSizeController? _controller;
    private readonly List<FlowPoint> _points = [];
    private readonly List<double[]> _recorded = [];
    private readonly double[] _start;
    private readonly double[] _derivative;
    private readonly double[] _state;
    private double _time;
    private double _stepSize;
    private int _steps;
    private int _recordings;
    private bool _isRecordingTime;
    private double? _rankLossTime;

    private FlowIntegration(DifferentiableModel model, Loss loss, ReadOnlySpan<double> start, FlowOptions options, FlowControl control)
    {
        StepForm form = options.Form ?? (model.ParameterCount <= model.OutputCount ? StepForm.Primal : StepForm.Dual);
        (_options, _control) = (options with { Form = form }, control);
        _flow = new GaussNewtonFlow(model, loss, options.ScalingFactor, options.Damping, form, options.ContinueAfterRankLoss);
        ButcherTableau tableau = options.Scheme switch
        {
            FlowScheme.Euler => ButcherTableau.Euler,
            FlowScheme.RungeKutta4 => ButcherTableau.ClassicalRungeKutta,
            _ => ButcherTableau.DormandPrince,
        };
        _step = new RungeKuttaStep(_flow, tableau);
        _controller = tableau.ErrorWeights is null ? null : new StepSizeController(tableau.Order, options.TimeStep);
        _start = start.ToArray();
        _state = [.. start, 0];
        _derivative = new double[_flow.Dimension];
    }

    /// <summary>Integrates.</summary>
    /// <param name="model">f.</param>
    /// <param name="loss">g, on as many outputs as the model has.</param>
    /// <param name="start">w_0, p finite numbers.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="control">How to watch and end it, or null for neither; a recorder gets the points only.</param>
    /// <exception cref="ArgumentException">Sizes do not fit together, or options do not fit the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled it.</exception>
    public static Trajectory Run(
        DifferentiableModel model, Loss loss, ReadOnlySpan<double> start, FlowOptions options, FlowControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(options);
        if (loss.Targets.Length != model.OutputCount) throw new ArgumentException($"The model has {model.OutputCount} outputs, the loss {loss.Targets.Length}.", nameof(loss));
        if (start.Length != model.ParameterCount) throw new ArgumentException($"The model has {model.ParameterCount} parameters, not {start.Length}.", nameof(start));
        options.Validate(model.ParameterCount, model.OutputCount);
        return new FlowIntegration(model, loss, start, options, control ?? new FlowControl()).Run();
    }

    private Trajectory Run()
    {
        bool exists = _flow.TryEvaluate(_state, _derivative);
        _state[^1] = _flow.LossValue;
        Record(exists);
        FlowEnd? end = EndAt(exists);
        while (end is null)
        {
            _control.CancellationToken.ThrowIfCancellationRequested();
            end = _controller is null ? TakeFixedStep() : TakeAdaptiveStep(_controller);
            if (end is null)
            {
                exists = EvaluateAfterStep();
                end = EndAt(exists);
                if (end is not null || _isRecordingTime) Record(exists);
            }
            else if (_points[^1].Time < _time)
            {
                // What the flow saw last was a stage of the step that failed.
                Record(_flow.TryEvaluate(_state, _derivative));
            }
        }

        return new Trajectory(_options, _points, _recorded, _state.AsSpan(..^1), end.Value, _rankLossTime);
    }

    /// <summary>Evaluates the flow where a step ended, unless the step's last stage did so.</summary>
    private bool EvaluateAfterStep()
    {
        if (_step.NextDerivative is not { } derivative) return _flow.TryEvaluate(_state, _derivative);
        derivative.CopyTo(_derivative, 0);
        return true;
    }

    private FlowEnd? EndAt(bool exists)
    {
        if (!double.IsFinite(_flow.LossValue)) return FlowEnd.NotFinite;
        if (!_flow.HasFullRank) _rankLossTime ??= _time;
        if (!exists) return FlowEnd.RankDeficient;
        if (_time >= _options.Duration) return FlowEnd.Duration;
        return _control.StopToken.IsCancellationRequested ? FlowEnd.StoppedByCaller : null;
    }

    /// <summary>Moves time and state by one step of the given length; the reason where none can be taken.</summary>
    private FlowEnd? TakeFixedStep()
    {
        // Times are counted, not summed, so they carry no rounding of earlier steps; the last step is shorter where the duration is no multiple.
        int next = _steps + 1;
        double time = next >= _options.FixedSteps ? _options.Duration : next * _options.TimeStep;
        if (!_step.TryTake(_state, _derivative, time - _time))
        {
            _rankLossTime ??= _time;
            return FlowEnd.RankDeficient;
        }

        Advance(time);
        _isRecordingTime = next % _options.StepsBetweenRecordings == 0;
        return null;
    }

    /// <summary>Moves time and state by one step that meets the tolerance, and no further than to the next recording; the reason where none can be taken.</summary>
    private FlowEnd? TakeAdaptiveStep(StepSizeController controller)
    {
        double recording = _options.RecordingInterval == 0 ? _options.Duration : Math.Min(_options.Duration, (_recordings + 1) * _options.RecordingInterval);
        while (true)
        {
            double size = Math.Min(controller.StepSize, recording - _time);
            if (controller.StepSize < ShortestStep * _options.Duration) return FlowEnd.StepTooSmall;
            double error = _step.TryTake(_state, _derivative, size) ? ErrorRatio() : double.PositiveInfinity;
            if (!controller.Accept(size, error)) continue;

            bool arrived = size == recording - _time;
            Advance(arrived ? recording : _time + size);
            _isRecordingTime = arrived || _options.RecordingInterval == 0;
            if (arrived) _recordings++;
            return null;
        }
    }

    private void Advance(double time)
    {
        (_stepSize, _time) = (time - _time, time);
        _step.Next.CopyTo(_state, 0);
        _steps++;
    }

    /// <summary>The root mean square over the parameters of the estimated error, as a multiple of the tolerance.</summary>
    private double ErrorRatio()
    {
        double sum = 0;
        for (int i = 0; i < _start.Length; i++)
        {
            double scale = _options.Tolerance * Math.Max(1, Math.Max(Math.Abs(_state[i]), Math.Abs(_step.Next[i])));
            sum += _step.Error[i] / scale * (_step.Error[i] / scale);
        }

        return Math.Sqrt(sum / _start.Length);
    }

    private void Record(bool exists)
    {
        double square = 0;
        for (int i = 0; i < _start.Length; i++) square += (_state[i] - _start[i]) * (_state[i] - _start[i]);
        double[]? eigenvalues = (_options.RecordSpectrum || _control.Recorder is { WantsSpectrum: true }) && double.IsFinite(_flow.LossValue) ? SymmetricSpectrum.OfSmallerGram(_flow.Model) : null;
        var point = new FlowPoint(
            _time,
            _steps,
            _stepSize,
            _flow.LossValue,
            Math.Sqrt(square),
            Vectors.Norm(_flow.OutputGradient),
            exists ? Math.Sqrt(_flow.Dissipation) : double.NaN,
            _flow.LossValue - _state[^1],
            eigenvalues?[0] ?? double.NaN,
            eigenvalues?[^1] ?? double.NaN);
        _points.Add(point);
        if (_options.KeepParameters) _recorded.Add(_state[..^1]);
        _control.Recorder?.Record(point, _state.AsSpan(..^1), _flow.Direction, eigenvalues);
        _control.Progress?.Report(point);
    }
}
