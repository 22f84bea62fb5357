namespace GnMlNet.Core.Kernels;

/// <summary>
/// What is held likely of a kernel before rows are seen, as a quadratic form in the logarithms of its parameters (minus a log density): the rates of a part lie around their
/// geometric mean with a deviation of 1, that mean around its <see cref="KernelParameters.LaplaceCentre">centre</see> with 2, variances around 1 with 3, the noise around exp(-3) with 3.
/// </summary>
internal static class KernelPrior
{
    private const double RateDeviation = 1;
    private const double MeanRateDeviation = 2;
    private const double VarianceDeviation = 3;
    private const double NoiseCentre = -3;

    /// <summary>Its value; its derivatives are added where there is room for them.</summary>
    /// <param name="parameters">What the logarithms are of.</param>
    /// <param name="theta">The logarithms.</param>
    /// <param name="gradient">As many numbers, or none.</param>
    /// <param name="addCurvature">Told the entries (i, j, value) with j at most i, or null.</param>
    internal static double Add(KernelParameters parameters, ReadOnlySpan<double> theta, Span<double> gradient, Action<int, int, double>? addCurvature)
    {
        double sum = 0;
        if (parameters.HasLaplace) sum += AddPart(theta, 0, parameters.Groups.Count, parameters.LaplaceCentre, gradient, addCurvature);
        sum += AddPart(theta, parameters.LaplaceCount, parameters.Groups.Count, parameters.GaussianCentre, gradient, addCurvature);
        return sum + AddSingle(theta.Length - 1, theta[^1] - NoiseCentre, gradient, addCurvature);
    }

    private static double AddPart(ReadOnlySpan<double> theta, int first, int rates, double centre, Span<double> gradient, Action<int, int, double>? addCurvature)
    {
        double sum = AddSingle(first, theta[first], gradient, addCurvature), mean = 0;
        if (rates == 0) return sum;
        for (int g = 1; g <= rates; g++) mean += theta[first + g] / rates;
        double ofRate = 1 / (RateDeviation * RateDeviation), ofMean = 1 / (MeanRateDeviation * MeanRateDeviation), distance = mean - centre;
        sum += ofMean * distance * distance / 2;
        for (int g = 1; g <= rates; g++)
        {
            double difference = theta[first + g] - mean;
            sum += ofRate * difference * difference / 2;
            if (!gradient.IsEmpty) gradient[first + g] += (ofRate * difference) + (ofMean * distance / rates);
            if (addCurvature is null) continue;
            for (int other = 1; other <= g; other++)
                addCurvature(first + g, first + other, (ofRate * ((g == other ? 1 : 0) - (1.0 / rates))) + (ofMean / ((double)rates * rates)));
        }

        return sum;
    }

    private static double AddSingle(int at, double difference, Span<double> gradient, Action<int, int, double>? addCurvature)
    {
        const double precision = 1 / (VarianceDeviation * VarianceDeviation);
        if (!gradient.IsEmpty) gradient[at] += precision * difference;
        addCurvature?.Invoke(at, at, precision);
        return precision * difference * difference / 2;
    }
}
