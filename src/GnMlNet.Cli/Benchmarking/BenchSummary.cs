using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GnMlNet.Cli.Internals;
using Spectre.Console;
using static System.FormattableString;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>The results of <c>gnml bench</c> for people and for machines.</summary>
internal static class BenchSummary
{
    internal static void Write(IAnsiConsole console, IReadOnlyList<BenchJob.Comparison> comparisons, IReadOnlyList<BenchJob.Growth> growth, OpenBlas? library)
    {
        Table table = new Table().RoundedBorder().Title("One thread; medians of one interleaved run").AddColumn("Work");
        foreach (string header in new[] { "Milliseconds", "Share of peak", "OpenBLAS takes", "Plain managed takes" }) table.AddColumn(new TableColumn(header).RightAligned());
        foreach (BenchJob.Comparison at in comparisons)
            table.AddRow(Markup.Escape(at.Work), Invariant($"{at.Milliseconds:G4}"), Share(at), Times(at.OpenBlas, at), Times(at.Plain, at));
        console.Write(table);
        foreach (BenchJob.Growth at in growth) console.WriteLine(Invariant($"A step takes {at.Factor:0.00} times as long with twice the {at.Doubled}."));
        foreach (BenchJob.Comparison at in comparisons.Where(at => at.Peak is not null).Take(1)) console.WriteLine(Invariant($"Peak of one core: {at.Peak:0.0} GFLOP/s in double precision."));
        console.WriteLine(Machine());
        console.WriteLine(library?.Version ?? "No OpenBLAS was found on this system; install it to compare (Debian: libopenblas0-pthread).");
        console.WriteLine("Plain managed: MathNet.Numerics with the Jacobian written out; for predictions a loop with Math.Tanh.");
    }

    internal static object ToJson(IReadOnlyList<BenchJob.Comparison> comparisons, IReadOnlyList<BenchJob.Growth> growth, OpenBlas? library) =>
        new { machine = Machine(), openBlas = library?.Version, comparisons, growth };

    /// <summary>The machine in one line.</summary>
    private static string Machine()
    {
        const string file = "/proc/cpuinfo", key = "model name";
        string? model = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return Invariant($"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} processors, vectors of {64 * (Vector512.IsHardwareAccelerated ? Vector512<double>.Count : Vector<double>.Count)} bits, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
    }

    private static string Share(BenchJob.Comparison at) => at is { Rate: { } rate, Peak: { } peak } ? Invariant($"{rate / peak:0.00}") : "-";

    private static string Times(double? rival, BenchJob.Comparison at) => rival is null ? "-" : Invariant($"{rival / at.Milliseconds:0.0} times");
}
