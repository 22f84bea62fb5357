namespace GnMlNet.Balls.Matrices;

/// <summary>Bounds on the greatest eigenvalue of symmetric matrices, and on norms.</summary>
/// <remarks>docs/exact-matrices.md, "The greatest eigenvalue", and of norms the part on |X| before it.</remarks>
public static unsafe class LargestEigenvalue
{
    private const int Squarings = 5;

    private const int PowerSteps = 100;

    /// <summary>Encloses the greatest eigenvalue of every symmetric matrix within a ball matrix with a symmetric midpoint.</summary>
    public static EigenvalueBound Bound(BallMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        SymmetricBall ball = SymmetricBall.From(matrix);
        Magnitude upper = Magnitude.Min(ball.NormBound(), NormBound(ball.Midpoint, ball.Exponent) + ball.RadiusNorm);
        if (!upper.IsFinite) throw new ArgumentException("The radii must be finite.", nameof(matrix));
        if (upper.IsZero) return default;
        return new EigenvalueBound(ball.Rayleigh(PowerVector(ball.Midpoint), isLower: true), upper.ToDyadic());
    }

    /// <summary>At least |X|_2 for X = matrix * 2^exponent.</summary>
    internal static Magnitude NormBound(IntegerMatrix matrix, long exponent)
    {
        var sizes = new EntrySizes(matrix, 0);
        Magnitude norm = NormBound(sizes.Shape, matrix.Rows, matrix.Columns, Squarings) << ((long)matrix.Digits * IntegerMatrix.DigitBits);
        return (norm + sizes.ShapeError) << exponent;
    }

    // Of a matrix of doubles, row by row.
    private static Magnitude NormBound(double[] matrix, int rows, int columns, int squarings)
    {
        double greatest = 0;
        foreach (double entry in matrix) greatest = Math.Max(greatest, Math.Abs(entry));
        if (greatest == 0) return Magnitude.Zero;
        // Near 1, so that squares stay within the range; what is below it is covered by the least term.
        int exponent = Math.ILogB(greatest);
        for (int i = 0; i < matrix.Length; i++) matrix[i] = Math.ScaleB(matrix[i], -exponent);
        Magnitude square = SquaredFrobeniusNorm(matrix);
        if (squarings == 0) return square.SquareRoot() << exponent;

        var product = new double[rows * rows];
        fixed (double* start = matrix)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j <= i; j++) product[(i * rows) + j] = product[(j * rows) + i] = DoubleKernels.Dot(start + (i * columns), start + (j * columns), columns);
            }
        }

        // For n u below 1/2 gamma is below n 2^-52.
        Magnitude gamma = Magnitude.Of((double)columns) << -52, least = Magnitude.PowerOfTwo(-500);
        return (NormBound(product, rows, rows, squarings - 1) + (gamma * square) + least).SquareRoot() << exponent;
    }

    private static Magnitude SquaredFrobeniusNorm(double[] matrix)
    {
        fixed (double* start = matrix) return EntrySizes.Rounded(DoubleKernels.Dot(start, start, matrix.Length), matrix.Length) + Magnitude.PowerOfTwo(-500);
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
