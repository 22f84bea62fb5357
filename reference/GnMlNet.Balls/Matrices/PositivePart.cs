namespace GnMlNet.Balls.Matrices;

/// <summary>
/// The positive part P of a symmetric matrix C = P - N, with P and N positive semidefinite and P N = 0: the nearest positive semidefinite matrix to C in the Frobenius norm. It is approximated in double, then certified;
/// no eigenvector is needed.
/// </summary>
/// <remarks>docs/exact-matrices.md, "Positive parts".</remarks>
/// <param name="Approximation">P', symmetric.</param>
/// <param name="Distance">A bound on |P - P'| in the Frobenius norm.</param>
internal sealed record PositivePart(ScaledIntegers Approximation, Magnitude Distance)
{
    private const int MostBits = 512;

    // log2 of the least share of the size that is tried as a bound, and of what it grows by.
    private const int FirstShare = -60, Growth = 1;

    // Each makes a small eigenvalue of the sign half as large again: enough for some 10^-10 of the greatest, and smaller ones hardly matter.
    private const int Iterations = 64;

    /// <param name="matrix">C, symmetric.</param>
    public static PositivePart Of(ScaledIntegers matrix)
    {
        ScaledIntegers part = Approximate(matrix), excess = part.Plus(matrix.Times(-1));
        Dyadic product = Dyadic.Zero;
        for (int k = 0; k < matrix.Rows; k++) product += part.ColumnProduct(excess, k);
        Magnitude inner = product.Sign > 0 ? Magnitude.Of(product) : Magnitude.Zero;
        Magnitude traces = Magnitude.Of((double)matrix.Rows).SquareRoot() * matrix.FrobeniusNorm();
        return new PositivePart(part, (inner + ((Negativity(part) + Negativity(excess)) * traces)).SquareRoot());
    }

    /// <summary>Some number that a symmetric matrix becomes positive semidefinite by if it is added to the diagonal, not far above the least one.</summary>
    public static Magnitude Negativity(ScaledIntegers matrix)
    {
        Magnitude size = matrix.FrobeniusNorm();
        if (size.IsZero || SmallestEigenvalue.Bound(matrix.ToBall(), MostBits).Lower.Sign >= 0) return Magnitude.Zero;
        for (Magnitude shift = size << FirstShare; shift < size; shift <<= Growth)
        {
            ScaledIntegers shifted = matrix.PlusDiagonal([.. Enumerable.Repeat(shift.ToDyadic(), matrix.Rows)]);
            if (SmallestEigenvalue.Bound(shifted.ToBall(), MostBits).IsPositiveDefinite == Verdict.Proved) return shift;
        }

        // No eigenvalue is beyond the Frobenius norm.
        return size;
    }

    /// <summary>(C + C S)/2 with the sign S of C, which Newton and Schulz's iteration S := S (3 - S^2)/2 leads to from C/|C|.</summary>
    private static ScaledIntegers Approximate(ScaledIntegers matrix)
    {
        int size = matrix.Rows;
        long scale = matrix.FrobeniusNorm() is { IsZero: false } norm ? norm.Exponent + 1 : 0;
        double[] c = [.. matrix.Values.Select(value => (new Dyadic(value, matrix.Exponent) << -scale).ToDouble())], sign = [.. c];
        double length = Math.Sqrt(c.Sum(entry => entry * entry));
        for (int k = 0; k < sign.Length; k++) sign[k] = length > 0 ? sign[k] / length : 0;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double[] cube = Product(Product(sign, sign, size), sign, size);
            for (int k = 0; k < sign.Length; k++) sign[k] = (1.5 * sign[k]) - (0.5 * cube[k]);
        }

        double[] absolute = Product(c, sign, size);
        var part = new Dyadic[c.Length];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                part[(i * size) + j] = part[(j * size) + i] = Dyadic.FromDouble((0.5 * c[(i * size) + j]) + (0.25 * (absolute[(i * size) + j] + absolute[(j * size) + i]))) << scale;
        }

        return ScaledIntegers.Of(size, size, part);
    }

    private static double[] Product(double[] a, double[] b, int size)
    {
        var product = new double[a.Length];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
            {
                for (int j = 0; j < size; j++) product[(i * size) + j] += a[(i * size) + k] * b[(k * size) + j];
            }
        }

        return product;
    }
}
