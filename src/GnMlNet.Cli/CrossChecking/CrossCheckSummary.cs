using GnMlNet.Balls;
using GnMlNet.Cli.Output;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Trajectories;
using Spectre.Console;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The figures of cross-checks for people at a terminal and for programs.</summary>
internal static class CrossCheckSummary
{
    // Of the iterations where a figure is open, so many are named.
    private const int MostNamed = 10;

    internal static void Write(IAnsiConsole console, CrossCheckOutcome outcome)
    {
        IReadOnlyList<CrossCheckResult> runs = outcome.Runs;
        Table table = Cells.Table(["Run", "Quantity"], ["Worst relative error", "in units of 2⁻⁵³", "Promised", "Share", "At iteration", "Checked"]);
        foreach (CrossCheckResult run in runs)
        {
            foreach ((CheckedIterate at, CertifiedError error) in run.Report.Worst)
            {
                table.AddRow(
                    Markup.Escape(run.Name),
                    CrossCheckFigures.Names[error.Quantity],
                    Text(error.Relative),
                    Invariant($"{error.Ulps:G4}"),
                    Text(error.Bound),
                    Invariant($"{error.Share:G2}"),
                    Invariant($"{at.Iteration}"),
                    Invariant($"{run.Report.Iterates.Count(iterate => iterate.Errors.Any(other => other.Quantity == error.Quantity))}"));
            }
        }

        foreach (BlockCheckResult block in outcome.Blocks) BlockCheckSummary.AddTo(table, block);
        foreach (PredictionsCheckResult predictions in outcome.Predictions) PredictionsCheckSummary.AddTo(table, predictions);
        if (table.Rows.Count > 0) console.Write(table);
        foreach (CrossCheckResult run in runs)
        {
            CheckedIterate[] undecided = [.. run.Report.Iterates.Where(iterate => !double.IsNaN(iterate.SmallestEigenvalue) && iterate.IsPositiveDefinite != Verdict.Proved)];
            string spectrum = undecided.Length == 0 ? "every matrix proved positive definite" : Invariant($"{undecided.Length} matrices not proved positive definite, the first at iteration {undecided[0].Iteration}");
            string verdict = run.Report.IsWithinBounds switch
            {
                Verdict.Proved => "every error proved to be within its bound",
                Verdict.Refuted => "refuted",
                _ => "not every error is proved to be within its bound",
            };
            string matrices = run.Report.Iterates.All(iterate => double.IsNaN(iterate.SmallestEigenvalue)) ? "" : $"; {spectrum}";
            console.WriteLine(Invariant($"{run.Name}: {verdict}{matrices}; {run.Elapsed.TotalSeconds:0.0} s."));
            if (run.Constants is { } constants)
            {
                console.WriteLine(Invariant(
                    $"  λ₀ = {Digits(constants.Lambda0)}, λₙ = {Digits(constants.LambdaN)}, L from {constants.LipschitzModulus.Lower.ToDouble():G6} to {constants.LipschitzModulus.Upper.ToDouble():G6}, g(0) = {Digits(constants.InitialLoss)}."));
            }

            if (run.Trajectory is { } trajectory) console.WriteLine($"  {Sentence(trajectory)}");
            foreach (string line in Lines(run.Open)) console.WriteLine($"  {line}");
        }

        foreach (BlockCheckResult block in outcome.Blocks) console.WriteLine(BlockCheckSummary.Sentence(block));
        foreach (PredictionsCheckResult predictions in outcome.Predictions) console.WriteLine(PredictionsCheckSummary.Sentence(predictions));
        foreach (string sentence in outcome.NotChecked) console.WriteLine(sentence);
    }

    /// <summary>Why the run does not keep to the exact trajectory, or why that is undecided.</summary>
    internal static string Departure(TrajectoryReport trajectory) => trajectory.Keeps == Verdict.Refuted
        ? Invariant($"the run is {trajectory.FirstOpen.DivergenceAtLeast:0.0E+0} from the exact trajectory, and {trajectory.FirstOpen.Promised:0.0E+0} and a thousandth of the parameters are promised")
        : "the run is not proved to keep to the exact trajectory up to its end";

    internal static object ToJson(CrossCheckResult run) => new
    {
        run.Name,
        rows = run.Report.RowCount,
        parameters = run.Report.ParameterCount,
        isWithinBounds = run.Report.IsWithinBounds.ToString(),
        verdict = run.Verdict.ToString(),
        open = run.Open.Select(figure => new { figure.Name, figure.Iteration, verdict = figure.Verdict.ToString(), figure.Reason }),
        rules = run.Report.Findings.GroupBy(finding => finding.Rule).Select(rule => new { rule = rule.Key.ToString(), proved = rule.Count(finding => finding.Verdict == Verdict.Proved), checkedAt = rule.Count() }),
        worst = run.Report.Worst.Select(worst => new { quantity = worst.Error.Quantity.ToString(), worst.Error.Relative, worst.Error.Ulps, worst.Error.Bound, worst.Error.Share, worst.At.Iteration }),
        constants = run.Constants is not { } constants ? null : new
        {
            smallestEigenvalue = constants.SmallestEigenvalue.ToString(),
            largestEigenvalue = constants.LargestEigenvalue.ToString(),
            lambda0 = constants.Lambda0.ToString(),
            lambdaN = constants.LambdaN.ToString(),
            lipschitzModulus = new { atLeast = constants.LipschitzModulus.Lower.ToDouble(), atMost = constants.LipschitzModulus.Upper.ToDouble() },
            initialLoss = constants.InitialLoss.ToString(),
        },
        trajectory = run.Trajectory is not { } trajectory ? null : new { end = trajectory.End.ToString(), keeps = trajectory.Keeps.ToString(), trajectory.Bits, trajectory.InexactSteps, trajectory.Points },
        iterates = run.Report.Iterates.Select(iterate => new
        {
            iterate.Iteration,
            iterate.Time,
            iterate.Bits,
            iterate.SmallestEigenvalue,
            isPositiveDefinite = iterate.IsPositiveDefinite.ToString(),
            errors = iterate.Errors.Select(error => new { quantity = error.Quantity.ToString(), error.Absolute, error.AtLeast, error.Relative, error.Ulps, error.Bound, isWithinBound = error.IsWithinBound.ToString() }),
        }),
        seconds = run.Elapsed.TotalSeconds,
    };

    /// <summary>One line for each figure or rule that is not proved, with the iterations.</summary>
    private static IEnumerable<string> Lines(IEnumerable<OpenFigure> open)
    {
        foreach (IGrouping<(Verdict Verdict, string Name), OpenFigure> group in open.GroupBy(figure => (figure.Verdict, figure.Name)))
        {
            OpenFigure[] figures = [.. group];
            string iterations = string.Join(", ", figures.Take(MostNamed).Select(figure => Invariant($"{figure.Iteration}"))), more = figures.Length > MostNamed ? Invariant($" and {figures.Length - MostNamed} more") : "";
            yield return $"{group.Key.Verdict}: {group.Key.Name} at iteration {iterations}{more}: {figures[0].Reason}.";
        }
    }

    private static string Sentence(TrajectoryReport report)
    {
        string end = report.End switch
        {
            TrajectoryEnd.RunEnded => "to its end",
            TrajectoryEnd.RadiusTooWide => Invariant($"until {report.Bits} bits no longer sufficed; --bits takes more"),
            TrajectoryEnd.NotPositiveDefinite => "until a matrix was not proved positive definite",
            TrajectoryEnd.MoreParametersThanRows => "not at all, since it has more parameters than rows",
            _ => "no further than its steps can be repeated: Euler's scheme with every step recorded",
        };
        TrajectoryPoint last = report.Points[^1], furthest = report.Furthest;
        string stretches = report.InexactSteps == 0 ? "" : Invariant($", anew behind each of {report.InexactSteps} inexact ones");
        return Invariant($"The exact trajectory was followed for {report.Followed} of {report.IterateCount - 1} steps{stretches}, {end}. There the run is within {last.RelativeDivergence:0.0E+0} of it (at most {furthest.RelativeDivergence:0.0E+0}, at iteration {furthest.Iteration}), whose parameters are known to {last.Radius:0.0E+0}.");
    }

    /// <summary>As many digits as are sure, at most ten.</summary>
    private static string Digits(Ball ball)
    {
        double value = ball.Midpoint.ToDouble(), radius = ball.Radius.ToDouble();
        return radius < 1e-10 * Math.Abs(value) ? Invariant($"{value:G10}") : Invariant($"{ball.Lower.ToDouble():G4} to {ball.Upper.ToDouble():G4}");
    }

    private static string Text(double value) => double.IsNaN(value) ? "exact value 0" : double.IsFinite(value) ? Invariant($"{value:0.0E+0}") : "nothing proved";
}
