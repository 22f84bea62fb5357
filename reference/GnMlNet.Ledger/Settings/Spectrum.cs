namespace GnMlNet.Ledger.Settings;

/// <summary>Claims about eigenvalues of positive semidefinite matrices. Those of a large matrix are not enclosed but counted: one elimination says how many are below a number.</summary>
internal static class Spectrum
{
    private const int MostRows = 64;

    /// <summary>That no eigenvalue is above a number.</summary>
    internal static Claim GreatestIsAtMost(string text, RealMatrix matrix, Real bound) => matrix.Rows <= MostRows
        ? Claims.LessOrEqual(text, Eigenvalues.Greatest(matrix), bound)
        : Claims.LessOrEqual($"{text}: the size of the matrix ≤ the number of its eigenvalues below the bound", matrix.Rows, NumberBelow(matrix, bound));

    /// <summary>That no eigenvalue is below a number.</summary>
    internal static Claim SmallestIsAtLeast(string text, Real bound, RealMatrix matrix) => matrix.Rows <= MostRows
        ? Claims.LessOrEqual(text, bound, Eigenvalues.Smallest(matrix))
        : Claims.LessOrEqual($"{text}: the number of eigenvalues below the bound ≤ 0", NumberBelow(matrix, bound), 0);

    private static Real NumberBelow(RealMatrix matrix, Real bound) => SymmetricFactor.TryFactor(matrix, -bound) is { } factor ? factor.NegativePivots : Real.Indeterminate;
}
