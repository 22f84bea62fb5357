using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

/// <summary>Matrices whose eigenvalues are known exactly.</summary>
internal static class KnownSpectrum
{
    /// <summary>Q diag(values) Q with the reflection Q = I - 2 v v^T/|v|^2, of size 12, times |v|^4 so that all is exact; the values fall geometrically.</summary>
    internal static (ScaledIntegers Matrix, Dyadic Smallest, Dyadic Largest) Of(double condition)
    {
        const int size = 12;
        BigInteger[] v = [.. Enumerable.Range(1, size).Select(k => (BigInteger)((k * 37 % 11) - 5))];
        BigInteger square = v.Aggregate(BigInteger.Zero, (sum, entry) => sum + (entry * entry));
        Dyadic[] values = [.. Enumerable.Range(0, size).Select(k => Dyadic.FromDouble(Math.Pow(condition, -(double)k / (size - 1))))];
        ScaledIntegers scaled = ScaledIntegers.Of(values);
        var matrix = new ScaledIntegers(size, size, scaled.Exponent);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int k = 0; k < size; k++) matrix[i, j] += Reflection(i, k) * scaled.Values[k] * Reflection(k, j);
            }
        }

        var fourth = new Dyadic(square * square, 0);
        return (matrix, values[^1] * fourth, values[0] * fourth);

        BigInteger Reflection(int i, int j) => (i == j ? square : 0) - (2 * v[i] * v[j]);
    }
}
