namespace GnMlNet.Balls.Matrices;

/// <summary>Decides positive definiteness and encloses the smallest eigenvalue of symmetric ball matrices: factor approximately, then prove.</summary>
public static class SmallestEigenvalue
{
    /// <summary>The precision that is tried first.</summary>
    public const int FirstBits = 128;

    // X is at most a rounding of R^-1 to so many digits after the point: |X^T H (X + E) - X^T H X| ~ |R| |E| needs no more.
    private const int InverseDigits = 4;

    // Inverse iteration converges fast unless eigenvalues nearly coincide, and then any mixture serves.
    private const int InverseSteps = 30;

    /// <summary>Bounds with 128 bits, then twice as many each time until it is decided.</summary>
    /// <param name="matrix">A ball matrix with a symmetric midpoint.</param>
    /// <param name="maximalBits">No more bits than this.</param>
    /// <returns>The first bound that decides, or the last one.</returns>
    public static SpectrumBound Bound(BallMatrix matrix, int maximalBits = 1024)
    {
        SpectrumBound bound = BoundAt(matrix, Math.Min(FirstBits, maximalBits));
        while (bound.IsPositiveDefinite == Verdict.Undecided && bound.Bits < maximalBits) bound = BoundAt(matrix, Math.Min(2 * bound.Bits, maximalBits));
        return bound;
    }

    /// <summary>Bounds with a given precision. The bounds hold whatever the verdict.</summary>
    public static SpectrumBound BoundAt(BallMatrix matrix, int bits)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, IntegerMatrix.DigitBits);
        SymmetricBall whole = SymmetricBall.From(matrix);
        if (!whole.RadiusNorm.IsFinite) throw new ArgumentException("The radii must be finite.", nameof(matrix));
        SymmetricBall ball = whole.RoundTo(bits);
        if (ball.Midpoint.IsZero)
        {
            Dyadic radius = ball.RadiusNorm.ToDyadic();
            return new SpectrumBound(radius.IsZero ? Verdict.Refuted : Verdict.Undecided, -radius, radius, bits);
        }

        // Scaled so that the entries are at most one.
        int scaleDigits = (ball.Midpoint.Bits + IntegerMatrix.DigitBits - 1) / IntegerMatrix.DigitBits;
        long shift = checked(ball.Exponent + ((long)scaleDigits * IntegerMatrix.DigitBits));
        SymmetricBall scaled = ball.Scale(-shift);
        (ApproximateCholesky factor, long? shiftPower) = FactorWithShift(scaled, bits);
        SymmetricBall factored = shiftPower is { } power ? scaled.AddIdentity(power) : scaled;
        int digits = Math.Min(InverseDigits, factor.FractionDigits);
        IntegerMatrix inverse = factor.Inverse.ShiftDigits(digits - factor.FractionDigits);
        // R^T R is the factored matrix times a power of 2^22, so its inverse factor takes a power of 2^11.
        long inverseExponent = (-(long)digits * IntegerMatrix.DigitBits) - ((factored.Exponent - factor.ScaleExponent) / 2);

        Dyadic upper = scaled.Rayleigh(SmallestVector(inverse, digits));
        Dyadic lower = -scaled.NormBound().ToDyadic();
        if (InverseFactorCertificate.TryProve(factored, inverse, inverseExponent) is { } proof)
        {
            lower = Max(lower, shiftPower is { } added ? proof.Lower - (Dyadic.One << added) : proof.Lower);
        }

        Verdict verdict = lower.Sign > 0 ? Verdict.Proved : upper.Sign <= 0 ? Verdict.Refuted : Verdict.Undecided;
        return new SpectrumBound(verdict, lower << shift, upper << shift, bits);
    }

    // The factor of the matrix or, when a pivot is not positive, of the matrix plus 2^power I with a small power that makes it succeed.
    private static (ApproximateCholesky Factor, long? ShiftPower) FactorWithShift(SymmetricBall scaled, int bits)
    {
        if (ApproximateCholesky.TryFactor(scaled.Midpoint, bits) is { } plain) return (plain, null);
        long greatest = scaled.NormBound().Exponent + 2;
        for (long power = greatest - (bits / 2); power < greatest; power += Math.Max(1, (greatest - power) / 4))
        {
            if (TryShifted(power) is { } factor) return (factor, power);
        }

        // Twice the norm makes every eigenvalue at least the norm.
        return (TryShifted(greatest) ?? throw new InvalidOperationException("A dominant diagonal could not be factored."), greatest);

        ApproximateCholesky? TryShifted(long power) => ApproximateCholesky.TryFactor(scaled.AddIdentity(power).Midpoint, bits);
    }

    // Inverse iteration with H^-1 ~ X X^T: first rounded, then once with exact products, which repairs the directions that rounding left.
    private static IntegerMatrix SmallestVector(IntegerMatrix inverse, int digits)
    {
        double[] shape = inverse.ApproximateShape();
        double[] vector = ApproximateVectors.Start(inverse.Rows);
        for (int k = 0; k < InverseSteps; k++)
        {
            vector = ApproximateVectors.Normalize(ApproximateVectors.Apply(shape, ApproximateVectors.ApplyTransposed(shape, vector)));
        }

        IntegerMatrix start = ApproximateVectors.ToIntegers(vector);
        IntegerMatrix refined = ExactProduct.Multiply(inverse, ExactProduct.TransposeMultiply(inverse, start));
        refined = refined.ShiftDigits(Math.Min(0, (2 * digits) - refined.Digits));
        return refined.IsZero ? start : refined;
    }

    private static Dyadic Max(Dyadic a, Dyadic b) => a < b ? b : a;
}
