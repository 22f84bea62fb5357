using GnMlNet.Cluster;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cli.Clustering;

/// <summary>A cluster whose coordinator this process is: of silos that it starts on this machine, or one that it joins.</summary>
internal sealed class CoordinatedCluster : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly IAsyncDisposable _all;

    private CoordinatedCluster(IAsyncDisposable all, ClusterSilo coordinator, int count) => (_all, Coordinator, Count) = (all, coordinator, count);

    /// <summary>The silo of this process, which computes nothing itself.</summary>
    internal ClusterSilo Coordinator { get; }

    /// <summary>How many silos compute.</summary>
    internal int Count { get; }

    /// <summary>Starts or joins it.</summary>
    /// <param name="options">What finds it.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="arguments">Words for silos that are started here, such as folders that are allowed.</param>
    /// <param name="least">How many silos to wait for where it is joined.</param>
    /// <exception cref="ClusterException">It cannot be reached.</exception>
    internal static async Task<CoordinatedCluster> StartAsync(ClusterOptions options, System.CommandLine.ParseResult parsed, IReadOnlyList<string> arguments, int least)
    {
        ClusterSpecification cluster = options.Cluster(parsed);
        using var patience = new CancellationTokenSource(s_patience);
        ClusterSiloOptions coordinator = new SiloSettings(options, parsed) { Name = "coordinator", EndsWithInput = true }.ToOptions() with { TakesWork = false };
        if (cluster.LocalSilos > 0)
        {
            try
            {
                LocalCluster own = await LocalCluster.StartProcesses(cluster.LocalSilos, SiloProgram.This(), arguments, coordinator, patience.Token);
                return new CoordinatedCluster(own, own.Coordinator, cluster.LocalSilos);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw TooFew(cluster, cluster.LocalSilos, there: 0);
            }
        }

        ClusterSilo? silo = null;
        try
        {
            silo = await ClusterSilo.StartAsync(coordinator, patience.Token);
            await silo.WaitForSilosAsync(least, patience.Token);
            return new CoordinatedCluster(silo, silo, silo.CountSilos());
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            int there = silo?.CountSilos() ?? 0;
            if (silo is not null) await silo.DisposeAsync();
            throw TooFew(cluster, least, there);
        }
    }

    public ValueTask DisposeAsync() => _all.DisposeAsync();

    private static ClusterException TooFew(ClusterSpecification cluster, int least, int there) =>
        new(Invariant($"{(there == 0 ? "No silo" : there == 1 ? "Only 1 silo" : $"Only {there} silos")} of the cluster '{cluster.ClusterId}' was there within {s_patience.TotalSeconds:0} seconds{(least > 1 ? $", where {least} are to be" : "")}. Start some with 'gnml silo', and look at 'gnml cluster status'."));
}
