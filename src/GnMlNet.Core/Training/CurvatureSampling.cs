using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Training;

/// <summary>
/// Which rows the Gauss-Newton matrix A is made from. Loss, gradient and acceptance always see every row; far from a minimum A may come from
/// a few of them, which costs a fraction and gives nearly the same steps. The rows lie in random order, and the sample moves on with every step.
/// It doubles as soon as a step disappoints: the quadratic model was wrong, steps had to be rejected, or the loss hardly fell.
/// At the end it is all rows, and only then may a rule of convergence end training. A small state machine that sees only numbers.
/// </summary>
internal sealed class CurvatureSampling
{
    // Fewer rows than this, or this multiple of the number of parameters, would make A a poor estimate.
    private const int LeastBlocks = 8;
    private const int LeastRowsPerParameter = 8;

    // What disappoints; docs/training.md has the measurements behind these figures.
    private const double PoorGain = 0.45;
    private const int ManyRejections = 2;
    private const double SmallFall = 0.004;

    /// <param name="blockCount">How many blocks of rows there are.</param>
    /// <param name="parameterCount">p.</param>
    internal CurvatureSampling(int blockCount, long parameterCount)
    {
        long least = Math.Max(LeastBlocks, LeastRowsPerParameter * parameterCount / RowBlock.Capacity);
        // Half the rows save too little to be worth their noise.
        Sample = 2 * least > blockCount ? RowSample.All(blockCount) : new RowSample(0, (int)least, blockCount);
    }

    /// <summary>The rows that the next A is made from.</summary>
    internal RowSample Sample { get; private set; }

    /// <summary>Whether a table is large enough to be sampled; if so, its rows must lie in random order.</summary>
    internal static bool Applies(int blockCount, long parameterCount) => !new CurvatureSampling(blockCount, parameterCount).Sample.IsAll;

    /// <summary>A step was accepted: moves on, and doubles the sample if the step disappointed.</summary>
    /// <param name="gainRatio">The fall of the loss over the predicted one.</param>
    /// <param name="rejectedSteps">How many steps were rejected before.</param>
    /// <param name="relativeFall">The fall of the loss over the loss.</param>
    internal void Accepted(double gainRatio, int rejectedSteps, double relativeFall)
    {
        if (Sample.IsAll) return;

        bool disappointed = gainRatio < PoorGain || rejectedSteps >= ManyRejections || relativeFall < SmallFall;
        int count = disappointed ? 2 * Sample.Count : Sample.Count;
        // From half the rows on, it is all of them.
        if (2 * count > Sample.Total) UseAll();
        else Sample = new RowSample((Sample.First + Sample.Count) % Sample.Total, count, Sample.Total);
    }

    /// <summary>Takes all rows from now on.</summary>
    internal void UseAll() => Sample = RowSample.All(Sample.Total);
}
