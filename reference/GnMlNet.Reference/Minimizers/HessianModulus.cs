using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Systems;

namespace GnMlNet.Reference.Minimizers;

/// <summary>
/// K with |H(a) - H(b)| &lt;= K |a - b| for all a and b of a ball: a bound on the third derivative of F = E/2 there,
/// D^3 F[u,u,u] = sum_j w_j (3 Df_j[u] D^2 f_j[u,u] + r_j D^3 f_j[u,u,u]).
/// </summary>
/// <remarks>docs/certify.md, "How much the Hessian can change", derives the bounds.</remarks>
internal static class HessianModulus
{
    // At least 2/sqrt(3).
    private static readonly Magnitude SideShare = Magnitude.Of(1.1547005383792517);

    /// <param name="around">What there is to know at all points of the ball at once.</param>
    /// <param name="weights">W.</param>
    internal static Magnitude Over(EnclosedPoint around, double[] weights)
    {
        Layer layer = around.Layer;
        (ScaledIntegers second, Magnitude secondError) = around.Activations.Curvatures();
        Magnitude[] outputWeights = [.. layer.OutputWeights.Select(weight => Magnitude.Of(weight) + layer.OutputRadius)];
        Magnitude rowError = Norms.Euclidean(around.Jacobian.ColumnErrors), modulus = Magnitude.Zero;
        for (int j = 0; j < layer.RowCount; j++)
        {
            Magnitude x = layer.InputNorm(j), greatestSecond = Magnitude.Zero, greatestThird = Magnitude.Zero;
            for (int i = 0; i < layer.Units; i++)
            {
                Magnitude slope = Magnitude.Of(around.Activations.Slopes.At(j, i)) + around.Activations.SlopeError, curvature = Magnitude.Of(second.At(j, i)) + secondError;
                greatestSecond = Magnitude.Max(greatestSecond, BlockNorm(outputWeights[i] * curvature * x * x, slope * x));
                Magnitude third = ThirdDerivative(around.Activations, layer.IsLogistic, j, i);
                greatestThird = Magnitude.Max(greatestThird, ((outputWeights[i] * third * x) + (SideShare * curvature)) * x * x);
            }

            Magnitude first = around.Jacobian.Values.RowNorm(j) + rowError, residual = Magnitude.Of(around.Residuals[j]) + around.ResidualError;
            modulus += Magnitude.Of(weights[j]) * ((Magnitude.Of(3.0) * first * greatestSecond) + (residual * greatestThird));
        }

        return modulus;
    }

    /// <summary>At least the greatest a s^2 + 2 b s v with s^2 + v^2 = 1: the greater eigenvalue of [a b; b 0].</summary>
    private static Magnitude BlockNorm(Magnitude a, Magnitude b) => (a + ((a * a) + ((b * b) << 2)).SquareRoot()) << -1;

    /// <summary>At least |sigma'''|: s (4 - 6 s) of tanh, s (1 - 6 s) of the logistic function, s = sigma'.</summary>
    /// <remarks>Slopes are in [0, 1], so between a slope and its approximation, e apart, the derivatives 4 - 12 s and 1 - 12 s are at most 12 + 12 e in size.</remarks>
    private static Magnitude ThirdDerivative(ActivationEnclosure activations, bool isLogistic, int row, int unit)
    {
        Dyadic slope = activations.Slopes.At(row, unit), value = slope * ((isLogistic ? 1 : 4) - (6 * slope));
        Magnitude error = activations.SlopeError;
        return Magnitude.Of(value) + (error * (Magnitude.Of(12.0) + (Magnitude.Of(12.0) * error)));
    }
}
