using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Training;

/// <summary>
/// What the Gauss-Newton matrix A is made from. Loss, gradient and acceptance always see every row in double; far from a minimum A may come from
/// a few rows and from single precision, which costs a fraction and gives nearly the same steps. The rows lie in random order, and the sample moves on
/// with every step. It doubles as soon as a step disappoints: the quadratic model was wrong, steps had to be rejected, or the loss hardly fell.
/// In an ensemble, which left-out rows end, it stays at 64 rows a parameter or less. Single precision does as long as damping drowns its rounding. Only when A is that of all rows in double may a rule of convergence end training.
/// A small state machine that sees only numbers.
/// </summary>
internal sealed class SamplingPolicy
{
    // Fewer rows than this, or this multiple of the number of parameters, would make A a poor estimate.
    private const int LeastBlocks = 8;
    private const int LeastRowsPerParameter = 8;

    // So many tell A to a tenth, which a damped step has no better use for; more are needed where a rule of convergence is to end training.
    private const int MostRowsPerParameter = 64;

    // What disappoints; docs/training.md has the measurements behind these figures.
    private const double PoorGain = 0.25;
    private const int ManyRejections = 3;
    private const double SmallFall = 0.008;
    private const double SmallFallBeforeInexact = 0.02;

    // Sums in single precision err by some 1e-7 of the diagonal in every entry, by 1e-7 sqrt(p) as a matrix: below 1e-5 for p up to 10,000.
    private const double DampingThatDrownsRounding = 1e-5;

    private readonly long _most;
    private bool _mayBeInexact;

    /// <param name="blockCount">How many blocks of rows there are.</param>
    /// <param name="parameterCount">p.</param>
    /// <param name="isExact">Whether A is to be exact from the start.</param>
    /// <param name="staysSampled">Whether A stays that of 64 rows a parameter, since no rule of convergence waits for all of them.</param>
    /// <param name="inexact">When steps are inexact, with all rows.</param>
    internal SamplingPolicy(int blockCount, long parameterCount, bool isExact = false, bool staysSampled = false, InexactPhase inexact = InexactPhase.None)
    {
        _mayBeInexact = inexact != InexactPhase.None && !isExact;
        IsInexact = inexact == InexactPhase.FromStart && !isExact;
        long least = Math.Max(LeastBlocks, LeastRowsPerParameter * parameterCount / RowBlock.Capacity);
        _most = staysSampled ? MostBlocks(parameterCount) : blockCount;
        // Half the rows save too little to be worth their noise.
        bool applies = !isExact && !IsInexact && 2 * least <= blockCount;
        Current = applies ? new CurvatureSample(new RowSample(0, (int)least, blockCount), SinglePrecision: true) : new CurvatureSample(RowSample.All(blockCount), SinglePrecision: IsInexact || (staysSampled && !isExact));
    }

    /// <summary>What the next A is made from.</summary>
    internal CurvatureSample Current { get; private set; }

    /// <summary>Whether steps are inexact now.</summary>
    internal bool IsInexact { get; private set; }

    /// <summary>Whether a table is large enough to be sampled; if so, its rows must lie in random order.</summary>
    internal static bool Applies(int blockCount, long parameterCount) => !new SamplingPolicy(blockCount, parameterCount).Current.IsExact;

    /// <summary>The most blocks of rows that A is made from where it stays that of a sample.</summary>
    internal static long MostBlocks(long parameterCount) => Math.Max(LeastBlocks, MostRowsPerParameter * parameterCount / RowBlock.Capacity);

    /// <summary>A step was accepted: moves on, and takes more rows if the step disappointed.</summary>
    /// <param name="gainRatio">The fall of the loss over the predicted one.</param>
    /// <param name="rejectedSteps">How many steps were rejected before.</param>
    /// <param name="relativeFall">The fall of the loss over the loss.</param>
    /// <param name="relativeDamping">The damping over the largest diagonal entry of A.</param>
    internal void Accepted(double gainRatio, int rejectedSteps, double relativeFall, double relativeDamping)
    {
        if (IsInexact) return;
        bool disappointed = gainRatio < PoorGain || rejectedSteps >= ManyRejections || relativeFall < (_mayBeInexact ? SmallFallBeforeInexact : SmallFall);
        if (disappointed && _mayBeInexact)
        {
            IsInexact = true;
            Current = new CurvatureSample(RowSample.All(Current.Rows.Total), SinglePrecision: true);
            return;
        }

        if (Current.IsExact) return;
        RowSample sample = Current.Rows;
        int count = disappointed ? (int)Math.Min(2L * sample.Count, Math.Max(_most, sample.Count)) : sample.Count;
        Current = new CurvatureSample(
            // From half the rows on, it is all of them.
            2 * count > sample.Total ? RowSample.All(sample.Total) : new RowSample((sample.First + sample.Count) % sample.Total, count, sample.Total),
            Current.SinglePrecision && relativeDamping >= DampingThatDrownsRounding);
    }

    /// <summary>Takes all rows in double from now on.</summary>
    internal void UseExact()
    {
        (IsInexact, _mayBeInexact) = (false, false);
        Current = CurvatureSample.Exact(Current.Rows.Total);
    }

    internal void WriteState(StateWriter writer)
    {
        writer.Write(_mayBeInexact);
        writer.Write(IsInexact);
        writer.Write(Current.Rows.First);
        writer.Write(Current.Rows.Count);
        writer.Write(Current.SinglePrecision);
    }

    /// <summary>Takes over what another one wrote for as many blocks of rows.</summary>
    internal void ReadState(StateReader reader)
    {
        bool mayBeInexact = reader.ReadBoolean("whether steps may be inexact"), isInexact = reader.ReadBoolean("whether steps are inexact");
        reader.Check(_mayBeInexact || !mayBeInexact, "steps that may be inexact where they never are");
        reader.Check(mayBeInexact || !isInexact, "inexact steps where there are none");
        (_mayBeInexact, IsInexact) = (mayBeInexact, isInexact);
        int total = Current.Rows.Total;
        var rows = new RowSample(reader.ReadInt32(0, total - 1, "the first block of a sample"), reader.ReadInt32(1, total, "the blocks of a sample"), total);
        Current = new CurvatureSample(rows, reader.ReadBoolean("whether a sample is in single precision"));
    }
}
