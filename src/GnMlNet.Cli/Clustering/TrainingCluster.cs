using System.Runtime.CompilerServices;
using GnMlNet.Cli.Internals;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Training;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cli.Clustering;

/// <summary>The silos that pass over the rows while <c>gnml train</c> coordinates: processes that it starts on this machine, or those of a cluster that it joins.</summary>
internal sealed class TrainingCluster : IDisposable
{
    // So many threads wait for sums while others of the pool must answer silos.
    private const int LeastThreads = 64;

    private readonly CoordinatedCluster _silos;
    private readonly ClusterSharing _sharing;

    private TrainingCluster(CoordinatedCluster silos, ClusterSharing sharing) => (_silos, _sharing) = (silos, sharing);

    /// <summary>What the trainer shares its rows by.</summary>
    internal TableSharing Sharing => _sharing;

    /// <summary>What is under way, in a few words.</summary>
    /// <param name="seconds">The seconds of training so far.</param>
    internal string Describe(double seconds) => Invariant($"{_silos.Count} {(_silos.Count == 1 ? "silo" : "silos")}, {_sharing.RowsPassed:N0} rows passed over, {_sharing.RowsPassed / Math.Max(seconds, 1e-3):N0} a second");

    /// <summary>Starts or joins it.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="temporaryFolder">The folder for temporary files; null for the system's.</param>
    /// <exception cref="UserError">It cannot be reached, or the folder cannot be used.</exception>
    // Nothing of the cluster's libraries is loaded where there is none.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrainingCluster Start(TrainingClusterSettings settings, string? temporaryFolder) => ClusterWork.Wait(() => StartAsync(settings, temporaryFolder));

    public void Dispose() => ClusterWork.Wait(async () =>
    {
        await _sharing.DisposeAsync();
        await _silos.DisposeAsync();
        return true;
    });

    private static async Task<TrainingCluster> StartAsync(TrainingClusterSettings settings, string? temporaryFolder)
    {
        ThreadReserve.Ensure(LeastThreads);
        ClusterSpecification cluster = settings.Options.Cluster(settings.Parsed);
        bool isOwn = cluster.LocalSilos > 0;
        string folder = settings.Folder ?? (isOwn || cluster.Kind == MembershipKind.Local ? temporaryFolder ?? Path.GetTempPath() : throw new UserError("--cluster on several machines needs --cluster-folder: a folder that all of them reach by the same path."));
        if (!Directory.Exists(folder)) throw new UserError($"--cluster-folder: there is no folder '{folder}'. Make it, or name another.");
        CoordinatedCluster joined = await CoordinatedCluster.StartAsync(settings.Options, settings.Parsed, ["--allow", Path.GetFullPath(folder)], least: 1);
        try
        {
            return new TrainingCluster(joined, new ClusterSharing(joined.Coordinator, folder));
        }
        catch (TemporaryFileException error)
        {
            await joined.DisposeAsync();
            throw new UserError(error.Message);
        }
    }
}
