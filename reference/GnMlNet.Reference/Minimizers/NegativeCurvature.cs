namespace GnMlNet.Reference.Minimizers;

/// <summary>Looks for a direction v with v^T H v &lt; 0 in double; whatever is found is then proved with the enclosed H.</summary>
internal static class NegativeCurvature
{
    private const int Bits = 128;

    // Inverse iteration with a shift close to the smallest eigenvalue.
    private const int Iterations = 12, Bisections = 30;

    /// <summary>The direction of about unit length with what encloses its curvature, or null where none is proved.</summary>
    internal static (double[] Vector, Ball Curvature)? Find(HessianEnclosure hessian)
    {
        int p = hessian.Matrix.Rows;
        double norm = hessian.Matrix.FrobeniusNorm().ToDouble();
        if (norm == 0 || !double.IsFinite(norm)) return null;
        // H + high I is positive definite, H + low I is not, as far as doubles can tell.
        double low = 0, high = norm;
        DoubleCholesky? factor = Shifted(hessian.Matrix, high);
        for (int k = 0; k < Bisections && factor is not null && high - low > 1e-3 * high; k++)
        {
            // Between numbers that may be of quite different sizes.
            double middle = low == 0 ? high / 16 : (low + high) / 2;
            if (Shifted(hessian.Matrix, middle) is { } better) (high, factor) = (middle, better);
            else low = middle;
        }

        if (factor is null) return null;
        double[] vector = [.. Enumerable.Range(0, p).Select(i => 1 + (((i * 7919) % 101) / 101.0))];
        for (int k = 0; k < Iterations; k++) vector = Unit(factor.Solve(vector));
        if (!vector.All(double.IsFinite) || vector.All(entry => entry == 0)) return null;
        Ball curvature = hessian.RayleighQuotient(vector, Bits);
        return curvature.Upper.Sign < 0 ? (vector, curvature) : null;
    }

    private static DoubleCholesky? Shifted(ScaledIntegers matrix, double shift) =>
        DoubleCholesky.TryFactor(matrix.PlusDiagonal([.. Enumerable.Repeat(Dyadic.FromDouble(shift), matrix.Rows)]));

    private static double[] Unit(double[] vector)
    {
        double greatest = vector.Max(Math.Abs), norm = greatest * Math.Sqrt(vector.Sum(entry => entry / greatest * (entry / greatest)));
        return [.. vector.Select(entry => entry / norm)];
    }
}
