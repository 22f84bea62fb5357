using GnMlNet.Cli.Output;
using Spectre.Console;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>The results of <c>gnml bench</c> for people at a terminal.</summary>
internal static class BenchSummary
{
    internal static void Write(IAnsiConsole console, BenchResult result)
    {
        Table table = Cells.Table(["Work"], ["Milliseconds", "Share of peak", "OpenBLAS takes", "Plain managed takes"]).Title("One thread; medians of one interleaved run");
        foreach (BenchResult.Comparison at in result.Comparisons)
        {
            table.AddRow(
                Markup.Escape(at.Work),
                Invariant($"{at.Milliseconds:G4}"),
                Cells.OrDash(at.Rate / at.Peak, "0.00"),
                Cells.OrDash(at.OpenBlas / at.Milliseconds, "0.0 'times'"),
                Cells.OrDash(at.Plain / at.Milliseconds, "0.0 'times'"));
        }

        console.Write(table);
        foreach (BenchResult.Doubling at in result.Growth) console.WriteLine(Invariant($"A step takes {at.Factor:0.00} times as long with twice the {at.Doubled}."));
        if (result.Comparisons.FirstOrDefault(at => at.Peak is not null) is { } first) console.WriteLine(Invariant($"Peak of one core: {first.Peak:0.0} GFLOP/s in double precision."));
        console.WriteLine(result.Machine);
        console.WriteLine(result.OpenBlas ?? "No OpenBLAS was found on this system; install it to compare (Debian: libopenblas0-pthread).");
        console.WriteLine("Plain managed: MathNet.Numerics with the Jacobian written out; for predictions a loop with Math.Tanh.");
    }
}
