using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The loop of an ensemble: all members take their next step, at every rung of the ladder the ensemble is judged, and training ends when the best rung
/// lies far enough back.
/// </summary>
internal sealed partial class LockstepRun
{
    private readonly MembersInTraining _members;
    private readonly RegressionData[]? _validation;
    private readonly EnsembleOptions _options;
    private readonly TrainingControl _control;
    private readonly WorkSharing _work;
    private readonly EnsembleRows _rows;
    private readonly RowGrowth _growth;
    private readonly RunCheckpoints? _checkpoints;
    private readonly List<TrainingIteration> _history = [];
    private readonly LeftOutProgress _progress = new();
    private double _bestError = double.PositiveInfinity;

    /// <param name="members">The members, each at its starting point.</param>
    /// <param name="growth">How many of their rows they train on.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="validation">The validation rows in every map, or null.</param>
    /// <param name="options">The options.</param>
    /// <param name="control">How the caller watches and ends training.</param>
    /// <param name="checkpoints">What goes on from a checkpoint and writes others, or null.</param>
    internal LockstepRun(
        MembersInTraining members, RowGrowth growth, EnsembleRows rows, RegressionData[]? validation, EnsembleOptions options, TrainingControl control, RunCheckpoints? checkpoints = null)
    {
        _checkpoints = checkpoints;
        (_members, _growth, _rows, _validation, _options, _control) = (members, growth, rows, validation, options, control);
        _work = new WorkSharing(options.Run.Threads);
    }

    /// <summary>The form of the kernel block that follows, which memory chooses.</summary>
    internal string KernelForm { get; init; } = "";

    /// <summary>What the kept members predict for the rows that they left out, of those of <see cref="EnsembleRows.Views"/>.</summary>
    internal IReadOnlyList<(int[] Rows, double[] Predictions)> LeftOut { get; private set; } = [];

    /// <summary>How far the kept members were off on all rows that they left out.</summary>
    internal LeftOutErrors Errors { get; private set; }

    /// <summary>The iterations, means over the members.</summary>
    internal IReadOnlyList<TrainingIteration> History => _history;

    /// <summary>The iteration that the kept members are from.</summary>
    internal int BestIteration { get; private set; }

    /// <summary>Advances all members until training ends; the best of each is kept in it.</summary>
    internal Termination Train()
    {
        (int Iteration, Termination? End)? resumed = null;
        _checkpoints?.TryResume(reader =>
        {
            resumed = ReadState(reader);
            return resumed.Value.Iteration;
        });
        if (resumed is { End: { } before }) return Rest(before);
        for (int iteration = resumed?.Iteration ?? 0; ; iteration++)
        {
            if (iteration > 0 && iteration != resumed?.Iteration) _members.Advance();
            Termination? end = EndAfter(iteration);
            if (_checkpoints is not null && (_checkpoints.IsDue || end is { Rule: StoppingRule.StoppedByCaller })) _checkpoints.Write(iteration, writer => WriteState(writer, iteration, end: null));
            double error = double.NaN;
            bool grows = false;
            if (IterationLadder.IsRung(iteration) || end is not null)
            {
                LeftOutErrors errors = _rows.Judge(_members, _work);
                error = _validation is null ? errors.OfEnsemble : ValidationError();
                // Without rows to judge by, the first rung is kept.
                if (error < _bestError || _members.Kept[0] is null)
                {
                    (_bestError, BestIteration, Errors) = (error, iteration, errors);
                    _members.Keep();
                }

                Termination? exhausted = Exhausted(_progress.Judge(iteration, error), iteration);
                if (end is null && _growth.Judge(error, exhausted is not null)) grows = true;
                else end ??= exhausted;
            }

            Record(iteration, error);
            if (end is { } last)
            {
                if (last.Rule != StoppingRule.StoppedByCaller) _checkpoints?.Write(iteration, writer => WriteState(writer, iteration, last));
                return Rest(last);
            }

            if (!grows) continue;
            _progress.Forget();
            _members.Grow(_growth.Rows);
        }
    }

    /// <summary>What every kept member predicts for rows.</summary>
    /// <param name="views">The rows in every map.</param>
    internal double[][] PredictKept(RegressionData[] views)
    {
        var predictions = new double[_members.Count][];
        _work.For(_members.Count, k => predictions[k] = PredictKept(k, views[_members.Rows[k].Map].InputsOfAll()));
        return predictions;
    }

    private Termination Rest(Termination end)
    {
        _members.Rest();
        LeftOut = PredictLeftOut();
        return end;
    }

    /// <summary>Why more iterations would not pay, if so.</summary>
    private Termination? Exhausted(double fall, int iteration)
    {
        double patience = IterationLadder.Patience(BestIteration);
        if (double.IsNaN(_bestError) || iteration >= patience) return new Termination(StoppingRule.LeftOutPatience, iteration, patience);
        return fall < LeftOutProgress.WorthwhileFall ? new Termination(StoppingRule.LeftOutProgress, fall, LeftOutProgress.WorthwhileFall) : null;
    }

    private Termination? EndAfter(int iteration)
    {
        _control.CancellationToken.ThrowIfCancellationRequested();
        if (_control.StopToken.IsCancellationRequested) return new Termination(StoppingRule.StoppedByCaller, iteration, iteration);
        return iteration >= _options.MaximumIterations ? new Termination(StoppingRule.MaximumIterations, iteration, _options.MaximumIterations) : null;
    }

    private (int[] Rows, double[] Predictions)[] PredictLeftOut()
    {
        var predictions = new (int[], double[])[_members.Count];
        _work.For(_members.Count, k => predictions[k] = (_members.Rows[k].LeftOut, PredictKept(k, _members.Rows[k].LeftOutInputs())));
        return predictions;
    }

    private double[] PredictKept(int member, IEnumerable<double[]> rows)
    {
        NetworkMember kept = _members.Kept[member]!;
        return [.. rows.Select(inputs => _rows.Range.Limit(kept.Predict(inputs)))];
    }

    private double ValidationError()
    {
        IReadOnlyList<PassPoint> points = _members.Points;
        var predictions = new double[_members.Count][];
        _work.For(_members.Count, k => predictions[k] = MembersInTraining.Predict(points[k], _validation![points[k].Map].InputsOfAll(), _rows.Range));
        double[] labels = _validation![0].Labels(), weights = _validation[0].Weights();
        double sum = 0;
        for (int j = 0; j < labels.Length; j++)
        {
            double error = WinsorizedMean.Of([.. predictions.Select(member => member[j])]) - labels[j];
            sum += weights[j] * error * error;
        }

        return sum / weights.Sum();
    }

    private void Record(int iteration, double error)
    {
        IReadOnlyList<TrainingIteration> latest = _members.Latest;
        var mean = new TrainingIteration
        {
            Iteration = iteration,
            Loss = latest.Average(at => at.Loss),
            MeanSquaredError = latest.Average(at => at.MeanSquaredError),
            ValidationError = error,
            GradientNorm = latest.Average(at => at.GradientNorm),
            Damping = latest.Average(at => at.Damping),
            StepNorm = latest.Average(at => at.StepNorm),
            GainRatio = latest.Average(at => at.GainRatio),
            RejectedSteps = latest.Sum(at => at.RejectedSteps),
            CurvatureRows = latest.Min(at => at.CurvatureRows),
            CurvatureInSinglePrecision = latest.Any(at => at.CurvatureInSinglePrecision),
            NoisePrecision = latest.Average(at => at.NoisePrecision),
            EffectiveParameters = latest.Average(at => at.EffectiveParameters),
        };
        _history.Add(mean);
        _control.Progress?.Report(mean);
    }
}
