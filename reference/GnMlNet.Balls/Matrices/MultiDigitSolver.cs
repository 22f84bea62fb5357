namespace GnMlNet.Balls.Matrices;

/// <summary>Approximate solutions X X^T b of A x = b, from X with X^T A X near the identity that has as many digits as the condition number of A takes. No guarantee.</summary>
/// <param name="inverse">X, without its scale.</param>
/// <param name="exponent">The power of two of X X^T.</param>
internal sealed class MultiDigitSolver(IntegerMatrix inverse, long exponent)
{
    /// <summary>A proven lower bound of the smallest eigenvalue with a solver, or null where the matrix is not proved to be positive definite.</summary>
    /// <param name="matrix">A symmetric matrix.</param>
    /// <param name="mostBits">The greatest precision to try.</param>
    public static (Dyadic Lower, MultiDigitSolver Solver)? TryFactor(ScaledIntegers matrix, int mostBits)
    {
        SpectrumBound bound = SmallestEigenvalue.Bound(matrix.ToBall(), mostBits);
        if (bound.IsPositiveDefinite != Verdict.Proved || ApproximateCholesky.TryFactor(matrix.ToMatrix(), bound.Bits) is not { } factor) return null;
        return (bound.Lower, new MultiDigitSolver(factor.Inverse, factor.InverseExponent - matrix.Exponent));
    }

    /// <summary>An approximate solution of A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        IntegerMatrix integers = IntegerMatrix.FromDoubles(right.Length, 1, right, out long rightExponent);
        BigInteger[] solution = ExactProduct.Multiply(inverse, ExactProduct.TransposeMultiply(inverse, integers)).ToEntries();
        return [.. solution.Select(entry => new Dyadic(entry, exponent + rightExponent).ToDouble())];
    }
}
