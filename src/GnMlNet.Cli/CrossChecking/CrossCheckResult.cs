using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Constants;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Trajectories;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The cross-check of one run.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="File">What its files are called.</param>
/// <param name="Report">The outcome.</param>
/// <param name="Certificate">A certificate of the step with the greatest error, or null where nothing is proved of any step.</param>
/// <param name="Constants">The constants of the theorems, of a flow.</param>
/// <param name="Trajectory">The exact trajectory beside it, where asked for.</param>
/// <param name="Elapsed">How long the check took.</param>
internal sealed record CrossCheckResult(
    string Name, string File, CrossCheckReport Report, StepCertificate? Certificate, FlowConstants? Constants, TrajectoryReport? Trajectory, TimeSpan Elapsed)
{
    /// <summary>Whether all that is promised holds of the run, its trajectory included where it was asked for.</summary>
    internal Verdict Verdict => Verdicts.Of([Report.IsWithinBounds, Trajectory?.Keeps ?? Verdict.Proved]);

    /// <summary>Everything that is not proved.</summary>
    internal IEnumerable<OpenFigure> Open => Trajectory is not { Keeps: not Verdict.Proved } trajectory
        ? Report.Open
        : [.. Report.Open, new OpenFigure("Trajectory", trajectory.FirstOpen.Iteration, trajectory.Keeps, CrossCheckSummary.Departure(trajectory))];
}
