using System.Runtime.CompilerServices;
using GnMlNet.Cli.Internals;
using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Training;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cli.Clustering;

/// <summary>The silos that train members or pass over the rows while <c>gnml train</c> coordinates: processes that it starts on this machine, or those of a cluster that it joins.</summary>
internal sealed class TrainingCluster : IDisposable
{
    // So many threads wait for sums while others of the pool must answer silos.
    private const int LeastThreads = 64;

    private readonly CoordinatedCluster _silos;
    private readonly ClusterSharing _sharing;

    private TrainingCluster(CoordinatedCluster silos, ClusterSharing sharing) => (_silos, _sharing) = (silos, sharing);

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
    /// <param name="temporaryFolder">The folder for temporary files; null for the system's.</param>
    /// <param name="isLarge">Whether the rows of the table go through a folder.</param>
    /// <exception cref="UserError">It cannot be reached, or the folder cannot be used.</exception>
    // Nothing of the cluster's libraries is loaded where there is none.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrainingCluster Start(TrainingClusterSettings settings, string? temporaryFolder, bool isLarge) => ClusterWork.Wait(() => StartAsync(settings, temporaryFolder, isLarge));

    public void Dispose() => ClusterWork.Wait(async () =>
    {
        await _sharing.DisposeAsync();
        await _silos.DisposeAsync();
        return true;
    });

    private static async Task<TrainingCluster> StartAsync(TrainingClusterSettings settings, string? temporaryFolder, bool isLarge)
    {
        if (settings.Spread == Spread.Rows && !isLarge) throw new UserError(Invariant($"--spread rows is for ensembles on {EnsembleTraining.LeastStreamedRows:N0} training rows or more that nothing asks for all of in memory; leave it, or --spread members."));
        ThreadReserve.Ensure(LeastThreads);
        ClusterSpecification cluster = settings.Options.Cluster(settings.Parsed);
        bool isHere = cluster.LocalSilos > 0 || cluster.Kind == MembershipKind.Local;
        string? folder = settings.Folder ?? (isLarge && isHere ? temporaryFolder ?? Path.GetTempPath() : null);
        if (isLarge && folder is null) throw new UserError("--cluster on several machines needs --cluster-folder for a large table: a folder that all of them reach by the same path.");
        if (folder is not null && !Directory.Exists(folder)) throw new UserError($"--cluster-folder: there is no folder '{folder}'. Make it, or name another.");
        CoordinatedCluster joined = await CoordinatedCluster.StartAsync(settings.Options, settings.Parsed, folder is null ? [] : ["--allow", Path.GetFullPath(folder)], least: 1);
        try
        {
            return new TrainingCluster(joined, new ClusterSharing(joined.Coordinator, isLarge ? folder : null, settings.Spread));
        }
        catch (TemporaryFileException error)
        {
            await joined.DisposeAsync();
            throw new UserError(error.Message);
        }
    }
}
