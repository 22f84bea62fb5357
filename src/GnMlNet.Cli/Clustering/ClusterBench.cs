using System.CommandLine;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Measuring;
using Spectre.Console;

namespace GnMlNet.Cli.Clustering;

/// <summary><c>gnml cluster bench</c>: what a cluster does in a second. This process coordinates, and computes nothing itself.</summary>
internal static class ClusterBench
{
    // The packed triangle of 3,000 parameters.
    private const int DefaultDoubles = 4_501_500;

    private const int LeastThreads = 64;

    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        var cluster = new ClusterOptions(startsSilos: true);
        Option<int> rows = Ranges.Integer("--rows", "How many rows are passed over: silos make them themselves, and hold them in memory.", 1_000_000, 1);
        Option<int> inputs = Ranges.Integer("--inputs", "How many inputs they have.", 10, 1);
        Option<int> hidden = Ranges.Integer("--hidden", "How many hidden units the network has.", 50, 1);
        Option<int> silos = Ranges.Integer("--silos", "How many silos to wait for.", 1, 1);
        Option<int> atOnce = Ranges.Integer("--at-once", "How many passes are under way at a time, of which each takes one core of every silo.", 1, 1);
        Option<int> doubles = Ranges.Integer("--doubles", "How many numbers the vectors have that tell how fast bytes are sent.", DefaultDoubles, 1);
        Option<int> repeats = Ranges.Integer("--repeats", "How often each is done; medians count.", 5, 1);
        Option<double> warmUp = Ranges.NonNegative("--warm-up", "For how many seconds each is done before it is measured.", 1.5);
        var file = new Option<string?>("--rates") { Description = "A file that this command wrote before with --json, such as of another number of silos: what the model of the costs makes of it stands beside what is measured." };
        Option<bool> json = SharedOptions.Json("what was measured");
        var command = new Command("bench", "Measure what a cluster does in a second: passes over rows, calls, bytes.");
        cluster.AddTo(command);
        foreach (Option option in new Option[] { rows, inputs, hidden, silos, atOnce, doubles, repeats, warmUp, file, json }) command.Add(option);
        command.SetAction(parsed => ClusterWork.Wait(async () =>
        {
            ClusterRates? before = parsed.GetValue(file) is { } path ? RatesFile.Read(path) : null;
            ThreadReserve.Ensure(LeastThreads);
            await using CoordinatedCluster joined = await CoordinatedCluster.StartAsync(cluster, parsed, [], parsed.GetValue(silos));
            var effort = new MeasuringEffort(parsed.GetValue(repeats), parsed.GetValue(warmUp), parsed.GetValue(atOnce));
            ClusterMeasurement measured = await new ClusterMeter(joined.Coordinator, joined.Count, effort).Measure(parsed.GetValue(rows), parsed.GetValue(inputs), parsed.GetValue(hidden), parsed.GetValue(doubles), before);
            if (parsed.GetValue(json)) Json.Write(output, measured);
            else Write(console, measured);
            return ExitCode.Success;
        }));
        return command;
    }

    private static void Write(IAnsiConsole console, ClusterMeasurement measured)
    {
        Table table = Cells.Table(["Pass"], ["Rows", "Milliseconds", "predicted", "Rows a second", "of a core alone"])
            .Title(Invariant($"{measured.Silos} {(measured.Silos == 1 ? "silo" : "silos")}, {measured.Inputs} inputs, {measured.HiddenUnits} hidden units, {measured.AtOnce} at once"));
        foreach ((string pass, PassTimes times) in new[] { ("loss and gradient", measured.Gradient), ("Gauss-Newton matrix", measured.Gram), ("of a block of every part", measured.Sample) })
            table.AddRow(pass, Invariant($"{times.Rows:N0}"), Cells.Significant(1e3 * times.Seconds), Cells.Significant(1e3 * times.PredictedSeconds), Invariant($"{times.RowsPerSecond:N0}"), Invariant($"{times.RowsPerCoreSecond:N0}"));
        console.Write(table);
        console.WriteLine(Invariant($"An empty sum takes {1e3 * measured.EmptySumSeconds:0.00} ms; a call {1e3 * measured.Rates.CallSeconds:0.00} ms, and {1e6 * measured.Rates.CoordinatorSecondsOfCall:0} us of this machine's processor."));
        console.WriteLine(Invariant($"Long vectors come at {1e-6 * measured.Rates.BytesPerSecond:0.0} MB/s."));
    }
}
