using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Output;
using Spectre.Console;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>The fits of <c>gnml bench --fits</c> for people.</summary>
internal static class DefaultFitsSummary
{
    internal static void Write(IAnsiConsole console, IReadOnlyList<DefaultFits.Fit> fits, string machine)
    {
        Table table = Cells.Table(["Table", "Trainer"], ["Rows", "Seconds", "RMSE on test rows"]).Title("Fits with default options, a fifth of the rows for the test");
        foreach (DefaultFits.Fit fit in fits)
            table.AddRow(Markup.Escape(fit.Table), Markup.Escape(fit.Trainer), Invariant($"{fit.Rows:N0}"), Invariant($"{fit.Seconds:G3}"), Cells.Significant(fit.TestError));
        console.Write(table);
        console.WriteLine(machine);
    }

    /// <summary>How the seconds grow with the rows of the table that there are several sizes of.</summary>
    internal static LineChart Draw(IReadOnlyList<DefaultFits.Fit> fits)
    {
        IGrouping<string, DefaultFits.Fit> sizes = fits.GroupBy(fit => fit.Table).MaxBy(table => table.Select(fit => fit.Rows).Distinct().Count())!;
        return new LineChart($"Fits with default options, {sizes.Key}", "rows", "seconds", [.. sizes.GroupBy(fit => fit.Trainer).Select(trainer => Curve.Of(trainer.Key, trainer, fit => fit.Rows, fit => fit.Seconds))])
        {
            LogarithmicX = true,
            LogarithmicY = true,
        };
    }
}
