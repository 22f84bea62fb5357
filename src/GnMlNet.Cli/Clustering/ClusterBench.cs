using System.CommandLine;
using System.Diagnostics;
using GnMlNet.Cli.Options;
using GnMlNet.Cluster;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cli.Clustering;

/// <summary><c>gnml cluster bench</c>: how fast a cluster adds up vectors that cost nothing to compute. This process is one of its silos.</summary>
internal static class ClusterBench
{
    private const int Parts = 64;

    // The packed triangle of 3,000 parameters.
    private const int DefaultDoubles = 4_501_500;

    internal static Command Create(TextWriter output)
    {
        var cluster = new ClusterOptions();
        Option<int> doubles = Ranges.Integer("--doubles", "How many numbers a vector has.", DefaultDoubles, 1);
        Option<int> silos = Ranges.Integer("--silos", "How many silos to wait for, this process among them.", 2, 1);
        Option<int> repeats = Ranges.Integer("--repeats", "How many sums are measured.", 20, 1);
        Option<int> atOnce = Ranges.Integer("--at-once", "How many sums are under way at a time.", 1, 1);
        var command = new Command("bench", "Measure how fast a cluster adds up vectors.") { Hidden = true };
        cluster.AddTo(command);
        foreach (Option option in new Option[] { doubles, silos, repeats, atOnce }) command.Add(option);
        command.SetAction(parsed => ClusterWork.Wait(() => Run(new SiloSettings(cluster, parsed) { EndsWithInput = true }, parsed.GetValue(doubles), parsed.GetValue(silos), parsed.GetValue(repeats), parsed.GetValue(atOnce), output)));
        return command;
    }

    private static async Task<int> Run(SiloSettings settings, int doubles, int silos, int repeats, int atOnce, TextWriter output)
    {
        await using ClusterSilo silo = await ClusterSilo.StartAsync(settings.ToOptions());
        await silo.WaitForSilosAsync(silos);
        await using ClusterTable table = await silo.OpenTableAsync(NumbersWorkFactory.Kind, NumbersWorkFactory.Description(doubles), Parts);
        await Sum(table, doubles);
        List<double> seconds = [];
        for (int k = 0; k < repeats; k++)
        {
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Sum(table, doubles)));
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        // A vector comes from every other silo.
        double megabytes = 8e-6 * doubles * (silos - 1) * atOnce, median = seconds.Order().ElementAt(repeats / 2);
        output.WriteLine(Invariant($"{doubles:N0} doubles, {silos} silos, {atOnce} at once: median {1000 * median:0.0} ms, fastest {1000 * seconds.Min():0.0} ms; {megabytes / median:0.0} MB/s"));
        return ExitCode.Success;
    }

    private static async Task Sum(ClusterTable table, int doubles)
    {
        double[] sum = await table.SumAsync(ReadOnlyMemory<byte>.Empty);
        double factor = Parts * (Parts + 1) / 2.0;
        if (sum.Length != doubles || sum[^1] != factor * (doubles - 1)) throw new ClusterException("The sum is wrong.");
    }
}
