namespace GnMlNet.Reference.Trajectories;

/// <summary>The exact trajectory at an iterate of the recorded run. Figures are rounded up, but for the one that is a lower bound.</summary>
/// <param name="Index">The iterate's place in the trace.</param>
/// <param name="Iteration">Its number in the run.</param>
/// <param name="Time">t, of a flow.</param>
/// <param name="Radius">The exact parameters are known to within this, in the Euclidean norm.</param>
/// <param name="Divergence">The recorded parameters differ from them by at most this.</param>
/// <param name="RelativeDivergence">As a share of the norm of the exact parameters.</param>
/// <param name="DivergenceAtLeast">They differ by at least this.</param>
/// <param name="Promised">The documented bound: what the growth makes of the divergence before, and the rounding errors of the last step.</param>
/// <param name="Growth">By how much the last step may have magnified differences at most; 0 at a start.</param>
public readonly record struct TrajectoryPoint(
    int Index, int Iteration, double Time, double Radius, double Divergence, double RelativeDivergence, double DivergenceAtLeast, double Promised, double Growth)
{
    // Beyond this share of the parameters a run is another one.
    private const double GreatestShare = 1.0 / 1024;

    /// <summary>Whether the run keeps to the exact trajectory here: no further from it than rounding errors explain, and within a thousandth of the parameters.</summary>
    public Verdict Keeps
    {
        get
        {
            double greatest = RelativeDivergence > GreatestShare ? Divergence * (GreatestShare / RelativeDivergence) : double.PositiveInfinity;
            if (DivergenceAtLeast > Promised || DivergenceAtLeast > greatest * (1 + 1e-9)) return Verdict.Refuted;
            return Divergence <= Promised && double.IsFinite(Promised) && RelativeDivergence <= GreatestShare ? Verdict.Proved : Verdict.Undecided;
        }
    }
}
