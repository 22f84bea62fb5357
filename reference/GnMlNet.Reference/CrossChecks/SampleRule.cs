using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// The rows that the curvature of training comes from, of one run: blocks of 256 rows, at first max(8, 8p/256) of them in single precision where that is at most half of all, else all in double. After each
/// step the sample moves on by its length; it doubles where the step disappointed, and from half the rows on it is all of them. In a run that may take inexact steps these begin there instead, with all rows in single precision;
/// of every 32 of them the first eight are trials, with and without the curvature of the residuals in turn.
/// </summary>
internal sealed class SampleRule(RecordedRun run, StepEquations equations, StepPromise promise, int bits)
{
    private const int Cycle = 32, Trials = 8, Capacity = 256, LeastBlocks = 8, LeastRowsPerParameter = 8, ManyRejections = 3;

    private const double PoorGain = 0.25, SmallFall = 0.008, SmallFallBeforeInexact = 0.02, DampingThatDrownsRounding = 1e-5, Rounding = 1e-9;

    private readonly int _total = (run.Rows.Count + Capacity - 1) / Capacity;
    private int _first;
    private int _count;

    // Null where either would follow the rule, as rounding goes.
    private bool? _single;
    private bool _mayBeInexact;
    private bool _isInexact;
    private bool _isContradicted;
    private int _inexactSteps;

    /// <summary>Checks the rows of the step to an iterate; iterates come in order.</summary>
    /// <param name="index">The iterate's place in the trace.</param>
    internal Found At(int index)
    {
        RecordedIterate iterate = run.Iterates[index];
        if (equations.IsStart(run.Iterates[index - 1])) Start();
        bool isExact = iterate.CurvatureRows.Count == 0 && !iterate.CurvatureInSinglePrecision, isDue = _count == _total && _single == false;
        if (isExact && !isDue)
        {
            (_first, _count, _single, _mayBeInexact, _isInexact) = (0, _total, false, false, false);
            return Found.Open("all rows are taken in double precision before the rule of samples says so, as where a rule of convergence holds");
        }

        if (_isContradicted) return Found.Broken($"steps cannot be inexact {(run.InexactSteps == InexactSteps.FromStart ? "from the start where a sample of the rows is" : "after a sample of the rows where none is")} small");
        if (_isInexact != iterate.Inexact is not null) return Found.Broken($"the step is {(_isInexact ? "not " : "")}an inexact one");
        if (iterate.Inexact is { } inexact && _inexactSteps++ % Cycle is < Trials and var trial && (trial % 2 == 0) != inexact.ResidualCurvature.Length > 0)
            return Found.Broken($"the curvature of the residuals takes {(trial % 2 == 0 ? "no part" : "part")} in a trial of steps {(trial % 2 == 0 ? "with" : "without")} it");
        (int First, int End)[] rows = Rows();
        if (!rows.AsSpan().SequenceEqual([.. iterate.CurvatureRows])) return Found.Broken($"the curvature comes from other rows than {(rows.Length == 0 ? "all" : string.Join(", ", rows))}");
        if (_single is { } single && single != iterate.CurvatureInSinglePrecision) return Found.Broken($"the curvature is {(single ? "not " : "")}in single precision");
        if (!isDue && !_isInexact) MoveOn(index);
        return Found.Holds;
    }

    private void Start()
    {
        long least = Math.Max(LeastBlocks, LeastRowsPerParameter * (long)equations.ParameterCount / Capacity);
        bool isSmall = 2 * least <= _total, applies = run.SamplesCurvature && run.Form == SystemForm.Primal && run.InexactSteps != InexactSteps.FromStart && isSmall;
        (_isContradicted, _inexactSteps) = (run.InexactSteps != InexactSteps.None && isSmall == (run.InexactSteps == InexactSteps.FromStart), 0);
        (_first, _count, _single) = applies ? (0, (int)least, true) : (0, _total, run.InexactSteps == InexactSteps.FromStart);
        (_mayBeInexact, _isInexact) = (run.InexactSteps != InexactSteps.None, run.InexactSteps == InexactSteps.FromStart);
    }

    private (int First, int End)[] Rows()
    {
        if (_count == _total) return [];
        int first = _first * Capacity, end = first + (_count * Capacity), whole = _total * Capacity;
        return end <= whole ? [(first, Math.Min(end, run.Rows.Count))] : [(first, run.Rows.Count), (0, end - whole)];
    }

    private void MoveOn(int index)
    {
        RecordedIterate iterate = run.Iterates[index];
        bool disappointed = iterate.GainRatio < PoorGain || iterate.RejectedSteps >= ManyRejections || IsSmallFall(index);
        if (disappointed && _mayBeInexact)
        {
            (_first, _count, _single, _isInexact) = (0, _total, true, true);
            return;
        }

        int count = disappointed ? 2 * _count : _count;
        if (iterate.CurvatureInSinglePrecision) _single = IsDrowned(index);
        else _single = false;
        (_first, _count) = 2 * count > _total ? (0, _total) : ((_first + _count) % _total, count);
    }

    /// <summary>Whether the loss hardly fell; where evidence changed the penalties before the step, rounding of the loss with the new ones may decide, and then the run does.</summary>
    private bool IsSmallFall(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        double limit = _mayBeInexact ? SmallFallBeforeInexact : SmallFall, loss = before.Loss;
        bool isSame = iterate.Penalties.AsSpan().SequenceEqual(before.Penalties);
        if (!isSame)
        {
            loss = before.MeanSquaredError;
            for (int i = 0; i < iterate.Penalties.Length; i++) loss += iterate.Penalties[i] * before.Parameters[i] * before.Parameters[i];
        }

        double fall = (loss - iterate.Loss) / loss;
        if (isSame || Math.Abs(fall - limit) > Rounding || index + 1 >= run.Iterates.Count) return fall < limit;
        RecordedIterate next = run.Iterates[index + 1];
        return next.Inexact is not null || next.CurvatureRows.Sum(range => range.End - range.First) > iterate.CurvatureRows.Sum(range => range.End - range.First);
    }

    /// <summary>Whether the damping after the step is at least 10^-5 of the largest diagonal entry; null where rounding decides.</summary>
    private bool? IsDrowned(int index)
    {
        if (index + 1 >= run.Iterates.Count || equations.IsStart(run.Iterates[index + 1])) return null;
        Ball[] diagonal = promise.Diagonal(equations.Evaluate(run.Iterates[index - 1].Parameters, bits), run.Iterates[index]);
        Dyadic damping = Dyadic.FromDouble(DampingRule.FirstTried(run.Iterates[index + 1])), share = Dyadic.FromDouble(DampingThatDrownsRounding);
        Dyadic least = share * diagonal.Select(entry => entry.Lower).Max(), most = share * diagonal.Select(entry => entry.Upper).Max();
        // Quotient and share are rounded once each.
        Dyadic slack = most << -50;
        return damping >= most + slack ? true : damping < least - slack ? false : null;
    }
}
