namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The weight w of the kernel block in the score, (1 - w) networks + w block, by least squares on rows that neither saw: with the errors e of the networks and f of the block it is the
/// w in [0, 1] with the least sum of ((1 - w) e + w f)^2, (e . (e - f))/|e - f|^2 where that lies there.
/// </summary>
internal static class KernelWeight
{
    /// <summary>Where nothing tells the two apart.</summary>
    internal const double Undecided = 0.5;

    /// <summary>A kind of members with less weight than this is left out of the model: it costs time and memory, and the score hardly depends on it.</summary>
    internal const double Negligible = 0.02;

    /// <summary>Chooses the weight.</summary>
    /// <param name="networks">Predictions of the networks for rows that they left out; NaN where there is none.</param>
    /// <param name="kernel">Predictions of the block for rows that it left out; NaN where there is none.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="weights">The rows' weights.</param>
    internal static double Choose(double[] networks, double[] kernel, double[] labels, double[] weights)
    {
        double product = 0, square = 0, size = 0;
        for (int j = 0; j < labels.Length; j++)
        {
            double first = networks[j] - labels[j], second = kernel[j] - labels[j];
            if (double.IsNaN(first) || double.IsNaN(second)) continue;
            product += weights[j] * first * (first - second);
            square += weights[j] * (first - second) * (first - second);
            size += weights[j] * ((first * first) + (second * second));
        }

        // Sides that agree but for rounding.
        if (!(square > 1e-20 * size)) return Undecided;
        double weight = Math.Clamp(product / square, 0, 1);
        return weight < Negligible ? 0 : weight > 1 - Negligible ? 1 : weight;
    }
}
