using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Networks;

/// <summary>
/// A network laid out for one row at a time: the units fill the lanes of the vectors, so a single row is as fast as a block of rows and nothing is
/// buffered or allocated.
/// </summary>
internal sealed class HiddenLayer
{
    // Numbers that a call keeps on the stack.
    private const int MostOnStack = 512;

    private readonly Activation _activation;
    private readonly int _inputs;
    private readonly int _units;
    private readonly int _stride;
    private readonly double[] _columns;
    private readonly double[] _outputWeights;

    /// <param name="shape">The sizes.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="hiddenWeights">m x d, unit by unit.</param>
    /// <param name="hiddenBiases">m.</param>
    /// <param name="outputWeights">m.</param>
    internal HiddenLayer(NetworkShape shape, Activation activation, ReadOnlySpan<double> hiddenWeights, ReadOnlySpan<double> hiddenBiases, ReadOnlySpan<double> outputWeights)
    {
        _activation = activation;
        (_inputs, _units) = (shape.InputSize, shape.HiddenSize);
        _stride = Vectors.WholeVectors(_units);
        _columns = new double[(_inputs + 1) * _stride];
        _outputWeights = new double[_stride];
        for (int i = 0; i < _units; i++)
        {
            for (int k = 0; k < _inputs; k++) _columns[(k * _stride) + i] = hiddenWeights[(i * _inputs) + k];
            _columns[(_inputs * _stride) + i] = hiddenBiases[i];
        }

        outputWeights.CopyTo(_outputWeights);
    }

    /// <summary>sum_i v_i sigma(b_i + w_i . x).</summary>
    [SkipLocalsInit]
    internal double Predict<T>(ReadOnlySpan<T> features)
        where T : struct, INumberBase<T>
    {
        int length = _inputs + 1 + _stride;
        double[]? rented = length > MostOnStack ? ArrayPool<double>.Shared.Rent(length) : null;
        Span<double> room = rented ?? stackalloc double[MostOnStack];
        Span<double> x = room[..(_inputs + 1)], z = room.Slice(_inputs + 1, _stride);
        for (int k = 0; k < features.Length; k++) x[k] = double.CreateTruncating(features[k]);
        x[_inputs] = 1;
        Vectors.Combine(_columns, _stride, x, 0, z);
        // Lanes without a unit hold 0, but infinity times that is not a number.
        z[_units..].Clear();
        double sum = _activation.WeightedSum(z, _outputWeights);
        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        return sum;
    }

    /// <summary>
    /// The derivatives of the sum by all parameters in the order of <see cref="NetworkShape"/>: v_i sigma'(z_i) x_k for the weights of unit i, without x_k for
    /// its bias, then sigma(z_i) for the output weights and 1 for the output bias.
    /// </summary>
    internal void Differentiate(NetworkShape shape, ReadOnlySpan<double> features, Span<double> derivatives)
    {
        double[] x = [.. features, 1];
        (double[] value, double[] slope) = Evaluate(x);
        for (int i = 0; i < _units; i++)
        {
            Span<double> unit = derivatives.Slice(i * shape.UnitLength, shape.UnitLength);
            for (int k = 0; k < unit.Length; k++) unit[k] = _outputWeights[i] * slope[i] * x[k];
            derivatives[shape.OutputWeight(i)] = value[i];
        }

        if (shape.HasBiases) derivatives[shape.OutputBias] = 1;
    }

    /// <summary>Adds the derivatives of the sum by the inputs: sum_i v_i sigma'(z_i) w_ik.</summary>
    internal void AddSlopes(ReadOnlySpan<double> features, Span<double> slopes)
    {
        (_, double[] slope) = Evaluate([.. features, 1]);
        for (int i = 0; i < _units; i++)
        {
            double unit = _outputWeights[i] * slope[i];
            for (int k = 0; k < slopes.Length; k++) slopes[k] += unit * _columns[(k * _stride) + i];
        }
    }

    /// <summary>The activations of the units and their slopes, in whole vectors.</summary>
    /// <param name="x">The inputs, then 1.</param>
    private (double[] Value, double[] Slope) Evaluate(ReadOnlySpan<double> x)
    {
        double[] z = new double[_stride], value = new double[_stride], slope = new double[_stride];
        Vectors.Combine(_columns, _stride, x, 0, z);
        z.AsSpan(_units).Clear();
        _activation.Evaluate(z, value, slope);
        return (value, slope);
    }
}
