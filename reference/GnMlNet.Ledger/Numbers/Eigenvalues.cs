namespace GnMlNet.Ledger.Numbers;

/// <summary>Eigenvalues of small symmetric matrices, enclosed by bisection: the number of negative pivots of S - t I counts the eigenvalues below t.</summary>
internal static class Eigenvalues
{
    /// <summary>Unless more is asked for, enclosures are this narrow, relative to the eigenvalue, where the entries allow it.</summary>
    internal const int RelativeBits = 40;

    private const int MostHalvings = 10_000;

    /// <summary>Encloses the smallest eigenvalue of a positive semidefinite matrix.</summary>
    internal static Real Smallest(RealMatrix matrix, int relativeBits = RelativeBits) => At(matrix, 0, relativeBits);

    /// <summary>Encloses the greatest eigenvalue of a positive semidefinite matrix, which is its norm.</summary>
    internal static Real Greatest(RealMatrix matrix, int relativeBits = RelativeBits) => At(matrix, matrix.Rows - 1, relativeBits);

    /// <summary>Encloses all eigenvalues, from the smallest on, of a positive semidefinite matrix.</summary>
    internal static Real[] All(RealMatrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(index => At(matrix, index, RelativeBits))];

    private static Real At(RealMatrix matrix, int index, int relativeBits)
    {
        Real trace = 0;
        for (int i = 0; i < matrix.Rows; i++) trace += matrix[i, i];
        // Nothing is below zero or above the trace.
        Dyadic low = Dyadic.Zero, high = trace.Ball.Upper;
        for (int k = 0; k < MostHalvings && !(high - low <= low << -relativeBits); k++)
        {
            Dyadic middle = Middle(low, high);
            bool? decided = IsAbove(matrix, index, middle);
            if (decided is null)
            {
                // The number may be an eigenvalue of a leading block; another one near by is not.
                middle += (high - middle) << -3;
                decided = IsAbove(matrix, index, middle);
            }

            if (decided is not { } isAbove) break;
            if (isAbove) low = middle;
            else high = middle;
        }

        return Real.Between(Real.Exact(low, trace.Bits), Real.Exact(high, trace.Bits));
    }

    // Halfway, or in orders of magnitude while the lower end is far below.
    private static Dyadic Middle(Dyadic low, Dyadic high)
    {
        if (low.IsZero) return (high << -8).Truncate(8);
        long gap = high.TopExponent - low.TopExponent;
        return gap > 2 ? (low << (gap / 2)).Truncate(60) : (low + high) << -1;
    }

    /// <summary>Whether the eigenvalue is above the number; null where a pivot of unknown sign leaves it open.</summary>
    private static bool? IsAbove(RealMatrix matrix, int index, Dyadic number)
    {
        SymmetricFactor? factor = SymmetricFactor.TryFactor(matrix, -Real.Exact(number, matrix[0, 0].Bits));
        return factor is null ? null : factor.NegativePivots <= index;
    }
}
