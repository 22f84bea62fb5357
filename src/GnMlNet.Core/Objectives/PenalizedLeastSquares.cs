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
    // Blocks whose Jacobians are held at a time; the sums do not depend on it.
    private const int BlocksAtOnce = 16;

    private readonly StandardizedData _data;
    private readonly Activation _activation;
    private readonly double _penalty;
    private readonly int _threads;
    private readonly double[] _blockLoss;
    private readonly double[][] _jacobians;

    internal PenalizedLeastSquares(StandardizedData data, NetworkShape shape, Activation activation, double penalty, int threads)
    {
        _data = data;
        Shape = shape;
        _activation = activation;
        _penalty = penalty;
        _threads = threads;
        _blockLoss = new double[data.Blocks.Length];
        int columns = GramAccumulator.PaddedSize((int)shape.ParameterCount + 1);
        _jacobians = [.. Enumerable.Range(0, Math.Min(BlocksAtOnce, data.Blocks.Length)).Select(_ => new double[columns * RowBlock.Capacity])];
    }

    internal NetworkShape Shape { get; }

    /// <summary>The bytes of the Jacobian blocks for a problem of <paramref name="parameterCount"/> parameters and <paramref name="rowCount"/> rows.</summary>
    internal static long WorkspaceBytes(long parameterCount, long rowCount)
    {
        long blocks = Math.Clamp((rowCount + RowBlock.Capacity - 1) / RowBlock.Capacity, 1, BlocksAtOnce);
        return blocks * RowBlock.Capacity * sizeof(double) * (parameterCount + 3);
    }

    /// <summary>sum_j w_j r_j^2: the mean square error in standardized units, without the penalty.</summary>
    internal double MeanSquaredError(ReadOnlySpan<double> parameters)
    {
        double[] theta = parameters.ToArray();
        WorkSharing.For(_data.Blocks.Length, _threads, i =>
        {
            Span<double> residual = stackalloc double[RowBlock.Capacity];
            Residuals(_data.Blocks[i], theta, residual);
            _blockLoss[i] = WeightedSquare(_data.Blocks[i], residual);
        });
        return _blockLoss.Sum();
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

    /// <summary>Computes the loss, g and A at <paramref name="parameters"/> in one pass over the rows.</summary>
    internal void Linearize(ReadOnlySpan<double> parameters, Linearization target)
    {
        double[] theta = parameters.ToArray();
        SymmetricMatrix matrix = target.Matrix;
        matrix.Clear();
        var gram = new GramAccumulator(matrix);
        for (int start = 0; start < _data.Blocks.Length; start += _jacobians.Length)
        {
            int first = start, count = Math.Min(_jacobians.Length, _data.Blocks.Length - start);
            WorkSharing.For(count, _threads, i => _blockLoss[first + i] = WeightedJacobian(_data.Blocks[first + i], theta, _jacobians[i]));
            gram.Add(_jacobians.AsMemory(0, count), _threads);
        }

        target.Loss = _blockLoss.Sum() + Penalty(parameters);
        matrix.Row(target.Size)[..target.Size].CopyTo(target.Gradient);
        for (int i = 0; i < target.Size; i++)
        {
            if (Shape.IsBias(i)) continue;
            matrix.Row(i)[i] += _penalty;
            target.Gradient[i] += _penalty * parameters[i];
        }
    }

    /// <summary>J of one row, for tests and diagnostics: p numbers.</summary>
    internal double[] JacobianRow(int row, ReadOnlySpan<double> parameters)
    {
        var jacobian = new double[_jacobians[0].Length];
        RowBlock block = _data.Blocks[row / RowBlock.Capacity];
        int j = row % RowBlock.Capacity;
        WeightedJacobian(block, parameters.ToArray(), jacobian);
        double scale = 1 / Math.Sqrt(block.Weights[j]);
        return [.. Enumerable.Range(0, parameters.Length).Select(i => jacobian[(i * RowBlock.Capacity) + j] * scale)];
    }

    /// <summary>Fills <paramref name="columns"/> with sqrt(w_j) [J r], column-major, and returns the block's share of the mean square error.</summary>
    private double WeightedJacobian(RowBlock block, double[] theta, double[] columns)
    {
        Span<double> unit = stackalloc double[RowBlock.Capacity], residual = stackalloc double[RowBlock.Capacity];
        Span<double> rootWeight = stackalloc double[RowBlock.Capacity];
        for (int j = 0; j < rootWeight.Length; j++) rootWeight[j] = Math.Sqrt(block.Weights[j]);

        residual.Fill(theta[Shape.OutputBias]);
        for (int i = 0; i < Shape.HiddenSize; i++)
        {
            Preactivation(block, theta, i, unit);
            Span<double> bias = Column(columns, Shape.HiddenBias(i)), value = Column(columns, Shape.OutputWeight(i));
            double outputWeight = theta[Shape.OutputWeight(i)];
            for (int j = 0; j < unit.Length; j++)
            {
                value[j] = _activation.Value(unit[j]);
                bias[j] = rootWeight[j] * outputWeight * _activation.Slope(unit[j]);
            }

            Vectors.AddScaled(value, outputWeight, residual);
            Vectors.Multiply(value, rootWeight, value);
            for (int k = 0; k < Shape.InputSize; k++) Vectors.Multiply(bias, block.Column(k), Column(columns, Shape.HiddenWeight(i, k)));
        }

        for (int j = 0; j < residual.Length; j++) residual[j] -= block.Labels[j];
        rootWeight.CopyTo(Column(columns, Shape.OutputBias));
        Vectors.Multiply(residual, rootWeight, Column(columns, Shape.OutputBias + 1));
        return WeightedSquare(block, residual);
    }

    private void Residuals(RowBlock block, double[] theta, Span<double> residual)
    {
        Span<double> unit = stackalloc double[RowBlock.Capacity];
        residual.Fill(theta[Shape.OutputBias]);
        for (int i = 0; i < Shape.HiddenSize; i++)
        {
            Preactivation(block, theta, i, unit);
            for (int j = 0; j < unit.Length; j++) unit[j] = _activation.Value(unit[j]);
            Vectors.AddScaled(unit, theta[Shape.OutputWeight(i)], residual);
        }

        for (int j = 0; j < residual.Length; j++) residual[j] -= block.Labels[j];
    }

    private void Preactivation(RowBlock block, double[] theta, int unit, Span<double> z)
    {
        z.Fill(theta[Shape.HiddenBias(unit)]);
        for (int k = 0; k < Shape.InputSize; k++) Vectors.AddScaled(block.Column(k), theta[Shape.HiddenWeight(unit, k)], z);
    }

    private static double WeightedSquare(RowBlock block, ReadOnlySpan<double> residual)
    {
        double sum = 0;
        for (int j = 0; j < residual.Length; j++) sum += block.Weights[j] * residual[j] * residual[j];
        return sum;
    }

    private static Span<double> Column(double[] columns, int column) => columns.AsSpan(column * RowBlock.Capacity, RowBlock.Capacity);
}
