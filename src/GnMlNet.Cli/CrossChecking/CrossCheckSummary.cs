using GnMlNet.Balls;
using GnMlNet.Reference.CrossChecks;
using Spectre.Console;
using static System.FormattableString;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The figures of cross-checks for people at a terminal and for programs.</summary>
internal static class CrossCheckSummary
{
    internal static void Write(IAnsiConsole console, IReadOnlyList<CrossCheckRun> runs)
    {
        Table table = new Table().RoundedBorder();
        table.AddColumn("Run").AddColumn("Quantity");
        foreach (string header in new[] { "Worst relative error", "in units of 2⁻⁵³", "Promised", "Share", "At iteration", "Checked" }) table.AddColumn(new TableColumn(header).RightAligned());
        foreach (CrossCheckRun run in runs)
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

        console.Write(table);
        foreach (CrossCheckRun run in runs)
        {
            CheckedIterate[] undecided = [.. run.Report.Iterates.Where(iterate => !double.IsNaN(iterate.SmallestEigenvalue) && iterate.IsPositiveDefinite != Verdict.Proved)];
            string spectrum = undecided.Length == 0 ? "every matrix proved positive definite" : Invariant($"{undecided.Length} matrices not proved positive definite, the first at iteration {undecided[0].Iteration}");
            string verdict = run.Report.IsWithinBounds == Verdict.Proved ? "every error proved to be within its bound" : "not every error is proved to be within its bound";
            console.WriteLine(Invariant($"{run.Name}: {verdict}; {spectrum}; {run.Elapsed.TotalSeconds:0.0} s."));
        }
    }

    internal static object ToJson(CrossCheckRun run) => new
    {
        run.Name,
        rows = run.Report.RowCount,
        parameters = run.Report.ParameterCount,
        isWithinBounds = run.Report.IsWithinBounds.ToString(),
        worst = run.Report.Worst.Select(worst => new { quantity = worst.Error.Quantity.ToString(), worst.Error.Relative, worst.Error.Ulps, worst.Error.Bound, worst.Error.Share, worst.At.Iteration }),
        iterates = run.Report.Iterates.Select(iterate => new
        {
            iterate.Iteration,
            iterate.Time,
            iterate.Bits,
            iterate.SmallestEigenvalue,
            isPositiveDefinite = iterate.IsPositiveDefinite.ToString(),
            iterate.ParametersFollow,
            errors = iterate.Errors.Select(error => new { quantity = error.Quantity.ToString(), error.Absolute, error.Relative, error.Ulps, error.Bound, isWithinBound = error.IsWithinBound.ToString() }),
        }),
        seconds = run.Elapsed.TotalSeconds,
    };

    private static string Text(double value) => double.IsNaN(value) ? "exact value 0" : double.IsFinite(value) ? Invariant($"{value:0.0E+0}") : "nothing proved";
}
