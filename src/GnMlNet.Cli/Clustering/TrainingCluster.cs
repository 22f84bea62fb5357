using System.Runtime.CompilerServices;
using GnMlNet.Cli.Internals;
using GnMlNet.Cluster;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cli.Clustering;

/// <summary>The silos that pass over the rows while <c>gnml train</c> coordinates: processes that it starts on this machine, or those of a cluster that it joins.</summary>
internal sealed class TrainingCluster : IDisposable
{
    // So many threads wait for sums while others of the pool must answer silos.
    private const int LeastThreads = 64;

    // What rows of silos on this machine may take of the memory together.
    private const int ShareOfRows = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly IAsyncDisposable _silos;
    private readonly IAsyncDisposable _ofTable;
    private readonly int _count;

    private TrainingCluster(IAsyncDisposable silos, TableSharing sharing, IAsyncDisposable ofTable, int count) => (_silos, Sharing, _ofTable, _count) = (silos, sharing, ofTable, count);

    /// <summary>What the trainer shares its rows by.</summary>
    internal TableSharing Sharing { get; }

    /// <summary>What is under way, in a few words.</summary>
    /// <param name="seconds">The seconds of training so far.</param>
    internal string Describe(double seconds) => Invariant($"{_count} {(_count == 1 ? "silo" : "silos")}, {Sharing.RowsPassed:N0} rows passed over, {Sharing.RowsPassed / Math.Max(seconds, 1e-3):N0} a second");

    /// <summary>Starts or joins it.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="shards">The files that silos read themselves, once training has looked at them; null where they read the rows from a folder.</param>
    /// <exception cref="UserError">It cannot be reached, or the folder cannot be used.</exception>
    // Nothing of the cluster's libraries is loaded where there is none.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrainingCluster Start(TrainingClusterSettings settings, ShardSource? shards) => ClusterWork.Wait(() => StartAsync(settings, shards));

    public void Dispose() => ClusterWork.Wait(async () =>
    {
        await _ofTable.DisposeAsync();
        await _silos.DisposeAsync();
        return true;
    });

    private static async Task<TrainingCluster> StartAsync(TrainingClusterSettings settings, ShardSource? shards)
    {
        ThreadReserve.Ensure(LeastThreads);
        ClusterSpecification cluster = settings.Options.Cluster(settings.Parsed);
        bool isOwn = cluster.LocalSilos > 0;
        string folder = shards is null ? FolderOf(settings, cluster) : "";
        using var patience = new CancellationTokenSource(s_patience);
        ClusterSiloOptions options = new SiloSettings(settings.Options, settings.Parsed) { Name = "coordinator", EndsWithInput = true }.ToOptions() with { TakesWork = false };
        try
        {
            if (isOwn)
            {
                LocalCluster own = await LocalCluster.StartProcesses(cluster.LocalSilos, SiloProgram.This(), [.. Words(settings, folder, shards, cluster.LocalSilos)], options, patience.Token);
                return await Share(own, own.Coordinator, cluster.LocalSilos);
            }

            ClusterSilo silo = await ClusterSilo.StartAsync(options, patience.Token);
            await silo.WaitForSilosAsync(1, patience.Token);
            return await Share(silo, silo, silo.CountSilos());
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new ClusterException($"No silo of the cluster '{cluster.ClusterId}' was there within {s_patience.TotalSeconds:0} seconds. Start some with 'gnml silo', and look at 'gnml cluster status'.");
        }

        async Task<TrainingCluster> Share(IAsyncDisposable silos, ClusterSilo coordinator, int count)
        {
            try
            {
                if (shards is not null)
                {
                    var ofShards = new PartSharing(coordinator, ShardWorkFactory.Kind, () => shards.Describe());
                    return new TrainingCluster(silos, ofShards, ofShards, count);
                }

                var ofFolder = new ClusterSharing(coordinator, folder);
                return new TrainingCluster(silos, ofFolder, ofFolder, count);
            }
            catch (TemporaryFileException error)
            {
                await silos.DisposeAsync();
                throw new UserError(error.Message);
            }
        }
    }

    private static string FolderOf(TrainingClusterSettings settings, ClusterSpecification cluster)
    {
        bool isHere = cluster.LocalSilos > 0 || cluster.Kind == MembershipKind.Local;
        string folder = settings.Folder ?? (isHere ? settings.TemporaryFolder ?? Path.GetTempPath() : throw new UserError("--cluster on several machines needs --cluster-folder: a folder that all of them reach by the same path. Or let silos read the files of --data themselves, with --shards."));
        return Directory.Exists(folder) ? folder : throw new UserError($"--cluster-folder: there is no folder '{folder}'. Make it, or name another.");
    }

    /// <summary>The words for silos of this machine.</summary>
    private static IEnumerable<string> Words(TrainingClusterSettings settings, string folder, ShardSource? shards, int silos)
    {
        if (shards is null) return ["--allow", Path.GetFullPath(folder)];
        IEnumerable<string> memory = ["--memory-limit", Invariant($"{Math.Max(1, (settings.MemoryLimit / ShareOfRows ?? ShardWorkFactory.UsualMemory) / silos)}")];
        IEnumerable<string> temporary = settings.TemporaryFolder is { } own ? ["--temporary-folder", Path.GetFullPath(own)] : [];
        return [.. shards.Folders.SelectMany(of => new[] { "--allow", of }), .. memory, .. temporary];
    }
}
