using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Reproducing;

/// <summary>A flow of the over-parameterized experiment.</summary>
/// <param name="Damping">rho; 1 is gradient flow.</param>
/// <param name="Trajectory">The flow.</param>
internal sealed record DampedFlow(double Damping, Trajectory Trajectory)
{
    /// <summary>The loss as a share of that at the start, at a time.</summary>
    internal double Share(double time) => Trajectory.Points.Last(point => point.Time <= time).Loss / Trajectory.Points[0].Loss;
}
