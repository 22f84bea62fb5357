using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// The residuals of a network on rows, r_j = f(x_j; theta) - y_j, and its weighted Jacobian in factors, block of rows by block of rows. Every pass names its
/// point; factors that are at hand from the pass before are not made again.
/// <list type="table">
/// <listheader><term>symbol</term><description>here, shape</description></listheader>
/// <item><term>theta</term><description>parameters, flattened by <see cref="NetworkShape"/>; all p of them are trained, or the hidden weights alone</description></item>
/// <item><term>r_j</term><description>f(x_j; theta) - y_j, n</description></item>
/// <item><term>J</term><description>Jacobian of f by the trained parameters, n x p: with slope s_ji = sigma'(z_ji), row j holds v_i s_ji x_jk, then v_i s_ji for
/// the bias, sigma(z_ji) for the output weight and 1 for the output bias</description></item>
/// <item><term>W</term><description>diag(w_j)</description></item>
/// </list>
/// </summary>
internal sealed class NetworkResiduals
{
    // All factors are held where a second-level cache holds them, so that a step begins with those of the trial point that it came from; else those of a few blocks at a time, some for each thread.
    // The sums do not depend on it.
    private const double MostBytesOfAll = 1 << 20;
    private const double MostFactorBytes = 1 << 25;
    private const int LeastBlocksOfMany = 4;
    private const int MostBlocksOfMany = 16;

    private readonly RowBlock[] _blocks;
    private readonly BlockResiduals _ofBlock;
    private readonly WorkSharing _work;
    private readonly double[] _theta;
    private readonly double[] _blockLoss;
    private readonly Lazy<Workspace> _workspace;

    // What the threads run, made once so that a pass allocates nothing.
    private readonly Action<int> _evaluateBlock;
    private readonly Action<int> _visitBlock;
    private RowSample _sample;
    private int _start;
    private int _firstSlot;
    private bool _isFactored;
    private bool _allFactored;
    private Action<FactoredBlock>? _each;

    internal NetworkResiduals(RowBlock[] blocks, TrainedParameters trained, Activation activation, WorkSharing work)
    {
        (_blocks, _ofBlock, _work) = (blocks, new BlockResiduals(trained, activation), work);
        _theta = new double[trained.Shape.ParameterCount];
        _blockLoss = new double[blocks.Length];
        // Validation rows are never factored.
        _workspace = new(() => new Workspace(trained, BlocksAtOnce(trained, blocks.Length, work.Threads)));
        _evaluateBlock = EvaluateBlock;
        _visitBlock = VisitBlock;
    }

    /// <summary>The most bytes that evaluating a network takes, with however many threads, the data apart.</summary>
    internal static double WorkspaceBytes(TrainedParameters trained, double blockCount) =>
        BlocksAtOnce(trained, blockCount, MostBlocksOfMany) * (trained.FactorBytes<double>() + (sizeof(double) * (double)trained.LongCount));

    /// <summary>sum_j w_j r_j^2 over all rows.</summary>
    internal double SumOfSquares(ReadOnlySpan<double> parameters)
    {
        MoveTo(parameters);
        _work.For(_blocks.Length, _evaluateBlock);
        return SumOfBlocks();
    }

    /// <summary>sum_j w_j r_j^2 over all rows, while each of their blocks is visited.</summary>
    internal double SumOfSquares(ReadOnlySpan<double> parameters, Action<FactoredBlock> each, Span<double> sum)
    {
        ForEachBlock(parameters, each, sum);
        return SumOfBlocks();
    }

    /// <summary>Visits all blocks of rows, several at a time; what a visit leaves in the block's sum is added up in order, so the bits do not depend on the number of threads.</summary>
    /// <param name="parameters">theta.</param>
    /// <param name="each">What is done with a block.</param>
    /// <param name="sum">Where the sum of the blocks' sums goes, or nothing.</param>
    internal void ForEachBlock(ReadOnlySpan<double> parameters, Action<FactoredBlock> each, Span<double> sum = default)
    {
        sum.Clear();
        RowSample all = RowSample.All(_blocks.Length);
        for (int start = 0, count; start < all.Count; start += count)
        {
            count = Visit(parameters, all, start, each).Length;
            for (int slot = 0; !sum.IsEmpty && slot < count; slot++) Vectors.AddScaled(_workspace.Value.BlockSums[_firstSlot + slot], 1, sum);
        }
    }

    /// <summary>Hands over the factors of a sample's blocks, in order, as many as are held at once.</summary>
    internal void ForEachGroup(ReadOnlySpan<double> parameters, RowSample sample, Action<ReadOnlyMemory<JacobianFactors<double>>> group)
    {
        for (int start = 0, count; start < sample.Count; start += count)
        {
            ReadOnlyMemory<JacobianFactors<double>> factors = Visit(parameters, sample, start, each: null);
            group(factors);
            count = factors.Length;
        }
    }

    /// <summary>Factors the blocks from a position in a sample on, as many as are held at once, unless they are at hand, and visits them.</summary>
    private ReadOnlyMemory<JacobianFactors<double>> Visit(ReadOnlySpan<double> parameters, RowSample sample, int start, Action<FactoredBlock>? each)
    {
        MoveTo(parameters);
        JacobianFactors<double>[] factors = _workspace.Value.Factors;
        (_sample, _start, _each, _isFactored, _firstSlot) = (sample, start, each, _allFactored, _allFactored ? sample.Block(start) : 0);
        int count = Math.Min(factors.Length - _firstSlot, sample.Count - start);
        if (!_isFactored || each is not null) _work.For(count, _visitBlock);
        _allFactored |= sample.First == 0 && sample.IsAll && count == _blocks.Length;
        return factors.AsMemory(_firstSlot, count);
    }

    private void VisitBlock(int slot)
    {
        Workspace workspace = _workspace.Value;
        int index = _sample.Block(_start + slot), at = _firstSlot + slot;
        if (!_isFactored) _blockLoss[index] = _ofBlock.Factor(_blocks[index], _theta, workspace.Factors[at], workspace.Residuals[at]);
        _each?.Invoke(new FactoredBlock((_start + slot) * RowBlock.Capacity, _blocks[index].RowCount, workspace.Factors[at], workspace.Residuals[at], _blocks[index].Weights, workspace.BlockSums[at]));
    }

    private static int BlocksAtOnce(TrainedParameters trained, double blockCount, int threads)
    {
        double each = trained.FactorBytes<double>();
        if (blockCount * each <= MostBytesOfAll) return (int)blockCount;
        return (int)Math.Min(blockCount, Math.Clamp(MostFactorBytes / each, 1, Math.Clamp(2 * threads, LeastBlocksOfMany, MostBlocksOfMany)));
    }

    private void MoveTo(ReadOnlySpan<double> parameters)
    {
        if (parameters.SequenceEqual(_theta)) return;
        parameters.CopyTo(_theta);
        _allFactored = false;
    }

    private double SumOfBlocks()
    {
        double sum = 0;
        foreach (double loss in _blockLoss) sum += loss;
        return sum;
    }

    private void EvaluateBlock(int index) => _blockLoss[index] = _ofBlock.SumOfSquares(_blocks[index], _theta);

    /// <summary>What is held of every block that is factored at once.</summary>
    private sealed class Workspace(TrainedParameters trained, int blocks)
    {
        internal JacobianFactors<double>[] Factors { get; } = Many(blocks, trained.NewFactors<double>);

        /// <summary>sqrt(w_j) r_j.</summary>
        internal double[][] Residuals { get; } = Many(blocks, () => new double[RowBlock.Capacity]);

        internal double[][] BlockSums { get; } = Many(blocks, () => new double[trained.Count]);

        private static T[] Many<T>(int count, Func<T> create) => [.. Enumerable.Range(0, count).Select(_ => create())];
    }
}
