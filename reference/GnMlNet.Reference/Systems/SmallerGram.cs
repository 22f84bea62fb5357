namespace GnMlNet.Reference.Systems;

/// <summary>
/// J^T J or J J^T, whichever is smaller: the two have the same eigenvalues but for zeros. The larger of them is singular, so its smallest eigenvalue is 0, and that of
/// H = (1 - rho) J^T J + rho I is (1 - rho) times that of J^T J plus rho.
/// </summary>
internal static class SmallerGram
{
    /// <summary>Its smallest and its largest eigenvalue; no Gram matrix has negative ones.</summary>
    internal static (EigenvalueBound Smallest, EigenvalueBound Largest) Spectrum(EnclosedPoint point)
    {
        (ScaledIntegers matrix, Magnitude error) = Of(point);
        (EigenvalueBound smallest, EigenvalueBound largest) = ExtremeEigenvalues.Enclose(matrix, error);
        return (NotNegative(smallest), NotNegative(largest));
    }

    /// <summary>A number that no eigenvalue of J J^T is below; zero where none is proved.</summary>
    internal static Dyadic KernelBound(EnclosedPoint point)
    {
        if (point.Jacobian.Values.Columns <= point.Jacobian.Values.Rows) return Dyadic.Zero;
        (ScaledIntegers matrix, Magnitude error) = Of(point);
        return DoubleCholesky.LowerBound(matrix) is { } lower && lower - error.ToDyadic() is { Sign: > 0 } bound ? bound : Dyadic.Zero;
    }

    private static (ScaledIntegers Matrix, Magnitude Error) Of(EnclosedPoint point)
    {
        ScaledIntegers m = point.Jacobian.Values;
        if (m.Columns <= m.Rows)
        {
            GramEnclosure gram = point.Grams.Of([.. Enumerable.Repeat(1.0, m.Rows)]);
            return (gram.Matrix, gram.Error);
        }

        // With J = M + E, |J J^T - M M^T| <= 2 |M|_F |E|_F + |E|_F^2, and |E|_F^2 is at most n times the sum of the squared column errors.
        Magnitude error = Norms.Euclidean(point.Jacobian.ColumnErrors) * Magnitude.Of((double)m.Rows).SquareRoot();
        return (m.RowGram(), ((m.FrobeniusNorm() * error) << 1) + (error * error));
    }

    private static EigenvalueBound NotNegative(EigenvalueBound bound) => bound.Lower.Sign < 0 ? bound with { Lower = Dyadic.Zero } : bound;
}
