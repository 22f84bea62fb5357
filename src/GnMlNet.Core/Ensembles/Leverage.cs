using System.Buffers;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// How uncertain a network's value is because its parameters are: j^T H^-1 j, with j the derivatives of its output by the parameters and H the Hessian
/// (Gauss-Newton's) of the regularized objective where training ended; the variance of the linearized posterior, in standardized units. Large where rows are
/// sparse. Holds the lower triangle T with H^-1 = T^T T in single precision, p (p + 1)/2 numbers however many rows there were. Immutable.
/// </summary>
public sealed class Leverage
{
    private readonly PackedTriangle<float> _triangle;

    /// <summary>Makes it from the triangle.</summary>
    /// <param name="parameterCount">p, at least 1.</param>
    /// <param name="triangle">T, p (p + 1)/2 finite numbers, row by row; copied.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers, or one is not finite.</exception>
    public Leverage(int parameterCount, ReadOnlySpan<float> triangle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameterCount, 1);
        if (triangle.Length != PackedTriangle<float>.Length(parameterCount))
            throw new ArgumentException($"The triangle of {parameterCount} parameters has {PackedTriangle<float>.Length(parameterCount)} numbers, not {triangle.Length}.", nameof(triangle));
        foreach (float value in triangle)
        {
            if (!float.IsFinite(value)) throw new ArgumentException($"A triangle's numbers must be finite; found {value}.", nameof(triangle));
        }

        _triangle = new PackedTriangle<float>(parameterCount, triangle);
    }

    /// <summary>T, row by row.</summary>
    public ReadOnlySpan<float> Triangle => _triangle.Rows;

    /// <summary>The values of a network and j^T H^-1 j at some rows; infinite where single precision does not reach. What a row gets does not depend on the rows beside it.</summary>
    /// <param name="network">The network that this belongs to.</param>
    /// <param name="inputs">Its inputs, row by row, d numbers each.</param>
    /// <param name="values">Where its values go, one for each row.</param>
    /// <param name="variances">Where j^T H^-1 j goes, one for each row.</param>
    internal void Evaluate(Network network, ReadOnlySpan<double> inputs, Span<double> values, Span<double> variances)
    {
        int size = _triangle.Size, width = network.Shape.InputSize, most = Math.Min(values.Length, PackedTriangle<float>.VectorsAtOnce);
        double[] derivatives = ArrayPool<double>.Shared.Rent(size);
        float[] narrowed = ArrayPool<float>.Shared.Rent(most * size);
        for (int first = 0; first < values.Length; first += most)
        {
            int count = Math.Min(most, values.Length - first);
            for (int j = 0; j < count; j++)
            {
                values[first + j] = network.Differentiate(inputs.Slice((first + j) * width, width), derivatives.AsSpan(0, size));
                Vectors.Narrow(derivatives.AsSpan(0, size), narrowed.AsSpan(j * size, size));
            }

            _triangle.SquaredNorms(narrowed.AsSpan(0, count * size), variances.Slice(first, count));
        }

        ArrayPool<float>.Shared.Return(narrowed);
        ArrayPool<double>.Shared.Return(derivatives);
    }

    /// <summary>The variances of weighted sums of the network's values at some rows: the sum of the derivatives takes the place of j.</summary>
    /// <param name="network">The network that this belongs to.</param>
    /// <param name="inputs">N rows, one after the other, d numbers each.</param>
    /// <param name="weights">N numbers for each sum.</param>
    /// <param name="work">The threads.</param>
    internal double[] OfSums(Network network, double[] inputs, IReadOnlyList<double[]> weights, WorkSharing work)
    {
        int size = _triangle.Size, width = network.Shape.InputSize;
        var variances = new double[weights.Count];
        work.For(weights.Count, g =>
        {
            double[] sum = new double[size], derivatives = new double[size];
            var narrowed = new float[size];
            for (int j = 0; j < weights[g].Length; j++)
            {
                if (weights[g][j] == 0) continue;
                network.Differentiate(inputs.AsSpan(j * width, width), derivatives);
                Vectors.AddScaled(derivatives, weights[g][j], sum);
            }

            Vectors.Narrow(sum, narrowed);
            _triangle.SquaredNorms(narrowed, variances.AsSpan(g, 1));
        });
        return variances;
    }
}
