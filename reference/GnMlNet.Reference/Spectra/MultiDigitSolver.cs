using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Balls.Matrices;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Spectra;

/// <summary>A factorization with as many digits as the condition number takes, for matrices beyond double precision. What it solves is approximate.</summary>
internal sealed class MultiDigitSolver
{
    private readonly ApproximateCholesky _factor;
    private readonly long _exponent;

    private MultiDigitSolver(ApproximateCholesky factor, long exponent) => (_factor, _exponent) = (factor, exponent);

    /// <summary>A proven lower bound of the smallest eigenvalue with a solver, or null where the matrix is not proved to be positive definite.</summary>
    /// <param name="matrix">A symmetric matrix.</param>
    /// <param name="mostBits">The greatest precision to try.</param>
    internal static (Dyadic Lower, MultiDigitSolver Solver)? TryFactor(ScaledIntegers matrix, int mostBits)
    {
        IntegerMatrix integers = IntegerMatrix.FromEntries(matrix.Rows, matrix.Columns, matrix.Values);
        SpectrumBound bound = SmallestEigenvalue.Bound(BallMatrix.Exact(integers, matrix.Exponent), mostBits);
        if (bound.IsPositiveDefinite != Verdict.Proved || ApproximateCholesky.TryFactor(integers, bound.Bits) is not { } factor) return null;
        return (bound.Lower, new MultiDigitSolver(factor, matrix.Exponent));
    }

    /// <summary>An approximate solution of A x = b.</summary>
    internal double[] Solve(ReadOnlySpan<double> right)
    {
        IntegerMatrix integers = IntegerMatrix.FromDoubles(right.Length, 1, right, out long rightExponent);
        BigInteger[] solution = _factor.ApproximateSolve(integers, out long exponent).ToEntries();
        return [.. solution.Select(entry => new Dyadic(entry, exponent + rightExponent - _exponent).ToDouble())];
    }
}
