namespace GnMlNet.Balls.Matrices;

/// <summary>Decides positive definiteness and encloses the smallest eigenvalue of symmetric ball matrices: factor approximately, then prove.</summary>
public static class SmallestEigenvalue
{
    /// <summary>The precision that is tried first where double arithmetic does not suffice.</summary>
    public const int FirstBits = 128;

    // Of the matrix when X comes from double arithmetic: rounding it must not matter beside what doubles lose.
    private const int DoubleBits = 64;

    // log2; beyond it doubles are at their limit, and more digits give a closer bound.
    private const int GreatestDoubleDefect = -5;

    // X is at most a rounding of R^-1 to so many digits after the point: |X^T H (X + E) - X^T H X| ~ |R| |E| needs no more.
    private const int InverseDigits = 4;

    // What remains of the approximate eigenvector.
    private const int VectorDigits = 2 * InverseDigits;

    // Inverse iteration converges fast unless eigenvalues nearly coincide, and then any mixture serves.
    private const int InverseSteps = 30;

    /// <summary>Bounds from double arithmetic if they prove something, else with 128 bits, then twice as many each time until it is decided.</summary>
    /// <param name="matrix">A ball matrix with a symmetric midpoint.</param>
    /// <param name="maximalBits">No more bits than this.</param>
    /// <returns>The first bound that decides, or the last one.</returns>
    public static SpectrumBound Bound(BallMatrix matrix, int maximalBits = 1024)
    {
        SymmetricBall ball = Checked(matrix);
        SpectrumBound? bound = null;
        foreach (SpectrumProof proof in Proofs(ball, maximalBits))
        {
            bound = proof.Bound;
            if (bound.IsPositiveDefinite != Verdict.Undecided) break;
        }

        return bound!;
    }

    /// <summary>Bounds with a given precision. The bounds hold whatever the verdict.</summary>
    public static SpectrumBound BoundAt(BallMatrix matrix, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, IntegerMatrix.DigitBits);
        return ProofAt(Checked(matrix), bits).Bound;
    }

    /// <summary>Proofs of rising precision and cost, one at least.</summary>
    internal static IEnumerable<SpectrumProof> Proofs(SymmetricBall ball, int maximalBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximalBits, IntegerMatrix.DigitBits);
        if (TryInDoubles(ball) is { } fast) yield return fast;
        for (int bits = Math.Min(FirstBits, maximalBits); ; bits = Math.Min(2 * bits, maximalBits))
        {
            yield return ProofAt(ball, bits);
            if (bits == maximalBits) yield break;
        }
    }

    internal static SymmetricBall Checked(BallMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        SymmetricBall ball = SymmetricBall.From(matrix);
        if (!ball.RadiusNorm.IsFinite) throw new ArgumentException("The radii must be finite.", nameof(matrix));
        return ball;
    }

    // Positive definiteness, or nothing.
    private static SpectrumProof? TryInDoubles(SymmetricBall whole)
    {
        SymmetricBall scaled = Scaled(whole.RoundTo(DoubleBits), out long shift);
        if (scaled.Midpoint.IsZero || DoubleInverseFactor.TryFind(scaled, out long exponent) is not { } inverse) return null;
        if (InverseFactorCertificate.TryProve(scaled, inverse, exponent) is not { } certificate || certificate.Defect > Magnitude.PowerOfTwo(GreatestDoubleDefect)) return null;
        Dyadic upper = scaled.Rayleigh(SmallestVector(inverse));
        return new SpectrumProof(new SpectrumBound(Verdict.Proved, certificate.Lower << shift, upper << shift, DoubleBits), certificate, shift);
    }

    private static SpectrumProof ProofAt(SymmetricBall whole, int bits)
    {
        SymmetricBall ball = whole.RoundTo(bits);
        if (ball.Midpoint.IsZero)
        {
            Dyadic radius = ball.RadiusNorm.ToDyadic();
            return new SpectrumProof(new SpectrumBound(radius.IsZero ? Verdict.Refuted : Verdict.Undecided, -radius, radius, bits), null, 0);
        }

        SymmetricBall scaled = Scaled(ball, out long shift);
        (ApproximateCholesky factor, long? shiftPower) = FactorWithShift(scaled, bits);
        SymmetricBall factored = shiftPower is { } power ? scaled.AddIdentity(power) : scaled;
        int digits = Math.Min(InverseDigits, factor.FractionDigits);
        IntegerMatrix inverse = factor.Inverse.ShiftDigits(digits - factor.FractionDigits);
        // R^T R is the factored matrix times a power of 2^22, so its inverse factor takes a power of 2^11.
        long inverseExponent = (-(long)digits * IntegerMatrix.DigitBits) - ((factored.Exponent - factor.ScaleExponent) / 2);

        Dyadic upper = scaled.Rayleigh(SmallestVector(inverse));
        Dyadic lower = -scaled.NormBound().ToDyadic();
        var certificate = InverseFactorCertificate.TryProve(factored, inverse, inverseExponent);
        if (certificate is not null) lower = Max(lower, shiftPower is { } added ? certificate.Lower - (Dyadic.One << added) : certificate.Lower);
        Verdict verdict = lower.Sign > 0 ? Verdict.Proved : upper.Sign <= 0 ? Verdict.Refuted : Verdict.Undecided;
        return new SpectrumProof(new SpectrumBound(verdict, lower << shift, upper << shift, bits), shiftPower is null ? certificate : null, shift);
    }

    // The entries at most one, the exponent a multiple of the digits' bits; times 2^shift it is the ball.
    private static SymmetricBall Scaled(SymmetricBall ball, out long shift)
    {
        int scaleDigits = (ball.Midpoint.Bits + IntegerMatrix.DigitBits - 1) / IntegerMatrix.DigitBits;
        shift = checked(ball.Exponent + ((long)scaleDigits * IntegerMatrix.DigitBits));
        return ball.Scale(-shift);
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
    private static IntegerMatrix SmallestVector(IntegerMatrix inverse)
    {
        double[] shape = inverse.ApproximateShape();
        double[] vector = ApproximateVectors.Start(inverse.Rows);
        for (int k = 0; k < InverseSteps; k++)
        {
            vector = ApproximateVectors.Normalize(ApproximateVectors.Apply(shape, ApproximateVectors.ApplyTransposed(shape, vector)));
        }

        IntegerMatrix start = ApproximateVectors.ToIntegers(vector);
        IntegerMatrix refined = ExactProduct.Multiply(inverse, ExactProduct.TransposeMultiply(inverse, start));
        refined = refined.ShiftDigits(Math.Min(0, VectorDigits - refined.Digits));
        return refined.IsZero ? start : refined;
    }

    private static Dyadic Max(Dyadic a, Dyadic b) => a < b ? b : a;
}
