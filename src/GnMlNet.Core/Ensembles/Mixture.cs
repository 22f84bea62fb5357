namespace GnMlNet.Core.Ensembles;

/// <summary>
/// An ensemble as a mixture: a kind of members is drawn by its weight, then one of its members. The mean of the mixture is the score, and its variance has the uncertainty of each
/// member and everything that members disagree about, within a kind and between the two.
/// </summary>
/// <param name="Networks">The mean of the networks.</param>
/// <param name="NetworkVariance">The variance of a network's value and that between the networks.</param>
/// <param name="Kernel">The mean of the block.</param>
/// <param name="KernelVariance">The variance of a member's value and that between the members.</param>
/// <param name="Weight">w, the weight of the block.</param>
internal readonly record struct Mixture(double Networks, double NetworkVariance, double Kernel, double KernelVariance, double Weight)
{
    /// <summary>The mean.</summary>
    internal double Mean => Weight == 0 ? Networks : Weight == 1 ? Kernel : ((1 - Weight) * Networks) + (Weight * Kernel);

    /// <summary>The variance.</summary>
    internal double Variance
    {
        get
        {
            if (Weight == 0) return NetworkVariance;
            if (Weight == 1) return KernelVariance;
            double difference = Networks - Kernel;
            return ((1 - Weight) * NetworkVariance) + (Weight * KernelVariance) + (Weight * (1 - Weight) * difference * difference);
        }
    }
}
