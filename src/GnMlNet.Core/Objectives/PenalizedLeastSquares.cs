using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// E(theta) = sum_j w_j (f(x_j; theta) - y_j)^2 + lambda |theta without biases|^2 in standardized units, sum_j w_j = 1.
/// <list type="table">
/// <listheader><term>symbol</term><description>here, shape</description></listheader>
/// <item><term>theta</term><description>parameters, p = m (d + 2) + 1, flattened by <see cref="NetworkShape"/></description></item>
/// <item><term>r_j</term><description>f(x_j; theta) - y_j, n</description></item>
/// <item><term>J</term><description>Jacobian of f, n x p: with slope s_ji = sigma'(z_ji), row j holds v_i s_ji x_jk, then v_i s_ji for the bias,
/// sigma(z_ji) for the output weight and 1 for the output bias</description></item>
/// <item><term>W</term><description>diag(w_j)</description></item>
/// </list>
/// </summary>
internal sealed class PenalizedLeastSquares
{
    // Blocks whose factors are held at a time, and the bytes they may take together; the sums do not depend on it.
    private const int MostBlocksAtOnce = 16;
    private const double MostFactorBytes = 1 << 25;

    private readonly StandardizedData _data;
    private readonly Activation _activation;
    private readonly double _penalty;
    private readonly WorkSharing _work;
    private readonly double[] _theta;
    private readonly double[] _blockLoss;
    private readonly JacobianFactors[] _factors;
    private readonly JacobianFactors[] _sampledFactors;
    private readonly double[][] _blockGradients;
    private readonly Lazy<StructuredGram> _gram;

    // What the threads run, made once so that a pass allocates nothing.
    private readonly Action<int> _evaluateBlock;
    private readonly Action<int> _factorBlock;
    private int _firstBlock;

    internal PenalizedLeastSquares(StandardizedData data, NetworkShape shape, Activation activation, double penalty, int threads)
    {
        _data = data;
        Shape = shape;
        _activation = activation;
        _penalty = penalty;
        _work = new WorkSharing(threads);
        _theta = new double[shape.ParameterCount];
        _blockLoss = new double[data.Blocks.Length];
        int blocks = Math.Min(BlocksAtOnce(shape), data.Blocks.Length);
        _factors = [.. Enumerable.Range(0, blocks).Select(_ => new JacobianFactors(shape.HiddenSize, OtherCount(shape)))];
        _sampledFactors = new JacobianFactors[blocks];
        _blockGradients = [.. _factors.Select(_ => new double[shape.ParameterCount])];
        // Validation rows are never linearized.
        _gram = new(() => new StructuredGram(shape.HiddenSize, shape.UnitLength, OtherCount(shape), _work));
        _evaluateBlock = EvaluateBlock;
        _factorBlock = FactorBlock;
    }

    internal NetworkShape Shape { get; }

    /// <summary>The bytes that linearizing a network takes, its matrix A and data apart.</summary>
    internal static double WorkspaceBytes(NetworkShape shape) =>
        StructuredGram.Bytes(shape.HiddenSize, shape.UnitLength, OtherCount(shape))
        + (BlocksAtOnce(shape) * JacobianFactors.Bytes(shape.HiddenSize, OtherCount(shape)));

    /// <summary>sum_j w_j r_j^2: the mean square error in standardized units, without the penalty.</summary>
    internal double MeanSquaredError(ReadOnlySpan<double> parameters)
    {
        parameters.CopyTo(_theta);
        _work.For(_data.Blocks.Length, _evaluateBlock);
        return SumOfBlocks();
    }

    /// <summary>lambda |theta without biases|^2.</summary>
    internal double Penalty(ReadOnlySpan<double> parameters)
    {
        double square = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!Shape.IsBias(i)) square += parameters[i] * parameters[i];
        }

        return _penalty * square;
    }

    /// <summary>E(theta).</summary>
    internal double Loss(ReadOnlySpan<double> parameters) => MeanSquaredError(parameters) + Penalty(parameters);

    /// <summary>How many blocks of rows there are.</summary>
    internal int BlockCount => _data.Blocks.Length;

    /// <summary>How many rows a sample has.</summary>
    internal int RowCount(RowSample sample)
    {
        int rows = 0;
        for (int i = 0; i < _data.Blocks.Length; i++)
        {
            if (sample.Contains(i)) rows += _data.Blocks[i].RowCount;
        }

        return rows;
    }

    /// <summary>Computes the loss and g over all rows and A over those in the sample, in one pass, at <paramref name="parameters"/>.</summary>
    internal void Linearize(ReadOnlySpan<double> parameters, RowSample sample, Linearization target)
    {
        parameters.CopyTo(_theta);
        StructuredGram gram = _gram.Value;
        gram.Clear();
        Array.Clear(target.Gradient);
        double sampleWeight = 0;
        for (_firstBlock = 0; _firstBlock < _data.Blocks.Length; _firstBlock += _factors.Length)
        {
            int count = Math.Min(_factors.Length, _data.Blocks.Length - _firstBlock), sampled = 0;
            _work.For(count, _factorBlock);
            for (int i = 0; i < count; i++)
            {
                Vectors.AddScaled(_blockGradients[i], 1, target.Gradient);
                if (!sample.Contains(_firstBlock + i)) continue;
                _sampledFactors[sampled++] = _factors[i];
                sampleWeight += _data.Blocks[_firstBlock + i].Weights.Sum();
            }

            gram.Add(_sampledFactors.AsMemory(0, sampled));
        }

        target.Loss = SumOfBlocks() + Penalty(parameters);
        gram.CopyTo(target.Matrix);
        // All rows together have weight 1; a sample is weighted up to it.
        if (!sample.IsAll) target.Matrix.Scale(1 / sampleWeight);
        for (int i = 0; i < target.Size; i++)
        {
            if (Shape.IsBias(i)) continue;
            target.Matrix[i, i] += _penalty;
            target.Gradient[i] += _penalty * parameters[i];
        }
    }

    /// <summary>J of one row, for tests and diagnostics: p numbers.</summary>
    internal double[] JacobianRow(int row, ReadOnlySpan<double> parameters)
    {
        RowBlock block = _data.Blocks[row / RowBlock.Capacity];
        int j = row % RowBlock.Capacity;
        JacobianFactors factors = _factors[0];
        parameters.CopyTo(_theta);
        Factor(block, factors, _blockGradients[0]);
        double scale = 1 / Math.Sqrt(block.Weights[j]);
        var jacobian = new double[parameters.Length];
        for (int i = 0; i < Shape.HiddenSize; i++)
        {
            for (int k = 0; k < Shape.UnitLength; k++) jacobian[Shape.HiddenWeight(i, k)] = scale * factors.Slope(i)[j] * block.Column(k)[j];
        }

        for (int i = Shape.OutputWeight(0); i < jacobian.Length; i++) jacobian[i] = scale * factors.Other(i - Shape.OutputWeight(0))[j];
        return jacobian;
    }

    // The output weights and the output bias.
    private static int OtherCount(NetworkShape shape) => shape.HiddenSize + 1;

    private static int BlocksAtOnce(NetworkShape shape) =>
        (int)Math.Clamp(MostFactorBytes / JacobianFactors.Bytes(shape.HiddenSize, OtherCount(shape)), 1, MostBlocksAtOnce);

    private double SumOfBlocks()
    {
        double sum = 0;
        foreach (double loss in _blockLoss) sum += loss;
        return sum;
    }

    private void EvaluateBlock(int i)
    {
        Span<double> residual = stackalloc double[RowBlock.Capacity];
        Residuals(_data.Blocks[i], residual);
        _blockLoss[i] = WeightedSquare(_data.Blocks[i], residual);
    }

    private void FactorBlock(int i) => _blockLoss[_firstBlock + i] = Factor(_data.Blocks[_firstBlock + i], _factors[i], _blockGradients[i]);

    /// <summary>
    /// Fills <paramref name="factors"/> with those of diag(sqrt(w)) J at theta and <paramref name="gradient"/> with the block's share of J^T W r;
    /// returns its share of the mean square error.
    /// </summary>
    private double Factor(RowBlock block, JacobianFactors factors, Span<double> gradient)
    {
        Span<double> z = stackalloc double[RowBlock.Capacity], residual = stackalloc double[RowBlock.Capacity];
        Span<double> rootWeight = factors.Other(Shape.HiddenSize);
        Vectors.SquareRoot(block.Weights, rootWeight);
        factors.Inputs = block;

        residual.Fill(_theta[Shape.OutputBias]);
        for (int i = 0; i < Shape.HiddenSize; i++)
        {
            Span<double> slope = factors.Slope(i), value = factors.Other(i);
            double outputWeight = _theta[Shape.OutputWeight(i)];
            Preactivation(block, i, z);
            _activation.Evaluate(z, value, slope);
            Vectors.AddScaled(value, outputWeight, residual);
            Vectors.Multiply(value, rootWeight, value);
            Vectors.MultiplyScaled(slope, outputWeight, rootWeight, slope);
        }

        for (int j = 0; j < residual.Length; j++) residual[j] -= block.Labels[j];
        double square = WeightedSquare(block, residual);
        Vectors.Multiply(residual, rootWeight, residual);
        StructuredGradient.Compute(factors, residual, Shape.HiddenSize, Shape.UnitLength, gradient);
        return square;
    }

    private void Residuals(RowBlock block, Span<double> residual)
    {
        Span<double> z = stackalloc double[RowBlock.Capacity], value = stackalloc double[RowBlock.Capacity];
        residual.Fill(_theta[Shape.OutputBias]);
        for (int i = 0; i < Shape.HiddenSize; i++)
        {
            Preactivation(block, i, z);
            _activation.Evaluate(z, value);
            Vectors.AddScaled(value, _theta[Shape.OutputWeight(i)], residual);
        }

        for (int j = 0; j < residual.Length; j++) residual[j] -= block.Labels[j];
    }

    private void Preactivation(RowBlock block, int unit, Span<double> z)
    {
        z.Fill(_theta[Shape.HiddenBias(unit)]);
        for (int k = 0; k < Shape.InputSize; k++) Vectors.AddScaled(block.Column(k), _theta[Shape.HiddenWeight(unit, k)], z);
    }

    private static double WeightedSquare(RowBlock block, ReadOnlySpan<double> residual)
    {
        double sum = 0;
        for (int j = 0; j < residual.Length; j++) sum += block.Weights[j] * residual[j] * residual[j];
        return sum;
    }
}
