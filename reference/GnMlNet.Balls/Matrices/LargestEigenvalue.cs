namespace GnMlNet.Balls.Matrices;

/// <summary>Bounds on the greatest eigenvalue of symmetric matrices, and on norms.</summary>
/// <remarks>
/// |M|_2^2 = |M^T M|_2, and |M|_2 is at most |R|_2 + size * e for M rounded to R with errors up to e. So the norm of a matrix is bounded by that of a rounded square,
/// that by the norm of a rounded square of it, and so on; the last one by the Frobenius norm, which is at most sqrt(size) times the norm. With five squarings the
/// bound is at most size^(1/64) times the norm, 8 percent above it for size 144, and the errors cost far less.
/// </remarks>
public static class LargestEigenvalue
{
    private const int Squarings = 5;

    // Bits that are kept of the squares.
    private const int SquareBits = 24;

    private const int PowerSteps = 100;

    /// <summary>Encloses the greatest eigenvalue of every symmetric matrix within a ball matrix with a symmetric midpoint.</summary>
    public static EigenvalueBound Bound(BallMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        SymmetricBall ball = SymmetricBall.From(matrix);
        Magnitude upper = Magnitude.Min(ball.NormBound(), NormBound(ball.Midpoint, ball.Exponent, Squarings) + ball.RadiusNorm);
        if (!upper.IsFinite) throw new ArgumentException("The radii must be finite.", nameof(matrix));
        if (upper.IsZero) return default;
        return new EigenvalueBound(ball.Rayleigh(PowerVector(ball.Midpoint), isLower: true), upper.ToDyadic());
    }

    /// <summary>At least |X|_2 for X = matrix * 2^exponent.</summary>
    internal static Magnitude NormBound(IntegerMatrix matrix, long exponent) => NormBound(matrix, exponent, Squarings);

    private static Magnitude NormBound(IntegerMatrix matrix, long exponent, int squarings)
    {
        if (squarings == 0) return new EntrySizes(matrix, exponent).FrobeniusNorm();
        int dropped = Math.Max(0, (matrix.Bits - 1 - SquareBits) / IntegerMatrix.DigitBits);
        long place = checked(exponent + ((long)dropped * IntegerMatrix.DigitBits));
        Magnitude norm = NormBound(ExactProduct.Gram(matrix.ShiftDigits(-dropped)), checked(2 * place), squarings - 1).SquareRoot();
        // The norm of a matrix is at most its size times its greatest entry.
        return dropped == 0 ? norm : norm + ((Magnitude.Of((double)Math.Max(matrix.Rows, matrix.Columns)) * IntegerMatrix.RoundingError) << place);
    }

    // An approximate eigenvector; any vector gives a sound bound.
    private static IntegerMatrix PowerVector(IntegerMatrix matrix)
    {
        double[] shape = matrix.ApproximateShape();
        double[] vector = ApproximateVectors.Start(matrix.Rows);
        // Shifted by a norm so that the greatest eigenvalue is also the one of greatest absolute value.
        double norm = 0;
        foreach (double value in shape) norm += value * value;
        for (int i = 0; i < matrix.Rows; i++) shape[(i * matrix.Rows) + i] += Math.Sqrt(norm);
        for (int k = 0; k < PowerSteps; k++) vector = ApproximateVectors.Normalize(ApproximateVectors.Apply(shape, vector));
        return ApproximateVectors.ToIntegers(vector);
    }
}
