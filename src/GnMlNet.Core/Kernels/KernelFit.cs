namespace GnMlNet.Core.Kernels;

/// <summary>A member of a kernel block, fitted.</summary>
/// <param name="Map">Which map gives its inputs.</param>
/// <param name="Form">How its output weights were found.</param>
/// <param name="Expansion">Its function.</param>
/// <param name="NoiseVariance">sigma^2, the variance of the noise of a row of weight 1, as the evidence found it.</param>
/// <param name="LogEvidence">The logarithm of the evidence where its maximization ended, the prior's share with it, without the constant n/2 ln 2 pi.</param>
/// <param name="Equations">The equations that its coefficients solve, or null in the sparse form.</param>
/// <param name="Posterior">The variance of the function, or null where another member keeps it.</param>
/// <param name="IsChosenWithout">For every distinct row whether the evidence that chose the kernel did not see it.</param>
/// <param name="LeftOut">For every judged row what the function would say of it had it been left out, in the exact form with its whole fold: the mean over the partitions.</param>
/// <param name="LeftOutVariances">For every judged row the variance of that, or nothing where another member keeps the posterior.</param>
internal sealed record KernelFit(
    int Map,
    KernelForm Form,
    KernelExpansion Expansion,
    double NoiseVariance,
    double LogEvidence,
    KernelEquations? Equations,
    PosteriorVariance? Posterior,
    bool[] IsChosenWithout,
    double[] LeftOut,
    double[] LeftOutVariances);
