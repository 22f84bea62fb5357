namespace GnMlNet.Balls.Matrices;

/// <summary>
/// An approximate factorization H ~ R^T R of a symmetric matrix, R upper triangular, together with X ~ R^-1. Approximate: nothing is guaranteed of it;
/// <see cref="InverseFactorCertificate"/> proves what can be proved from X.
/// </summary>
/// <remarks>
/// Fixed point: H is scaled by a power of 2^22 until its entries are at most 1; R and X hold <see cref="FractionDigits"/> digits after the point. Matrices
/// are halved: with H = [A B; B^T C], A ~ R1^T R1, X1 ~ R1^-1, Y = X1^T B and C - Y^T Y ~ R2^T R2, X2 ~ R2^-1 we have R = [R1 Y; 0 R2] and
/// X = [X1, -X1 Y X2; 0, X2], so all but blocks of twelve is exact products, rounded.
/// </remarks>
public sealed class ApproximateCholesky
{
    private const int SmallSize = IntegerMatrix.PanelColumns;

    // Beyond the bits asked for, so that roundings inside do not use up the last of them.
    private const int GuardDigits = 1;

    private readonly int _scaleDigits;

    private ApproximateCholesky(IntegerMatrix factor, IntegerMatrix inverse, int fractionDigits, int scaleDigits) =>
        (Factor, Inverse, FractionDigits, _scaleDigits) = (factor, inverse, fractionDigits, scaleDigits);

    /// <summary>R times 2^(22 <see cref="FractionDigits"/>).</summary>
    public IntegerMatrix Factor { get; }

    /// <summary>X times 2^(22 <see cref="FractionDigits"/>).</summary>
    public IntegerMatrix Inverse { get; }

    /// <summary>Digits of 22 bits after the binary point of R and X.</summary>
    public int FractionDigits { get; }

    /// <summary>R^T R approximates the integer matrix times 2^this.</summary>
    public long ScaleExponent => -(long)IntegerMatrix.DigitBits * _scaleDigits;

    /// <summary>Factors a symmetric matrix with about the given number of bits after the leading one of the greatest entry.</summary>
    /// <param name="matrix">The matrix; only symmetric ones make sense.</param>
    /// <param name="bits">Bits; the inverse of the condition number must be well above 2^-bits.</param>
    /// <returns>The factor, or null when a pivot is not positive.</returns>
    public static ApproximateCholesky? TryFactor(IntegerMatrix matrix, int bits)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        if (matrix.Rows != matrix.Columns) throw new ArgumentException($"A matrix of {matrix.Rows} x {matrix.Columns} has no Cholesky factor.", nameof(matrix));
        int scaleDigits = (matrix.Bits + IntegerMatrix.DigitBits - 1) / IntegerMatrix.DigitBits;
        // The scaled entries may be as small as 2^-22 all together.
        int fraction = ((bits + IntegerMatrix.DigitBits - 1) / IntegerMatrix.DigitBits) + 1 + GuardDigits;
        (IntegerMatrix Factor, IntegerMatrix Inverse)? parts = Factorize(matrix.ShiftDigits(fraction - scaleDigits), fraction);
        return parts is { } found ? new ApproximateCholesky(found.Factor, found.Inverse, fraction, scaleDigits) : null;
    }

    /// <summary>X X^T times 2^this approximates the inverse of the integer matrix.</summary>
    public long InverseExponent => ScaleExponent - (2L * IntegerMatrix.DigitBits * FractionDigits);

    private static (IntegerMatrix Factor, IntegerMatrix Inverse)? Factorize(IntegerMatrix h, int fraction)
    {
        int size = h.Rows;
        if (size <= SmallSize) return FactorizeSmall(h, fraction);
        int half = ((size / 2) + SmallSize - 1) / SmallSize * SmallSize, rest = size - half;
        if (Factorize(h.Block(0, 0, half, half), fraction) is not { } first) return null;
        IntegerMatrix y = ExactProduct.TransposeMultiply(first.Inverse, h.Block(0, half, half, rest)).ShiftDigits(-fraction);
        IntegerMatrix complement = h.Block(half, half, rest, rest) - ExactProduct.Gram(y).ShiftDigits(-fraction);
        if (Factorize(complement, fraction) is not { } second) return null;
        IntegerMatrix corner = ExactProduct.Multiply(y, second.Inverse).ShiftDigits(-fraction);
        corner = new IntegerMatrix(half, rest, 1) - ExactProduct.Multiply(first.Inverse, corner).ShiftDigits(-fraction);
        return (Assemble(first.Factor, y, second.Factor), Assemble(first.Inverse, corner, second.Inverse));
    }

    // [a b; 0 c]
    private static IntegerMatrix Assemble(IntegerMatrix a, IntegerMatrix b, IntegerMatrix c)
    {
        int size = a.Rows + c.Rows;
        var result = new IntegerMatrix(size, size, Math.Max(a.Digits, Math.Max(b.Digits, c.Digits)));
        result.Copy(0, 0, a, 0, 0, a.Rows, a.Columns);
        result.Copy(0, a.Columns, b, 0, 0, b.Rows, b.Columns);
        result.Copy(a.Rows, a.Columns, c, 0, 0, c.Rows, c.Columns);
        return result.Tightened();
    }

    private static (IntegerMatrix Factor, IntegerMatrix Inverse)? FactorizeSmall(IntegerMatrix h, int fraction)
    {
        int size = h.Rows, point = fraction * IntegerMatrix.DigitBits;
        BigInteger[] r = new BigInteger[size * size], x = new BigInteger[size * size];
        for (int j = 0; j < size; j++)
        {
            for (int i = 0; i <= j; i++)
            {
                BigInteger sum = BigInteger.Zero;
                for (int k = 0; k < i; k++) sum += r[(k * size) + i] * r[(k * size) + j];
                // h_ij - sum_k r_ki r_kj, at twice the digits after the point.
                BigInteger remainder = (h[i, j] << point) - sum;
                if (i < j)
                {
                    r[(i * size) + j] = remainder / r[(i * size) + i];
                    continue;
                }

                if (remainder.Sign <= 0) return null;
                BigInteger pivot = IntegerRoot.Floor(remainder);
                if (pivot.IsZero) return null;
                r[(j * size) + j] = pivot;
            }
        }

        // X R = I, column by column: x_ij r_jj = -sum_(i <= k < j) x_ik r_kj.
        for (int j = 0; j < size; j++)
        {
            x[(j * size) + j] = (BigInteger.One << (2 * point)) / r[(j * size) + j];
            for (int i = 0; i < j; i++)
            {
                BigInteger sum = BigInteger.Zero;
                for (int k = i; k < j; k++) sum += x[(i * size) + k] * r[(k * size) + j];
                x[(i * size) + j] = -sum / r[(j * size) + j];
            }
        }

        return (IntegerMatrix.FromEntries(size, size, r), IntegerMatrix.FromEntries(size, size, x));
    }
}
