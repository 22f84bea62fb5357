namespace GnMlNet.Balls.Matrices;

/// <summary>The smallest and the largest eigenvalue of a symmetric matrix that is known up to an error, each between two numbers as close as they can be proved.</summary>
/// <remarks>docs/crosscheck.md, "How an exact value is enclosed", step 7. What the matrix misses moves each eigenvalue by at most its spectral norm (Weyl).</remarks>
internal static class ExtremeEigenvalues
{
    private const int FirstBits = 128, MostBits = 1024;

    private const int Attempts = 3;

    // Shares 2^-k of the quotient, from what no double can tell apart to an eighth.
    private static readonly int[] Shares = [60, 44, 28, 12, 3];

    /// <param name="matrix">A, symmetric.</param>
    /// <param name="error">A bound on the spectral norm of what it misses.</param>
    /// <returns>Lower and upper bounds; the smallest one's lower bound may be far off where nothing better is proved.</returns>
    public static (EigenvalueBound Smallest, EigenvalueBound Largest) Enclose(ScaledIntegers matrix, Magnitude error)
    {
        Dyadic missing = error.ToDyadic();
        EigenvalueBound smallest = Smallest(matrix), largest = Largest(matrix);
        return (new EigenvalueBound(smallest.Lower - missing, smallest.Upper + missing), new EigenvalueBound(largest.Lower - missing, largest.Upper + missing));
    }

    private static EigenvalueBound Smallest(ScaledIntegers matrix)
    {
        SpectrumBound plain = SmallestEigenvalue.Bound(matrix.ToBall(), MostBits);
        var bound = new EigenvalueBound(plain.Lower, plain.Upper);
        return plain.IsPositiveDefinite == Verdict.Proved ? Narrow(matrix, bound, plain.Bits) : bound;
    }

    private static EigenvalueBound Largest(ScaledIntegers matrix)
    {
        EigenvalueBound plain = LargestEigenvalue.Bound(matrix.ToBall()), negative = Narrow(matrix.Times(-1), new EigenvalueBound(-plain.Upper, -plain.Lower), FirstBits / 2);
        return new EigenvalueBound(-negative.Upper, -negative.Lower);
    }

    /// <summary>Better bounds of the smallest eigenvalue. A shift close to it also makes the vector of the next quotient better, so a shift beyond it is not in vain.</summary>
    private static EigenvalueBound Narrow(ScaledIntegers matrix, EigenvalueBound bound, int bits)
    {
        (Dyadic lower, Dyadic upper) = (bound.Lower, bound.Upper);
        foreach (int share in Shares)
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                Dyadic shift = upper - (upper.Abs() << -share);
                if (shift <= lower) return new EigenvalueBound(lower, upper);
                ScaledIntegers shifted = matrix.PlusDiagonal([.. Enumerable.Repeat(-shift, matrix.Rows)]);
                SpectrumBound at = SmallestEigenvalue.BoundAt(shifted.ToBall(), Math.Min(bits + share, MostBits));
                (Dyadic below, Dyadic above) = (shift + at.Lower, shift + at.Upper);
                bool isBetter = above < upper;
                if (isBetter) upper = above;
                if (below > lower) lower = below;
                if (at.IsPositiveDefinite == Verdict.Proved) return new EigenvalueBound(lower, upper);
                if (!isBetter) break;
            }
        }

        return new EigenvalueBound(lower, upper);
    }
}
