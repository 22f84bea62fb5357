namespace GnMlNet.Reference.Trajectories;

/// <summary>The exact trajectory at an iterate of the recorded run. Figures are rounded up.</summary>
/// <param name="Index">The iterate's place in the trace.</param>
/// <param name="Iteration">Its number in the run.</param>
/// <param name="Time">t, of a flow.</param>
/// <param name="Radius">The exact parameters are known to within this, in the Euclidean norm.</param>
/// <param name="Divergence">The recorded parameters differ from them by at most this.</param>
/// <param name="RelativeDivergence">As a share of the norm of the exact parameters.</param>
/// <param name="Growth">By how much the last step may have magnified differences at most; 0 at a start.</param>
public readonly record struct TrajectoryPoint(int Index, int Iteration, double Time, double Radius, double Divergence, double RelativeDivergence, double Growth);
