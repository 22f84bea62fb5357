using GnMlNet.Core.LinearAlgebra;
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

    /// <summary>The members after their last steps.</summary>
    /// <param name="members">The members with their best states.</param>
    /// <param name="bestIteration">The iteration that the best states are from.</param>
    /// <param name="keepsLeverage">Whether members keep their leverage.</param>
    /// <param name="options">The options of the ensemble.</param>
    /// <param name="control">How the caller may cancel it.</param>
    internal static NetworkMember[] Take(MemberTraining[] members, int bestIteration, bool keepsLeverage, EnsembleOptions options, TrainingControl control)
    {
        int steps = bestIteration / ShareOfIterations;
        if (steps == 0) return [.. members.Select(member => member.Kept!)];

        var final = new NetworkMember[members.Length];
        new WorkSharing(options.Run.Threads).For(members.Length, k =>
        {
            NetworkMember best = members[k].Kept!;
            var training = new MemberTraining(members[k].Rows.WithAll(), options.MemberOptions(best.Network.Shape.HiddenSize) with { KeepsPrecisions = true }, control);
            training.Begin(best.Network.Parameters.ToArray(), best.Evidence);
            for (int step = 0; step < steps; step++) training.Advance();
            training.Keep();
            if (keepsLeverage) training.MeasureLeverage(keep: true);
            final[k] = training.Kept!;
        });
        return final;
    }
}
