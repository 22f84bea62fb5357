namespace GnMlNet.Balls.Matrices;

/// <summary>The solutions x of H x = b for every symmetric H within a ball matrix and every b within another: an exact approximation, and bounds on its error.</summary>
/// <remarks>How the approximation was found does not matter for the bounds: docs/exact-matrices.md, "Solutions".</remarks>
/// <param name="Spectrum">What is proved of the smallest eigenvalue of H. Where H is not proved to be positive definite nothing is said of x.</param>
/// <param name="Solution">Encloses x, a column for each right side; null where nothing is proved.</param>
/// <param name="Distances">For each right side a bound on the Euclidean distance of x from the midpoint; empty where nothing is proved.</param>
public sealed record CertifiedSolution(SpectrumBound Spectrum, BallMatrix? Solution, IReadOnlyList<Magnitude> Distances)
{
    // A refinement gains at least these bits; with fewer, more digits in the factor pay.
    private const int LeastGain = 5;

    /// <summary>
    /// Solves with a factor of rising precision, from doubles to <paramref name="maximalBits"/>, until H is proved to be positive definite or not to be. It is
    /// undecided when the bits do not suffice or the radii are too great.
    /// </summary>
    /// <param name="matrix">H, with a symmetric midpoint.</param>
    /// <param name="rightSide">b, one column or several.</param>
    /// <param name="bits">The distance is to be at most 2^-bits times the norm of the solution; with radii it becomes as small as they allow.</param>
    /// <param name="maximalBits">The factor has no more bits than this.</param>
    /// <exception cref="ArgumentException">The midpoint is not symmetric, a radius is not finite, or the rows do not fit.</exception>
    public static CertifiedSolution Of(BallMatrix matrix, BallMatrix rightSide, int bits = 128, int maximalBits = 1024)
    {
        ArgumentNullException.ThrowIfNull(rightSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        SymmetricBall ball = SmallestEigenvalue.Checked(matrix);
        if (rightSide.Rows != ball.Size) throw new ArgumentException($"{rightSide.Rows} rows do not fit a matrix of {ball.Size}.", nameof(rightSide));
        if (!Array.TrueForAll(rightSide.Radii.ToArray(), radius => radius.IsFinite)) throw new ArgumentException("The radii must be finite.", nameof(rightSide));
        SpectrumProof? best = null;
        foreach (SpectrumProof proof in SmallestEigenvalue.Proofs(ball, maximalBits))
        {
            if (best is null || proof.Certificate is not null || best.Certificate is null) best = proof;
            if (proof.Bound.IsPositiveDefinite == Verdict.Refuted || (proof.Certificate is { } found && found.Defect <= Magnitude.PowerOfTwo(-LeastGain))) break;
        }

        return best!.Certificate is null ? new CertifiedSolution(best.Bound, null, []) : Of(ball, best, rightSide, bits);
    }

    /// <summary>Solves with the factor of a proof.</summary>
    internal static CertifiedSolution Of(SymmetricBall matrix, SpectrumProof proof, BallMatrix rightSide, int bits)
    {
        int size = matrix.Size, columns = rightSide.Columns;
        var entries = new Dyadic[size * columns];
        Magnitude[] radii = new Magnitude[size], distances = new Magnitude[columns];
        for (int j = 0; j < columns; j++)
        {
            var system = new BallSystem(matrix, proof, rightSide, j);
            Dyadic[] approximation = SolutionEnclosure.Of(system, bits).Approximation;
            (distances[j], Magnitude[] bounds) = system.Bounds(approximation);
            for (int i = 0; i < size; i++) (entries[(i * columns) + j], radii[i]) = (approximation[i], Magnitude.Max(radii[i], bounds[i]));
        }

        ScaledIntegers midpoint = ScaledIntegers.Of(size, columns, (ReadOnlySpan<Dyadic>)entries);
        return new CertifiedSolution(proof.Bound, new BallMatrix(midpoint.ToMatrix(), midpoint.Exponent, radii), distances);
    }
}
