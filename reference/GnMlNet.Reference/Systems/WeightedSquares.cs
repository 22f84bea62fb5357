namespace GnMlNet.Reference.Systems;

/// <summary>sum_j w_j r_j^2 from enclosed residuals, with exact weights.</summary>
internal static class WeightedSquares
{
    /// <param name="weights">w.</param>
    /// <param name="residuals">r, approximately.</param>
    /// <param name="residualError">A bound on the error of each.</param>
    internal static (Dyadic Sum, Magnitude Error) Of(double[] weights, Dyadic[] residuals, Magnitude residualError)
    {
        Dyadic sum = Dyadic.Zero;
        Magnitude error = Magnitude.Zero;
        for (int j = 0; j < residuals.Length; j++)
        {
            Dyadic weight = Dyadic.FromDouble(weights[j]);
            sum += weight * residuals[j] * residuals[j];
            // |(r + d)^2 - r^2| <= 2 |r| |d| + d^2
            error += Magnitude.Of(weight) * residualError * ((Magnitude.Of(residuals[j]) << 1) + residualError);
        }

        return (sum, error);
    }
}
