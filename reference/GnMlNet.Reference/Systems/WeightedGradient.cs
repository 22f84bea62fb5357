using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Systems;

/// <summary>J^T W r from an enclosed J and enclosed residuals, with exact weights.</summary>
/// <remarks>
/// With J = M + E, |E_ja| &lt;= e_a, and residuals r + d, |d_j| &lt;= delta: the error of entry a is at most sum_j w_j (|M_ja| delta + e_a |r_j| + e_a delta).
/// </remarks>
internal static class WeightedGradient
{
    internal static (Dyadic[] Gradient, Magnitude[] Errors) Of(JacobianEnclosure jacobian, double[] weights, Dyadic[] residuals, Magnitude residualError)
    {
        ScaledIntegers m = jacobian.Values;
        var weighted = ScaledIntegers.Of([.. residuals.Select((residual, j) => residual * Dyadic.FromDouble(weights[j]))]);
        Magnitude[] sizes = [.. weights.Select(Magnitude.Of)];
        Magnitude residualSum = Magnitude.Zero, weightSum = Magnitude.Zero;
        for (int j = 0; j < sizes.Length; j++)
        {
            residualSum += sizes[j] * Magnitude.Of(residuals[j]);
            weightSum += sizes[j];
        }

        var gradient = new Dyadic[m.Columns];
        var errors = new Magnitude[m.Columns];
        for (int a = 0; a < m.Columns; a++)
        {
            BigInteger sum = BigInteger.Zero;
            Magnitude column = Magnitude.Zero;
            for (int j = 0; j < m.Rows; j++)
            {
                sum += m[j, a] * weighted.Values[j];
                column += sizes[j] * Magnitude.Of(m[j, a]);
            }

            gradient[a] = new Dyadic(sum, m.Exponent + weighted.Exponent);
            errors[a] = ((column << m.Exponent) * residualError) + (jacobian.ColumnErrors[a] * (residualSum + (weightSum * residualError)));
        }

        return (gradient, errors);
    }
}
