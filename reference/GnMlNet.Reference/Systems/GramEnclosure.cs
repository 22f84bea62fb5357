using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Systems;

/// <summary>J^T Omega J with exact row weights, from an enclosed J.</summary>
/// <remarks>docs/crosscheck.md, "How an exact value is enclosed", step 4: |J^T Omega J - M^T Omega M|_ab is at most c_a r_b + r_a c_b + omega r_a r_b.</remarks>
/// <param name="Matrix">M^T Omega M.</param>
/// <param name="EntryErrors">A bound on what each entry misses, row by row.</param>
internal sealed record GramEnclosure(ScaledIntegers Matrix, Magnitude[] EntryErrors)
{
    /// <summary>A bound on the spectral norm of what the matrix misses.</summary>
    internal Magnitude Error => Norms.Euclidean(EntryErrors);

    /// <param name="jacobian">J.</param>
    /// <param name="weights">Omega, n non-negative doubles; zeros leave rows out.</param>
    /// <param name="kernels">What multiplies.</param>
    internal static GramEnclosure Of(JacobianEnclosure jacobian, double[] weights, ExactKernels kernels)
    {
        ScaledIntegers m = jacobian.Values, omega = ScaledIntegers.Of(1, weights.Length, weights);
        int n = m.Rows, p = m.Columns;
        ScaledIntegers weighted = new(n, p, m.Exponent + omega.Exponent);
        for (int k = 0; k < weighted.Values.Length; k++) weighted.Values[k] = omega.Values[k / p] * m.Values[k];
        var gram = new ScaledIntegers(p, p, (2 * m.Exponent) + omega.Exponent, kernels.SymmetricProduct(weighted.Values, m.Values, n, p));
        return new GramEnclosure(gram, Errors(jacobian, weighted, weights));
    }

    private static Magnitude[] Errors(JacobianEnclosure jacobian, ScaledIntegers weighted, double[] weights)
    {
        int n = weighted.Rows, p = weighted.Columns;
        Magnitude total = weights.Select(Magnitude.Of).Aggregate(Magnitude.Zero, (sum, weight) => sum + weight);
        var columns = new Magnitude[p];
        for (int a = 0; a < p; a++)
        {
            BigInteger sum = BigInteger.Zero;
            for (int j = 0; j < n; j++) sum += BigInteger.Abs(weighted[j, a]);
            columns[a] = Magnitude.Of(sum) << weighted.Exponent;
        }

        var errors = new Magnitude[p * p];
        Magnitude[] r = jacobian.ColumnErrors;
        for (int a = 0; a < p; a++)
        {
            for (int b = 0; b <= a; b++) errors[(a * p) + b] = errors[(b * p) + a] = (columns[a] * r[b]) + (r[a] * columns[b]) + (total * r[a] * r[b]);
        }

        return errors;
    }
}
