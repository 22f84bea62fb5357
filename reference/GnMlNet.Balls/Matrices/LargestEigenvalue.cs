namespace GnMlNet.Balls.Matrices;

/// <summary>Bounds on the greatest eigenvalue of symmetric matrices, and on norms.</summary>
/// <remarks>
/// For symmetric S: |S|_2^(2^k) = |S^(2^k)|_2 &lt;= |S^(2^k)|_F, and the Frobenius norm is at most sqrt(size) times the norm: with five squarings the bound is at most
/// size^(1/64) times the norm, 8 percent above it for size 144.
/// </remarks>
public static class LargestEigenvalue
{
    private const int Squarings = 5;

    // Bits of the powers: their rounding errors are carried in the radii and cost far less than a percent.
    private const int PowerBits = 40;

    private const int PowerSteps = 100;

    /// <summary>Encloses the greatest eigenvalue of every symmetric matrix within a ball matrix with a symmetric midpoint.</summary>
    public static EigenvalueBound Bound(BallMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        SymmetricBall ball = SymmetricBall.From(matrix);
        BallMatrix midpoint = BallMatrix.Exact(ball.Midpoint, ball.Exponent);
        Magnitude upper = Magnitude.Min(ball.NormBound(), NormBound(midpoint) + ball.RadiusNorm);
        if (!upper.IsFinite) throw new ArgumentException("The radii must be finite.", nameof(matrix));
        if (upper.IsZero) return default;
        return new EigenvalueBound(ball.Rayleigh(PowerVector(ball.Midpoint), isLower: true), upper.ToDyadic());
    }

    /// <summary>At least |X|_2^2 for X = matrix * 2^exponent.</summary>
    internal static Magnitude SquaredNormBound(IntegerMatrix matrix, long exponent)
    {
        // X^T X has the norm |X|_2^2.
        BallMatrix rounded = BallMatrix.Exact(matrix, exponent).RoundTo(PowerBits);
        return NormBound(BallMatrix.Gram(rounded), Squarings - 1);
    }

    // At least the norm of every symmetric matrix within; the midpoint is symmetric up to rounding, and S^T S = S^2 for the matrices that count.
    private static Magnitude NormBound(BallMatrix matrix, int squarings = Squarings)
    {
        BallMatrix power = matrix;
        for (int k = 0; k < squarings; k++) power = BallMatrix.Gram(power.RoundTo(PowerBits));
        Magnitude norm = FrobeniusNorm(power);
        for (int k = 0; k < squarings; k++) norm = norm.SquareRoot();
        return norm;
    }

    private static Magnitude FrobeniusNorm(BallMatrix matrix)
    {
        Magnitude sum = Magnitude.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                Magnitude size = matrix.SizeAt(i, j) + matrix.RadiusAt(i, j);
                sum += size * size;
            }
        }

        return sum.SquareRoot();
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
