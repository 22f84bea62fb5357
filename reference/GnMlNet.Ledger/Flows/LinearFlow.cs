namespace GnMlNet.Ledger.Flows;

/// <summary>The residuals r of the quadratic loss along a flow whose kernel K does not change: r' = -2 M r, M = K ((1 - rho) K + rho I)^-1, so r(t) = exp(-2 t M) r(0), enclosed.</summary>
/// <remarks>docs/ledger-methods.md, "Flows with a constant kernel".</remarks>
internal sealed class LinearFlow
{
    // Of the series for the first time: with |2 h M| <= 1/2 the rest is below 2^-360.
    private const int Degree = 64;

    private LinearFlow(RealMatrix metric) => Metric = metric;

    /// <summary>M.</summary>
    internal RealMatrix Metric { get; }

    /// <summary>The flow, or null where the damped kernel is not proved to be positive definite.</summary>
    /// <param name="kernel">K, n x n.</param>
    /// <param name="rho">rho.</param>
    internal static LinearFlow? Of(RealMatrix kernel, Real rho) =>
        SymmetricFactor.TryFactor(kernel.Blend(1 - rho, rho), 0) is { IsPositiveDefinite: true } factor ? new LinearFlow(kernel * factor.Inverse()) : null;

    /// <summary>r at the times h, 2h, 4h, ... until the given one is passed, h a power of two with 2 h |M| at most 1/2.</summary>
    internal IEnumerable<(Real Time, Real[] Residuals)> Until(Real end, Real[] start)
    {
        Real norm = Metric.FrobeniusNorm();
        if (!norm.IsPositive) yield break;
        // 2 h |M| <= 2^(top + 1) h.
        var time = Real.Exact(Dyadic.One << -(int)(norm.Ball.Upper.TopExponent + 2), norm.Bits);
        RealMatrix propagator = Exponential((-2 * time) * Metric);
        while (true)
        {
            yield return (time, propagator.Times(start));
            if (!(end - time).IsPositive) yield break;
            (time, propagator) = (time.Shift(1), propagator * propagator);
        }
    }

    // e^A for |A| <= 1/2: the series, and 2 |A|^(N + 1)/(N + 1)! of what it leaves out.
    private static RealMatrix Exponential(RealMatrix matrix)
    {
        RealMatrix sum = RealMatrix.Symmetric(matrix.Rows, (i, j) => i == j ? 1 : 0), term = sum;
        Real rest = ((Real)1).Shift(-Degree);
        for (int k = 1; k <= Degree; k++)
        {
            term = (((Real)1) / Real.Exact(k, matrix[0, 0].Bits)) * (term * matrix);
            sum += term;
            rest /= k;
        }

        return RealMatrix.Of(matrix.Rows, matrix.Rows, (i, j) => sum[i, j].Widen(rest));
    }
}
