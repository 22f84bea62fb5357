namespace GnMlNet.Reference.Trajectories;

/// <summary>A recorded run beside the exact trajectory from the same start.</summary>
/// <param name="Points">What was followed, the start first.</param>
/// <param name="IterateCount">How many iterates the run has.</param>
/// <param name="End">Why it was followed no further.</param>
/// <param name="Bits">The fraction bits that were used.</param>
public sealed record TrajectoryReport(IReadOnlyList<TrajectoryPoint> Points, int IterateCount, TrajectoryEnd End, int Bits)
{
    /// <summary>The point where the recorded run is furthest from the exact one, relatively.</summary>
    public TrajectoryPoint Furthest => Points.MaxBy(point => point.RelativeDivergence);
}
