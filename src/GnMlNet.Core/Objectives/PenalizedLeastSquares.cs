using System.Runtime.CompilerServices;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// E(theta) = sum_j w_j (f(x_j; theta) - y_j)^2 + sum_i lambda_i theta_i^2 in standardized units, sum_j w_j = 1. At first the penalty is one number
/// lambda for all parameters but the biases, which have none; <see cref="SetPenalties"/> gives every parameter its own.
/// <list type="table">
/// <listheader><term>symbol</term><description>here, shape</description></listheader>
/// <item><term>theta</term><description>parameters, flattened by <see cref="NetworkShape"/>; all p of them are trained, or the hidden weights alone</description></item>
/// <item><term>r_j</term><description>f(x_j; theta) - y_j, n</description></item>
/// <item><term>J</term><description>Jacobian of f by the trained parameters, n x p: with slope s_ji = sigma'(z_ji), row j holds v_i s_ji x_jk, then v_i s_ji for
/// the bias, sigma(z_ji) for the output weight and 1 for the output bias</description></item>
/// <item><term>W</term><description>diag(w_j)</description></item>
/// </list>
/// </summary>
internal sealed class PenalizedLeastSquares
{
    // All factors are held where they take no more bytes than this, so that a step begins with those of the trial point that it came from;
    // else those of a few blocks at a time. The sums do not depend on it.
    private const double MostFactorBytes = 1 << 25;
    private const int BlocksOfMany = 16;

    private readonly StandardizedData _data;
    private readonly Activation _activation;
    private readonly double[] _penalties;
    private readonly double[] _theta;
    private readonly double[] _blockLoss;
    private readonly double[] _blockWeight;

    private readonly Lazy<Workspace> _workspace;

    // What the threads run, made once so that a pass allocates nothing.
    private readonly Action<int> _evaluateBlock;
    private readonly Action<int> _factorBlock;
    private readonly Action<int> _factorBlockWithGradient;
    private RowSample _sample;
    private int _start;
    private int _firstSlot;
    private bool _allFactored;

    internal PenalizedLeastSquares(
        StandardizedData data, NetworkShape shape, Activation activation, double penalty, int threads, bool trainsOutputLayer = true)
    {
        _data = data;
        Shape = shape;
        Trained = new TrainedParameters(shape, trainsOutputLayer);
        Work = new WorkSharing(threads);
        _activation = activation;
        _penalties = [.. Enumerable.Range(0, Trained.Count).Select(i => shape.IsBias(i) ? 0 : penalty)];
        _theta = new double[shape.ParameterCount];
        _blockLoss = new double[data.Blocks.Length];
        _blockWeight = [.. data.Blocks.Select(block => block.Weights.Sum())];
        // Validation rows are never factored.
        _workspace = new(() => new Workspace(Trained, BlocksAtOnce(Trained, BlockCount)));
        _evaluateBlock = EvaluateBlock;
        _factorBlock = FactorBlock;
        _factorBlockWithGradient = FactorBlockWithGradient;
    }

    internal NetworkShape Shape { get; }

    /// <summary>Which parameters J has columns for.</summary>
    internal TrainedParameters Trained { get; }

    /// <summary>The threads that all passes over the rows share.</summary>
    internal WorkSharing Work { get; }

    /// <summary>Room for a sum over the rows of each block that is factored at once, one number a trained parameter; nothing in it outlives a pass.</summary>
    internal double[][] BlockSums => _workspace.Value.BlockSums;

    /// <summary>How many blocks of rows there are.</summary>
    internal int BlockCount => _data.Blocks.Length;

    /// <summary>n, the number of rows.</summary>
    internal int RowCount => RowCountOf(RowSample.All(BlockCount));

    /// <summary>n as evidence counts the rows: by the weights that they had before these were brought to the sum 1.</summary>
    internal double TotalWeight => _data.TotalWeight;

    /// <summary>The bytes that evaluating a network takes, the data apart.</summary>
    internal static double WorkspaceBytes(TrainedParameters trained, double blockCount) =>
        BlocksAtOnce(trained, blockCount) * (trained.FactorBytes<double>() + (sizeof(double) * (double)trained.LongCount));

    /// <summary>The lambda_i of all trained parameters.</summary>
    internal ReadOnlySpan<double> Penalties => _penalties;

    /// <summary>lambda_i, at least 0.</summary>
    internal double PenaltyOf(int index) => _penalties[index];

    /// <summary>Gives every trained parameter a penalty of its own.</summary>
    internal void SetPenalties(ReadOnlySpan<double> penalties) => penalties.CopyTo(_penalties);

    /// <summary>sum_i lambda_i theta_i^2, over the trained parameters.</summary>
    internal double Penalty(ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        for (int i = 0; i < _penalties.Length; i++) sum += _penalties[i] * parameters[i] * parameters[i];
        return sum;
    }

    /// <summary>sum_j w_j r_j^2: the mean square error in standardized units, without the penalty.</summary>
    internal double MeanSquaredError(ReadOnlySpan<double> parameters)
    {
        MoveTo(parameters);
        Work.For(BlockCount, _evaluateBlock);
        return SumOfBlocks();
    }

    /// <summary>E(theta) over all rows, with g = J^T W r + Lambda theta, half its gradient (Lambda is the diagonal of the lambda_i).</summary>
    internal double LossAndGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        MoveTo(parameters);
        gradient.Clear();
        _sample = RowSample.All(BlockCount);
        int atOnce = _workspace.Value.Factors.Length;
        for (_start = 0; _start < BlockCount; _start += atOnce)
        {
            int count = Math.Min(atOnce, BlockCount - _start);
            Work.For(count, _factorBlockWithGradient);
            for (int slot = 0; slot < count; slot++) Vectors.AddScaled(BlockSums[slot], 1, gradient);
        }

        _allFactored = atOnce == BlockCount;
        for (int i = 0; i < gradient.Length; i++) gradient[i] += PenaltyOf(i) * parameters[i];
        return SumOfBlocks() + Penalty(parameters);
    }

    /// <summary>
    /// The factors of diag(sqrt(w)) J at <paramref name="parameters"/> for some blocks of a sample, from position <paramref name="start"/> in it on:
    /// as many as are held at once, until the next call.
    /// </summary>
    internal ReadOnlyMemory<JacobianFactors<double>> Factors(ReadOnlySpan<double> parameters, RowSample sample, int start)
    {
        MoveTo(parameters);
        JacobianFactors<double>[] factors = _workspace.Value.Factors;
        if (_allFactored)
        {
            _firstSlot = sample.Block(start);
            return factors.AsMemory(_firstSlot, Math.Min(BlockCount - _firstSlot, sample.Count - start));
        }

        int count = Math.Min(factors.Length, sample.Count - start);
        (_sample, _start, _firstSlot) = (sample, start, 0);
        Work.For(count, _factorBlock);
        _allFactored = sample.First == 0 && sample.IsAll && count == BlockCount;
        return factors.AsMemory(0, count);
    }

    /// <summary>sqrt(w_j) r_j of the rows whose factors were returned last.</summary>
    /// <param name="slot">Which of the blocks that were returned.</param>
    internal ReadOnlySpan<double> WeightedResiduals(int slot) => _workspace.Value.Residuals[_firstSlot + slot];

    /// <summary>The block of rows at a position of a sample.</summary>
    internal RowBlock Block(RowSample sample, int position) => _data.Blocks[sample.Block(position)];

    /// <summary>How many rows a sample has.</summary>
    internal int RowCountOf(RowSample sample)
    {
        int rows = 0;
        for (int i = 0; i < sample.Count; i++) rows += Block(sample, i).RowCount;
        return rows;
    }

    /// <summary>The weight of a sample; all rows together have weight 1.</summary>
    internal double WeightOf(RowSample sample)
    {
        double sum = 0;
        for (int i = 0; i < sample.Count; i++) sum += _blockWeight[sample.Block(i)];
        return sum;
    }

    private static int BlocksAtOnce(TrainedParameters trained, double blockCount)
    {
        double fit = MostFactorBytes / trained.FactorBytes<double>();
        return blockCount <= fit ? (int)blockCount : (int)Math.Clamp(fit, 1, BlocksOfMany);
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

    [SkipLocalsInit]
    private void EvaluateBlock(int index)
    {
        Span<double> residual = stackalloc double[RowBlock.Capacity], z = stackalloc double[RowBlock.Capacity], value = stackalloc double[RowBlock.Capacity];
        RowBlock block = _data.Blocks[index];
        residual.Fill(OutputBias);
        for (int i = 0; i < Shape.HiddenSize; i++)
        {
            Preactivation(block, i, z);
            _activation.Evaluate(z, value);
            Vectors.AddScaled(value, _theta[Shape.OutputWeight(i)], residual);
        }

        _blockLoss[index] = SubtractLabels(block, residual);
    }

    private void FactorBlockWithGradient(int slot)
    {
        FactorBlock(slot);
        Workspace workspace = _workspace.Value;
        JacobianProducts.MultiplyTransposed(workspace.Factors[slot], workspace.Residuals[slot], workspace.BlockSums[slot]);
    }

    /// <summary>Fills the factors and weighted residuals of a slot.</summary>
    [SkipLocalsInit]
    private void FactorBlock(int slot)
    {
        int index = _sample.Block(_start + slot);
        RowBlock block = _data.Blocks[index];
        JacobianFactors<double> factors = _workspace.Value.Factors[slot];
        Span<double> residual = _workspace.Value.Residuals[slot];
        Span<double> z = stackalloc double[RowBlock.Capacity], unused = stackalloc double[RowBlock.Capacity], rootWeight = stackalloc double[RowBlock.Capacity];
        Vectors.SquareRoot(block.Weights, rootWeight);
        for (int k = 0; k < Shape.UnitLength; k++) block.Column(k).CopyTo(factors.Input(k));

        residual.Fill(OutputBias);
        for (int i = 0; i < Shape.HiddenSize; i++)
        {
            Span<double> slope = factors.Slope(i), value = Trained.IncludeOutputLayer ? factors.Other(i) : unused;
            double outputWeight = _theta[Shape.OutputWeight(i)];
            Preactivation(block, i, z);
            _activation.Evaluate(z, value, slope);
            Vectors.AddScaled(value, outputWeight, residual);
            Vectors.Multiply<double>(value, rootWeight, value);
            Vectors.MultiplyScaled(slope, outputWeight, rootWeight, slope);
        }

        if (Trained.IncludeOutputLayer && Shape.HasBiases) rootWeight.CopyTo(factors.Other(Shape.HiddenSize));
        _blockLoss[index] = SubtractLabels(block, residual);
        Vectors.Multiply<double>(residual, rootWeight, residual);
    }

    private double OutputBias => Shape.HasBiases ? _theta[Shape.OutputBias] : 0;

    private void Preactivation(RowBlock block, int unit, Span<double> z) =>
        Vectors.Combine(block.Values, RowBlock.Stride, _theta.AsSpan(Shape.HiddenWeight(unit, 0), Shape.InputSize), Shape.HasBiases ? _theta[Shape.HiddenBias(unit)] : 0, z);

    /// <summary>Turns the network's values into residuals; returns the sum of their weighted squares.</summary>
    private static double SubtractLabels(RowBlock block, Span<double> values)
    {
        double sum = 0;
        for (int j = 0; j < values.Length; j++)
        {
            values[j] -= block.Labels[j];
            sum += block.Weights[j] * values[j] * values[j];
        }

        return sum;
    }

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
