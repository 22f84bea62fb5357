using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The end of an ensemble's training: each member goes on from its best state for a few steps with all rows, those too that it left out until then. The rows
/// have said what they had to say about the error by then; a quarter more of them makes every member better. Its precisions stay as they are.
/// </summary>
internal static class FinalSteps
{
    // More steps would fit more than the left-out rows allowed for.
    private const int ShareOfIterations = 10;

    /// <summary>How many they are; 0 where the best state is to stay.</summary>
    /// <param name="bestIteration">The iteration that the best states are from.</param>
    internal static int Count(int bestIteration) => bestIteration / ShareOfIterations;

    /// <summary>A member after its last steps.</summary>
    /// <param name="best">Its best state.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="keepsLeverage">Whether it keeps its leverage.</param>
    /// <param name="options">How members are trained.</param>
    /// <param name="control">How the caller may cancel it.</param>
    internal static NetworkMember Take(NetworkMember best, MemberRows rows, int steps, bool keepsLeverage, TrainingOptions options, TrainingControl control)
    {
        var training = new MemberTraining(rows.WithAll(), options with { KeepsPrecisions = true }, control);
        training.Begin(best.Network.Parameters.ToArray(), best.Evidence);
        for (int step = 0; step < steps; step++) training.Advance();
        training.Keep();
        if (keepsLeverage) training.MeasureLeverage(keep: true);
        return training.Kept!;
    }
}
