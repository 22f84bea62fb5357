using System.Runtime.CompilerServices;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Options;
using GnMlNet.Cluster.Checkpoints;
using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Storage;
using GnMlNet.Cluster.Training;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cli.Clustering;

/// <summary>The silos that train members or pass over the rows while <c>gnml train</c> coordinates: processes that it starts on this machine, or those of a cluster that it joins.</summary>
internal sealed class TrainingCluster : IDisposable
{
    // So many threads wait for sums while others of the pool must answer silos.
    private const int LeastThreads = 64;

    // What rows of silos on this machine may take of the memory together.
    private const int ShareOfRows = 3;

    private readonly CoordinatedCluster _silos;
    private readonly ClusterSharing _sharing;
    private readonly string? _temporaryFolder;

    private TrainingCluster(CoordinatedCluster silos, ClusterSharing sharing, string? temporaryFolder) => (_silos, _sharing, _temporaryFolder) = (silos, sharing, temporaryFolder);

    /// <summary>What the trainer shares its work by.</summary>
    internal TableSharing Sharing => _sharing;

    private string Silos => _silos.Count == 1 ? "1 silo" : Invariant($"{_silos.Count} silos");

    /// <summary>What is spread over the silos, and why, in a few words, once training has begun.</summary>
    internal string Plan => _sharing.Choice switch
    {
        null => "silos have nothing to do: a single network is trained here",
        { Spread: null, Reason: string reason } => $"silos have nothing to do: {reason}",
        { Spread: Spread.Members, Reason: string reason } => $"{Silos} {(_silos.Count == 1 ? "trains" : "train")} the networks ({reason})",
        { Reason: string reason } => $"{Silos} {(_silos.Count == 1 ? "passes" : "pass")} over the rows ({reason})",
    };

    /// <summary>What is under way, in a few words.</summary>
    /// <param name="seconds">The seconds of training so far.</param>
    internal string Describe(double seconds)
    {
        string Rate(long done, string what) => Invariant($"{Plan}: {done:N0} {what}, {done / Math.Max(seconds, 1e-3):N0} a second");
        return _sharing.Choice?.Spread switch
        {
            null => Plan,
            Spread.Members => Rate(_sharing.StepsTaken, "steps taken"),
            _ => Rate(_sharing.RowsPassed, "rows passed over"),
        };
    }

    /// <summary>Starts or joins it.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="isLarge">Whether silos must reach the rows of the table, since they are too many to be sent.</param>
    /// <param name="shards">The files that silos then read themselves, once training has looked at them; null where they read the rows from a folder.</param>
    /// <param name="keepsCheckpoint">Whether the cluster is to keep a checkpoint.</param>
    /// <exception cref="UserError">It cannot be reached, or the folder cannot be used.</exception>
    // Nothing of the cluster's libraries is loaded where there is none.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrainingCluster Start(TrainingClusterSettings settings, bool isLarge, ShardSource? shards, bool keepsCheckpoint) => ClusterWork.Wait(() => StartAsync(settings, isLarge, isLarge ? shards : null, keepsCheckpoint));

    /// <summary>A checkpoint that the cluster keeps.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="UserError">The cluster keeps none, or one is there that would be lost.</exception>
    internal CheckpointStore OpenCheckpoint(string name, CheckpointOptions options) => ClusterWork.Do(() =>
    {
        var checkpoint = new ClusterCheckpoint(_silos.Coordinator, name, _temporaryFolder);
        if (checkpoint.Exists && !options.Resume) throw new UserError($"The checkpoint '{options.Path}' is there already: go on from it with --resume, or begin anew with another name.");
        return checkpoint;
    });

    public void Dispose() => ClusterWork.Wait(async () =>
    {
        await _sharing.DisposeAsync();
        await _silos.DisposeAsync();
        return true;
    });

    private static async Task<TrainingCluster> StartAsync(TrainingClusterSettings settings, bool isLarge, ShardSource? shards, bool keepsCheckpoint)
    {
        if (settings.Spread == Spread.Rows && !isLarge) throw new UserError(Invariant($"--spread rows is for ensembles on {EnsembleTraining.LeastStreamedRows:N0} training rows or more that nothing asks for all of in memory; leave it, or --spread members."));
        SharedOptions.CheckFolder("--cluster-folder", settings.Folder);
        ThreadReserve.Ensure(LeastThreads);
        ClusterSpecification cluster = settings.Options.Cluster(settings.Parsed);
        if (keepsCheckpoint) ClusterStorage.Check(cluster);
        string? folder = isLarge && shards is null ? FolderOf(settings, cluster) : null;
        CoordinatedCluster joined = await CoordinatedCluster.StartAsync(settings.Options, settings.Parsed, [.. Words(settings, folder, shards, cluster.LocalSilos)], least: 1);
        try
        {
            return new TrainingCluster(
                joined,
                shards is null ? new ClusterSharing(joined.Coordinator, folder, settings.Spread) : new ClusterSharing(joined.Coordinator, new PartPlacement(joined.Coordinator, ShardWorkFactory.Kind, () => shards.Describe()), settings.Spread),
                settings.TemporaryFolder);
        }
        catch (TemporaryFileException error)
        {
            await joined.DisposeAsync();
            throw new UserError(error.Message);
        }
    }

    private static string FolderOf(TrainingClusterSettings settings, ClusterSpecification cluster)
    {
        bool isHere = cluster.LocalSilos > 0 || cluster.Kind == MembershipKind.Local;
        return settings.Folder ?? (isHere
            ? settings.TemporaryFolder ?? Path.GetTempPath()
            : throw new UserError("--cluster on several machines needs --cluster-folder for a large table: a folder that all of them reach by the same path. Or let silos read the files of --data themselves, with --shards."));
    }

    /// <summary>The words for silos of this machine.</summary>
    private static IEnumerable<string> Words(TrainingClusterSettings settings, string? folder, ShardSource? shards, int silos)
    {
        if (shards is null) return folder is null ? [] : ["--allow", Path.GetFullPath(folder)];
        IEnumerable<string> memory = ["--memory-limit", Invariant($"{Math.Max(1, (settings.MemoryLimit / ShareOfRows ?? ShardWorkFactory.UsualMemory) / Math.Max(1, silos))}")];
        IEnumerable<string> temporary = settings.TemporaryFolder is { } own ? ["--temporary-folder", Path.GetFullPath(own)] : [];
        return [.. shards.Folders.SelectMany(of => new[] { "--allow", of }), .. memory, .. temporary];
    }
}
