namespace GnMlNet.Ledger.Numbers;

/// <summary>
/// S = U D U^T with a unit lower triangular U, by elimination on enclosed numbers. Where every pivot has a known sign, the elimination goes through for every
/// symmetric matrix within, and by Sylvester's law of inertia each has as many negative eigenvalues as there are negative pivots.
/// </summary>
internal sealed class SymmetricFactor
{
    private readonly RealMatrix _lower;
    private readonly Real[] _pivots;

    private SymmetricFactor(RealMatrix lower, Real[] pivots) => (_lower, _pivots) = (lower, pivots);

    internal int NegativePivots => _pivots.Count(pivot => pivot.IsNegative);

    internal bool IsPositiveDefinite => NegativePivots == 0;

    /// <summary>The factor of a matrix plus a multiple of the identity, or null where the sign of a pivot is unknown.</summary>
    internal static SymmetricFactor? TryFactor(RealMatrix matrix, Real shift)
    {
        int n = matrix.Rows;
        RealMatrix lower = new(n, n), scaled = new(n, n);
        var pivots = new Real[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                RealSum sum = default;
                sum.Add(matrix[i, j]);
                if (i == j) sum.Add(shift);
                for (int k = 0; k < j; k++) sum.SubtractProduct(scaled[i, k], lower[j, k]);
                Real rest = sum.ToReal();
                if (j == i)
                {
                    if (rest.Ball.Sign is not (1 or -1)) return null;
                    pivots[i] = rest;
                }
                else
                {
                    // The product of entry and pivot is kept, too.
                    scaled[i, j] = rest;
                    lower[i, j] = rest / pivots[j];
                }
            }
        }

        return new SymmetricFactor(lower, pivots);
    }

    internal Real[] Solve(Real[] right)
    {
        int n = right.Length;
        Real[] x = [.. right];
        for (int i = 0; i < n; i++)
        {
            RealSum sum = default;
            sum.Add(x[i]);
            for (int k = 0; k < i; k++) sum.SubtractProduct(_lower[i, k], x[k]);
            x[i] = sum.ToReal();
        }

        for (int i = n - 1; i >= 0; i--)
        {
            RealSum sum = default;
            sum.Add(x[i] / _pivots[i]);
            for (int k = i + 1; k < n; k++) sum.SubtractProduct(_lower[k, i], x[k]);
            x[i] = sum.ToReal();
        }

        return x;
    }

    internal RealMatrix Inverse()
    {
        int n = _pivots.Length;
        var inverse = new RealMatrix(n, n);
        for (int j = 0; j < n; j++)
        {
            var unit = new Real[n];
            for (int i = 0; i < n; i++) unit[i] = i == j ? 1 : 0;
            Real[] column = Solve(unit);
            for (int i = 0; i < n; i++) inverse[i, j] = column[i];
        }

        return inverse;
    }
}
