namespace GnMlNet.Balls.Matrices;

/// <summary>
/// X with X^T H X near the identity in double arithmetic: good to condition numbers of about 1e13, and much faster than <see cref="ApproximateCholesky"/>.
/// Nothing is guaranteed of it.
/// </summary>
internal static unsafe class DoubleInverseFactor
{
    // 65 bits for the greatest entry: small entries of X must not lose what doubles know of them.
    private const int InverseDigits = 3;

    /// <summary>X as an integer matrix times 2^exponent, or null when a pivot is not positive.</summary>
    /// <param name="matrix">H, with an even exponent.</param>
    /// <param name="exponent">The power of two of X.</param>
    public static IntegerMatrix? TryFind(SymmetricBall matrix, out long exponent)
    {
        exponent = 0;
        int size = matrix.Size;
        double[] factor = matrix.Midpoint.ApproximateShape(), inverse = new double[factor.Length];
        fixed (double* l = factor, x = inverse)
        {
            if (!TryFactor(l, size)) return null;
            Invert(l, x, size);
        }

        if (!Array.TrueForAll(inverse, double.IsFinite)) return null;
        // X is the transposed inverse.
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++) (inverse[(j * size) + i], inverse[(i * size) + j]) = (inverse[(i * size) + j], 0);
        }

        var result = IntegerMatrix.FromShape(size, size, inverse, InverseDigits, out long shapeExponent);
        // The shape is the matrix over 2^(22 digits + exponent), and the inverse factor scales with the root of that.
        exponent = shapeExponent - (((matrix.Midpoint.Digits * IntegerMatrix.DigitBits) + matrix.Exponent) / 2);
        return result;
    }

    // The lower triangle becomes L with H ~ L L^T, row by row.
    private static bool TryFactor(double* h, int size)
    {
        for (int i = 0; i < size; i++)
        {
            double* row = h + (i * size);
            for (int j = 0; j < i; j++)
            {
                double* other = h + (j * size);
                row[j] = (row[j] - DoubleKernels.Dot(row, other, j)) / other[j];
            }

            double pivot = row[i] - DoubleKernels.Dot(row, row, i);
            if (!(pivot > 0)) return false;
            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    // L^-1, row by row: row i is (e_i - sum over k < i of L_ik row k)/L_ii.
    private static void Invert(double* l, double* x, int size)
    {
        for (int i = 0; i < size; i++)
        {
            double* row = x + (i * size);
            for (int k = 0; k < i; k++) DoubleKernels.AddMultiple(-l[(i * size) + k], x + (k * size), row, k + 1);
            double pivot = l[(i * size) + i];
            for (int j = 0; j < i; j++) row[j] /= pivot;
            row[i] = 1 / pivot;
        }
    }
}
