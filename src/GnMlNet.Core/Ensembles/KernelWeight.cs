namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The weight w of the kernel block in the score, (1 - w) networks + w block, by least squares on rows that neither saw. With the mean squared errors N of the networks and B of the block
/// and the mean product X of their errors, (1 - w)^2 N + 2 w (1 - w) X + w^2 B is least at w = (N - X)/(N + B - 2 X), taken into [0, 1]. The networks' N is that of all of them, which is
/// less than that of the few that left a row out; the product is the same for few and for all.
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
    /// <param name="ratio">By how much the squared error of all networks is smaller than that of those that left a row out, in [0, 1].</param>
    /// <param name="labels">The labels.</param>
    /// <param name="weights">The rows' weights.</param>
    internal static double Choose(double[] networks, double[] kernel, double ratio, double[] labels, double[] weights)
    {
        double n = 0, b = 0, x = 0;
        for (int j = 0; j < labels.Length; j++)
        {
            double first = networks[j] - labels[j], second = kernel[j] - labels[j];
            if (double.IsNaN(first) || double.IsNaN(second)) continue;
            n += weights[j] * first * first;
            b += weights[j] * second * second;
            x += weights[j] * first * second;
        }

        n *= ratio;
        double denominator = n + b - (2 * x);
        // The two sides agree, or differ by less than the correction: the better one has it all.
        if (!(denominator > 1e-12 * (n + b))) return n == b ? Undecided : n < b ? 0 : 1;
        double weight = Math.Clamp((n - x) / denominator, 0, 1);
        return weight < Negligible ? 0 : weight > 1 - Negligible ? 1 : weight;
    }
}
