namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The iterations after which an ensemble is judged, each about an eighth later than the one before: the error is a smooth function of the logarithm of
/// the number of iterations, so judging more often would cost time and find no better one.
/// </summary>
internal static class IterationLadder
{
    private const int First = 10;
    private const int LeastGap = 2;
    private const double Ratio = 1.15;

    // Training goes on this far beyond the best iteration so far.
    private const double PatienceFactor = 1.6;
    private const double PatienceOffset = 15;

    /// <summary>Whether an iteration is a rung.</summary>
    internal static bool IsRung(int iteration)
    {
        int rung = First;
        while (rung < iteration) rung = Next(rung);
        return rung == iteration;
    }

    /// <summary>The iteration at which training ends unless there is a better one before.</summary>
    internal static double Patience(int bestIteration) => (PatienceFactor * bestIteration) + PatienceOffset;

    private static int Next(int rung) => Math.Max(rung + LeastGap, (int)Math.Round(Ratio * rung));
}
