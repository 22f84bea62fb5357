namespace GnMlNet.Balls.Matrices;

/// <summary>A proof that symmetric matrices H are positive definite, from any matrix X that nearly turns them into the identity.</summary>
/// <remarks>docs/exact-matrices.md, "The smallest eigenvalue". Nothing is assumed of where X comes from.</remarks>
public sealed class InverseFactorCertificate
{
    // What leaving out digits of H X may add to the defect.
    private const int RoundingBits = 24;

    private InverseFactorCertificate(IntegerMatrix inverse, long exponent, Magnitude defect, Dyadic lower) =>
        (Inverse, Exponent, Defect, Lower) = (inverse, exponent, defect, lower);

    /// <summary>X is this times 2^<see cref="Exponent"/>.</summary>
    public IntegerMatrix Inverse { get; }

    /// <summary>The power of two of X.</summary>
    public long Exponent { get; }

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
        Dyadic norm = LargestEigenvalue.NormBound(inverse, exponent).ToDyadic();
        return new InverseFactorCertificate(inverse, exponent, defect, DyadicQuotient.Down(Dyadic.One - defect.ToDyadic(), norm * norm));
    }

    // At least the greatest row sum of |I - X^T M X|, which bounds the norm of a symmetric matrix.
    private static Magnitude MidpointDefect(SymmetricBall matrix, IntegerMatrix inverse, long exponent)
    {
        IntegerMatrix image = ExactProduct.TransposeMultiply(matrix.Midpoint, inverse);
        // Digits of the image that are left out change an entry of X^T M X by at most size * 2^bits units of their place, and a row sum by size times that.
        long scale = checked(matrix.Exponent + (2 * exponent));
        Magnitude perUnit = Magnitude.Of((double)matrix.Size * matrix.Size) * IntegerMatrix.RoundingError << checked(inverse.Bits + scale);
        int dropped = (int)Math.Clamp((-RoundingBits - perUnit.Exponent - 1) / IntegerMatrix.DigitBits, 0, image.Digits - 1);
        Magnitude rounding = dropped == 0 ? Magnitude.Zero : perUnit << (dropped * IntegerMatrix.DigitBits);
        IntegerMatrix congruent = ExactProduct.SymmetricTransposeMultiply(inverse, image.ShiftDigits(-dropped));
        scale = checked(scale + ((long)dropped * IntegerMatrix.DigitBits));
        var sizes = new EntrySizes(congruent, scale);
        Magnitude greatest = Magnitude.Zero;
        for (int i = 0; i < matrix.Size; i++)
        {
            Magnitude diagonal = Magnitude.Of(Dyadic.One - new Dyadic(congruent[i, i], scale));
            greatest = Magnitude.Max(greatest, diagonal + sizes.RowSum(i, exceptColumn: i));
        }

        return greatest + rounding;
    }
}
