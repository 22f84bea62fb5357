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
        Preactivate(features, x, z);
        _activation.Evaluate(z, z);
        double sum = Vectors.Dot(z, _outputWeights);
        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        return sum;
    }

    /// <summary>
    /// The sum, with the bits of <see cref="Predict{T}"/>, and its derivatives by all parameters in the order of <see cref="NetworkShape"/>: v_i sigma'(z_i) x_k for the weights of unit i, without x_k for
    /// its bias, then sigma(z_i) for the output weights and 1 for the output bias.
    /// </summary>
    [SkipLocalsInit]
    internal double Differentiate(NetworkShape shape, ReadOnlySpan<double> features, Span<double> derivatives)
    {
        int length = _inputs + 1 + (3 * _stride);
        double[]? rented = length > MostOnStack ? ArrayPool<double>.Shared.Rent(length) : null;
        Span<double> room = rented ?? stackalloc double[MostOnStack];
        Span<double> x = room[..(_inputs + 1)], z = room.Slice(x.Length, _stride), value = room.Slice(x.Length + _stride, _stride), slope = room.Slice(x.Length + (2 * _stride), _stride);
        Preactivate(features, x, z);
        _activation.Evaluate(z, value, slope);
        int unit = shape.UnitLength;
        for (int i = 0; i < _units; i++)
        {
            double factor = _outputWeights[i] * slope[i];
            Span<double> weights = derivatives.Slice(i * unit, unit);
            for (int k = 0; k < weights.Length; k++) weights[k] = factor * x[k];
        }

        value[.._units].CopyTo(derivatives[shape.OutputWeight(0)..]);
        if (shape.HasBiases) derivatives[shape.OutputBias] = 1;
        double sum = Vectors.Dot(value, _outputWeights);
        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        return sum;
    }

    /// <summary>Adds the derivatives of the sum by the inputs: sum_i v_i sigma'(z_i) w_ik.</summary>
    internal void AddSlopes(ReadOnlySpan<double> features, Span<double> slopes)
    {
        double[] x = new double[_inputs + 1], z = new double[_stride], slope = new double[_stride];
        Preactivate(features, x, z);
        _activation.Evaluate(z, z, slope);
        for (int i = 0; i < _units; i++)
        {
            double unit = _outputWeights[i] * slope[i];
            for (int k = 0; k < slopes.Length; k++) slopes[k] += unit * _columns[(k * _stride) + i];
        }
    }

    /// <summary>The preactivations of the units, in whole vectors.</summary>
    /// <param name="features">The inputs.</param>
    /// <param name="x">Where the inputs go, then 1.</param>
    /// <param name="z">Where the preactivations go.</param>
    private void Preactivate<T>(ReadOnlySpan<T> features, Span<double> x, Span<double> z)
        where T : struct, INumberBase<T>
    {
        for (int k = 0; k < features.Length; k++) x[k] = double.CreateTruncating(features[k]);
        x[_inputs] = 1;
        Vectors.Combine(_columns, _stride, x, 0, z);
        // Lanes without a unit hold 0, but infinity times that is not a number.
        z[_units..].Clear();
    }
}
