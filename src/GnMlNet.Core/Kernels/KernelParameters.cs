namespace GnMlNet.Core.Kernels;

/// <summary>
/// The logarithms theta that the evidence is maximized over, in order: ln s1, ln rho of every group, ln s2, ln q of every group, ln sigma^2; without the Laplace part the first
/// ones are missing.
/// </summary>
/// <param name="groups">Which columns share a rate.</param>
/// <param name="hasLaplace">Whether the kernel has a Laplace part.</param>
internal sealed class KernelParameters(RateGroups groups, bool hasLaplace)
{
    /// <summary>s0: the label is standardized, so its mean is nearly 0 already.</summary>
    internal const double Constant = 10;

    internal const double Least = -12;
    internal const double Greatest = 8;

    // Where the rates of the Gaussian part would start on a wide table the part would stay off.
    private const int MostForGaussianStart = 10;
    private const double StartingNoise = 0.03;

    internal RateGroups Groups => groups;

    internal bool HasLaplace => hasLaplace;

    internal int Count => LaplaceCount + PartCount + 1;

    /// <summary>Where the Gaussian part begins.</summary>
    internal int LaplaceCount => hasLaplace ? PartCount : 0;

    /// <summary>The parameters of one part: its variance and its rates.</summary>
    internal int PartCount => groups.Count + 1;

    /// <summary>The logarithm of a rate of the Laplace part before anything is known.</summary>
    internal double LaplaceCentre => -Math.Log(Math.Max(1, groups.Count));

    /// <summary>The logarithm of a rate of the Gaussian part before anything is known.</summary>
    internal double GaussianCentre => -Math.Log(Math.Clamp(groups.Count, 1, MostForGaussianStart));

    /// <summary>Where the maximization starts.</summary>
    internal double[] Start()
    {
        var theta = new double[Count];
        if (hasLaplace) theta.AsSpan(1, groups.Count).Fill(LaplaceCentre);
        theta.AsSpan(LaplaceCount + 1, groups.Count).Fill(GaussianCentre);
        theta[^1] = Math.Log(StartingNoise);
        return theta;
    }

    /// <summary>The kernel that parameters stand for.</summary>
    internal RadialKernel Kernel(ReadOnlySpan<double> theta)
    {
        double[] laplace = new double[groups.Count], gaussian = new double[groups.Count];
        for (int g = 0; g < groups.Count; g++)
        {
            if (hasLaplace) laplace[g] = Math.Exp(theta[1 + g]);
            gaussian[g] = Math.Exp(theta[LaplaceCount + 1 + g]);
        }

        (double[] laplaceRates, double[] gaussianRates) = groups.Expand(laplace, gaussian);
        return new RadialKernel(hasLaplace ? Math.Exp(theta[0]) : 0, laplaceRates, Math.Exp(theta[LaplaceCount]), gaussianRates, Constant);
    }

    /// <summary>sigma^2.</summary>
    internal static double NoiseVariance(ReadOnlySpan<double> theta) => Math.Exp(theta[^1]);

    /// <summary>
    /// How much each group matters: the share of the variance that is lost between two rows that differ in it alone by as much as independent standardized numbers do.
    /// </summary>
    internal double[] Relevance(ReadOnlySpan<double> theta)
    {
        // The mean distance and the mean squared distance of two independent standard normal numbers.
        const double meanDistance = 1.1283791670955126, meanSquare = 2;
        var relevance = new double[groups.Count];
        for (int g = 0; g < relevance.Length; g++)
        {
            if (hasLaplace) relevance[g] += Math.Exp(theta[0]) * (1 - Math.Exp(-meanDistance * Math.Exp(theta[1 + g])));
            relevance[g] += Math.Exp(theta[LaplaceCount]) * (1 - Math.Exp(-meanSquare / 2 * Math.Exp(2 * theta[LaplaceCount + 1 + g])));
        }

        return relevance;
    }
}
