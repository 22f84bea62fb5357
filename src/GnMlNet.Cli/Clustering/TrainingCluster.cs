using System.Runtime.CompilerServices;
using GnMlNet.Cli.Internals;
using GnMlNet.Cluster;
using GnMlNet.Cluster.Checkpoints;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Storage;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cli.Clustering;

/// <summary>The silos that pass over the rows while <c>gnml train</c> coordinates: processes that it starts on this machine, or those of a cluster that it joins.</summary>
internal sealed class TrainingCluster : IDisposable
{
    // So many threads wait for sums while others of the pool must answer silos.
    private const int LeastThreads = 64;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly IAsyncDisposable _silos;
    private readonly ClusterSilo _coordinator;
    private readonly ClusterSharing _sharing;
    private readonly string? _temporaryFolder;
    private readonly int _count;

    private TrainingCluster(IAsyncDisposable silos, ClusterSilo coordinator, ClusterSharing sharing, string? temporaryFolder, int count) =>
        (_silos, _coordinator, _sharing, _temporaryFolder, _count) = (silos, coordinator, sharing, temporaryFolder, count);

    /// <summary>What the trainer shares its rows by.</summary>
    internal TableSharing Sharing => _sharing;

    /// <summary>What is under way, in a few words.</summary>
    /// <param name="seconds">The seconds of training so far.</param>
    internal string Describe(double seconds) => Invariant($"{_count} {(_count == 1 ? "silo" : "silos")}, {_sharing.RowsPassed:N0} rows passed over, {_sharing.RowsPassed / Math.Max(seconds, 1e-3):N0} a second");

    /// <summary>Starts or joins it.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="temporaryFolder">The folder for temporary files; null for the system's.</param>
    /// <param name="keepsCheckpoint">Whether the cluster is to keep a checkpoint.</param>
    /// <exception cref="UserError">It cannot be reached, or the folder cannot be used.</exception>
    // Nothing of the cluster's libraries is loaded where there is none.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrainingCluster Start(TrainingClusterSettings settings, string? temporaryFolder, bool keepsCheckpoint) => ClusterWork.Wait(() => StartAsync(settings, temporaryFolder, keepsCheckpoint));

    /// <summary>A checkpoint that the cluster keeps.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="UserError">The cluster keeps none, or one is there that would be lost.</exception>
    internal CheckpointStore OpenCheckpoint(string name, CheckpointOptions options) => ClusterWork.Do(() =>
    {
        var checkpoint = new ClusterCheckpoint(_coordinator, name, _temporaryFolder);
        if (checkpoint.Exists && !options.Resume) throw new UserError($"The checkpoint '{options.Path}' is there already: go on from it with --resume, or begin anew with another name.");
        return checkpoint;
    });

    public void Dispose() => ClusterWork.Wait(async () =>
    {
        await _sharing.DisposeAsync();
        await _silos.DisposeAsync();
        return true;
    });

    private static async Task<TrainingCluster> StartAsync(TrainingClusterSettings settings, string? temporaryFolder, bool keepsCheckpoint)
    {
        ThreadReserve.Ensure(LeastThreads);
        ClusterSpecification cluster = settings.Options.Cluster(settings.Parsed);
        if (keepsCheckpoint) ClusterStorage.Check(cluster);
        bool isOwn = cluster.LocalSilos > 0;
        string folder = settings.Folder ?? (isOwn || cluster.Kind == MembershipKind.Local ? temporaryFolder ?? Path.GetTempPath() : throw new UserError("--cluster on several machines needs --cluster-folder: a folder that all of them reach by the same path."));
        if (!Directory.Exists(folder)) throw new UserError($"--cluster-folder: there is no folder '{folder}'. Make it, or name another.");
        using var patience = new CancellationTokenSource(s_patience);
        ClusterSiloOptions options = new SiloSettings(settings.Options, settings.Parsed) { Name = "coordinator", EndsWithInput = true }.ToOptions() with { TakesWork = false };
        try
        {
            if (isOwn)
            {
                LocalCluster own = await LocalCluster.StartProcesses(cluster.LocalSilos, SiloProgram.This(), ["--allow", Path.GetFullPath(folder)], options, patience.Token);
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
                return new TrainingCluster(silos, coordinator, new ClusterSharing(coordinator, folder), temporaryFolder, count);
            }
            catch (TemporaryFileException error)
            {
                await silos.DisposeAsync();
                throw new UserError(error.Message);
            }
        }
    }
}
