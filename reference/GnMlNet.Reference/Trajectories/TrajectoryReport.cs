namespace GnMlNet.Reference.Trajectories;

/// <summary>A recorded run beside the exact trajectory from the same start.</summary>
/// <param name="Points">What was followed, the start first.</param>
/// <param name="IterateCount">How many iterates the run has.</param>
/// <param name="End">Why it was followed no further.</param>
/// <param name="Bits">The fraction bits that were used.</param>
/// <param name="InexactSteps">How many steps were inexact ones, behind each of which the exact trajectory starts anew.</param>
public sealed record TrajectoryReport(IReadOnlyList<TrajectoryPoint> Points, int IterateCount, TrajectoryEnd End, int Bits, int InexactSteps)
{
    /// <summary>How many steps were followed; inexact ones are not.</summary>
    public int Followed => Points.Count - 1 - InexactSteps;

    /// <summary>The point where the recorded run is furthest from the exact one, relatively.</summary>
    public TrajectoryPoint Furthest => Points.MaxBy(point => point.RelativeDivergence);

    /// <summary>The first point where the run leaves the exact trajectory or, where there is none, is not proved to keep to it; the last one where it is.</summary>
    public TrajectoryPoint FirstOpen =>
        Points.Where(point => point.Keeps == Verdict.Refuted).Concat(Points.Where(point => point.Keeps == Verdict.Undecided)).Append(Points[^1]).First();

    /// <summary>Proved where the run keeps to the exact trajectory up to its end, refuted where it leaves it, undecided where that was not followed so far.</summary>
    public Verdict Keeps
    {
        get
        {
            if (Points.Any(point => point.Keeps == Verdict.Refuted)) return Verdict.Refuted;
            return End == TrajectoryEnd.RunEnded && Followed > 0 && Points.All(point => point.Keeps == Verdict.Proved) ? Verdict.Proved : Verdict.Undecided;
        }
    }
}
