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
    private readonly PackedTriangle _triangle;

    /// <summary>Makes it from the triangle.</summary>
    /// <param name="parameterCount">p, at least 1.</param>
    /// <param name="triangle">T, p (p + 1)/2 finite numbers, row by row; copied.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers, or one is not finite.</exception>
    public Leverage(int parameterCount, ReadOnlySpan<float> triangle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameterCount, 1);
        if (triangle.Length != PackedTriangle.Length(parameterCount))
            throw new ArgumentException($"The triangle of {parameterCount} parameters has {PackedTriangle.Length(parameterCount)} numbers, not {triangle.Length}.", nameof(triangle));
        foreach (float value in triangle)
        {
            if (!float.IsFinite(value)) throw new ArgumentException($"A triangle's numbers must be finite; found {value}.", nameof(triangle));
        }

        _triangle = new PackedTriangle(parameterCount, triangle.ToArray());
    }

    /// <summary>T, row by row.</summary>
    public ReadOnlySpan<float> Triangle => _triangle.Values;

    /// <summary>j^T H^-1 j for a row.</summary>
    /// <param name="network">The network that this belongs to.</param>
    /// <param name="inputs">Its inputs, d numbers.</param>
    internal double At(Network network, ReadOnlySpan<double> inputs)
    {
        var derivatives = new double[_triangle.Size];
        network.Differentiate(inputs, derivatives);
        var narrowed = new float[_triangle.Size];
        Vectors.Narrow(derivatives, narrowed);
        return _triangle.SquaredNormOfProduct(narrowed);
    }
}
