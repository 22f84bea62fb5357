using System.Diagnostics;
using GnMlNet.Balls;
using GnMlNet.Cli.Output;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Constants;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;
using GnMlNet.Reference.Trajectories;
using Spectre.Console;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The work of <c>gnml crosscheck</c> on one run.</summary>
/// <param name="bits">The fraction bits to begin with.</param>
/// <param name="every">Every how many iterations.</param>
/// <param name="withTrajectory">Whether the exact trajectory is followed, too.</param>
/// <param name="console">Where progress goes; null for none.</param>
internal sealed class CrossCheckJob(int bits, int every, bool withTrajectory, IAnsiConsole? console)
{
    // A step of training may double what is not known of the parameters: two hundred bits are soon spent.
    private const int TrajectoryBits = 256;

    internal CrossCheckResult Run(RunToCheck what, CancellationToken stop)
    {
        RecordedRun run = what.Record();
        long start = Stopwatch.GetTimestamp();
        var check = new CrossCheck(run, bits);
        double share = 1.0 / (((run.Iterates.Count - 1) / every) + 1);
        CrossCheckReport report = Show($"Checking {what.Name}", advance => check.Run(every, what.Computed(run), _ => advance(share), stop));
        StepCertificate? certificate = WorstStep(report) is { } worst ? check.Certify(worst.Index) : null;
        FlowConstants? constants = run.Kind == RunKind.Flow ? FlowConstants.Enclose(run, bits) : null;
        TrajectoryReport? trajectory = withTrajectory
            ? Show($"Following {what.Name}", advance => new ExactTrajectory(run, Math.Max(bits, TrajectoryBits)).Follow(_ => advance(1.0 / run.Iterates.Count), stop))
            : null;
        return new CrossCheckResult(what.Name, what.File, report, certificate, constants, trajectory, Stopwatch.GetElapsedTime(start));
    }

    private T Show<T>(string title, Func<Action<double>, T> work) => console is null ? work(_ => { }) : Bar.Run(console, title, work);

    /// <summary>The iterate whose step has the greatest error of those of which something is proved.</summary>
    private static CheckedIterate? WorstStep(CrossCheckReport report) =>
        report.Iterates
            .Where(iterate => iterate.IsPositiveDefinite == Verdict.Proved)
            .MaxBy(iterate => iterate.Errors.Where(error => error.Quantity is CheckedQuantity.Step or CheckedQuantity.ApproximateStep).Max(error => error.Relative));
}
