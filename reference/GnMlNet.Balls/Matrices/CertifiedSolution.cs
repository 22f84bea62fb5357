namespace GnMlNet.Balls.Matrices;

/// <summary>The solutions x of H x = b for every symmetric H within a ball matrix and every b within another: an exact approximation, and bounds on its error.</summary>
/// <remarks>
/// Approximate, then certify: how the approximation was found does not matter for the bounds. They are derived in docs/exact-matrices.md.
/// </remarks>
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

        return best!.Certificate is null ? new CertifiedSolution(best.Bound, null, []) : new SolutionRefinement(ball, best).Solve(rightSide, bits);
    }
}
