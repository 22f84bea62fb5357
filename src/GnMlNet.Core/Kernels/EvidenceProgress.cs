namespace GnMlNet.Core.Kernels;

/// <summary>When the maximization of the evidence ends: after two falls of E in a row so small that no parameter can have moved much, or after so many gradients.</summary>
/// <param name="Gradients">How many gradients were taken.</param>
/// <param name="SmallFalls">How many of the last falls in a row were small.</param>
internal readonly record struct EvidenceProgress(int Gradients, int SmallFalls)
{
    private const int MostGradients = 25;
    private const int MostSmallFalls = 2;

    // In nats for each parameter.
    private const double SmallFall = 0.003;

    /// <summary>Whether it ends here.</summary>
    internal bool HasEnded => Gradients >= MostGradients || SmallFalls >= MostSmallFalls;

    /// <summary>After a further gradient and a fall of E.</summary>
    internal EvidenceProgress After(double fall, int parameters) => new(Gradients + 1, fall < SmallFall * parameters ? SmallFalls + 1 : 0);
}
