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
    /// <summary>Whether every error that is decided is within its bound. Matrices that lose rank are undecided by their nature.</summary>
    internal bool Holds => Report.Iterates.All(iterate =>
        iterate.ParametersFollow && iterate.Errors.All(error => error.IsWithinBound == Verdict.Proved || (iterate.IsPositiveDefinite != Verdict.Proved && !double.IsNaN(iterate.SmallestEigenvalue))));
}
