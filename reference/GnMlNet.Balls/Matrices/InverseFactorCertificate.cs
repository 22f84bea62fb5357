namespace GnMlNet.Balls.Matrices;

/// <summary>A proof that symmetric matrices H are positive definite, from any matrix X that nearly turns them into the identity.</summary>
/// <remarks>
/// Let delta &gt;= |I - X^T H X|_2, delta &lt; 1. Then u^T (X^T H X) u &gt;= (1 - delta) |u|^2. So X u = 0 only for u = 0: X is nonsingular, every v is X u with
/// |u| &gt;= |v|/|X|_2, and v^T H v &gt;= (1 - delta) |v|^2/|X|_2^2. Nothing is assumed of where X comes from.
/// </remarks>
public sealed class InverseFactorCertificate
{
    private InverseFactorCertificate(Magnitude defect, Dyadic lower) => (Defect, Lower) = (defect, lower);

    /// <summary>At least |I - X^T H X|_2 for every symmetric H within the ball; below 1.</summary>
    public Magnitude Defect { get; }

    /// <summary>Every symmetric H within the ball has all eigenvalues at least this; above zero.</summary>
    public Dyadic Lower { get; }

    /// <summary>Tries to prove positive definiteness; null when the defect is not below 1.</summary>
    /// <param name="matrix">H, with a symmetric midpoint.</param>
    /// <param name="inverse">X is this times 2^<paramref name="exponent"/>.</param>
    /// <param name="exponent">The power of two of X.</param>
    public static InverseFactorCertificate? TryProve(BallMatrix matrix, IntegerMatrix inverse, long exponent)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return TryProve(SymmetricBall.From(matrix), inverse, exponent);
    }

    internal static InverseFactorCertificate? TryProve(SymmetricBall matrix, IntegerMatrix inverse, long exponent)
    {
        ArgumentNullException.ThrowIfNull(inverse);
        if (inverse.Rows != matrix.Size || inverse.Columns != matrix.Size) throw new ArgumentException("X must have the shape of the matrix.", nameof(inverse));
        Magnitude defect = MidpointDefect(matrix, inverse, exponent);
        if (defect >= Magnitude.One) return null;
        defect += matrix.CongruenceError(inverse, exponent);
        if (defect >= Magnitude.One) return null;
        Dyadic square = LargestEigenvalue.SquaredNormBound(inverse, exponent).ToDyadic();
        return new InverseFactorCertificate(defect, DyadicQuotient.Down(Dyadic.One - defect.ToDyadic(), square));
    }

    // At least the greatest row sum of |I - X^T M X|, which bounds the norm of a symmetric matrix.
    private static Magnitude MidpointDefect(SymmetricBall matrix, IntegerMatrix inverse, long exponent)
    {
        IntegerMatrix image = ExactProduct.TransposeMultiply(matrix.Midpoint, inverse);
        IntegerMatrix congruent = ExactProduct.TransposeMultiply(inverse, image);
        long scale = checked(matrix.Exponent + (2 * exponent));
        Magnitude greatest = Magnitude.Zero;
        for (int i = 0; i < matrix.Size; i++)
        {
            Dyadic diagonal = Dyadic.One - new Dyadic(congruent[i, i], scale);
            Magnitude sum = Magnitude.Of(diagonal.Mantissa) << diagonal.Exponent;
            for (int j = 0; j < matrix.Size; j++)
            {
                if (j != i) sum += congruent.SizeOf(i, j) << scale;
            }

            greatest = Magnitude.Max(greatest, sum);
        }

        return greatest;
    }
}
