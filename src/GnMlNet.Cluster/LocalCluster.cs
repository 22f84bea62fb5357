using System.Net;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster;

/// <summary>A cluster of this machine alone: a silo that coordinates, in this process, and silos that compute. It ends with this process.</summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly IReadOnlyList<ClusterSilo> _silos;

    private LocalCluster(ClusterSilo coordinator, IReadOnlyList<ClusterSilo> silos, IReadOnlyList<SiloProcess> processes) => (Coordinator, _silos, Processes) = (coordinator, silos, processes);

    /// <summary>The silo that opens tables.</summary>
    public ClusterSilo Coordinator { get; }

    internal IReadOnlyList<SiloProcess> Processes { get; }

    /// <summary>Of a cluster of processes: the words by which another silo joins, all but its name.</summary>
    internal IReadOnlyList<string> SiloArguments { get; private init; } = [];

    /// <summary>Starts a cluster whose silos are all in this process.</summary>
    /// <param name="silos">How many compute, at least 1; the one that coordinates is the first of them.</param>
    /// <param name="partWork">The kinds of tables whose parts they can add up.</param>
    /// <param name="memberWork">The kinds of tables whose members they can work on.</param>
    /// <param name="folders">The folders from which these may read; none as it is.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<LocalCluster> StartInProcessAsync(int silos, IReadOnlyDictionary<string, IPartWorkFactory> partWork, IReadOnlyDictionary<string, IMemberWorkFactory>? memberWork = null, ShardFolders? folders = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(silos, 1);
        ArgumentNullException.ThrowIfNull(partWork);
        ClusterSiloOptions options = Coordinating(new ClusterSiloOptions { Cluster = Own(), PartWork = partWork, MemberWork = memberWork ?? new Dictionary<string, IMemberWorkFactory>(), Folders = folders ?? new ShardFolders([]) });
        List<ClusterSilo> started = [];
        try
        {
            for (int k = 0; k < silos; k++)
                started.Add(await ClusterSilo.StartAsync(options with { Name = $"silo {k + 1}", Port = k == 0 ? options.Port : 0 }, cancellation).ConfigureAwait(false));
            await started[0].WaitForSilosAsync(silos, cancellation).ConfigureAwait(false);
            return new LocalCluster(started[0], started, []);
        }
        catch
        {
            await End(started, []).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await End(_silos, Processes).ConfigureAwait(false);

    /// <summary>Starts a cluster whose silos that compute are child processes.</summary>
    /// <param name="silos">How many compute, at least 1.</param>
    /// <param name="program">What the processes run; it is given the words of <c>gnml silo</c>.</param>
    /// <param name="arguments">More words for it, such as folders that are allowed.</param>
    /// <param name="options">How the silo that coordinates is to be; its cluster is replaced.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ClusterException">A silo cannot be started.</exception>
    internal static async Task<LocalCluster> StartProcesses(int silos, SiloProgram program, IReadOnlyList<string> arguments, ClusterSiloOptions options, CancellationToken cancellation)
    {
        List<SiloProcess> processes = [];
        List<ClusterSilo> own = [];
        try
        {
            ClusterSpecification cluster = Own();
            ClusterSilo coordinator = await ClusterSilo.StartAsync(Coordinating(options with { Cluster = cluster, TakesWork = false, Name = options.Name ?? "coordinator" }), cancellation).ConfigureAwait(false);
            own.Add(coordinator);
            string[] joining = ["silo", "--cluster", $"local@{cluster.Primary.Port}", "--cluster-id", cluster.ClusterId, "--ends-with-input", .. arguments];
            for (int k = 0; k < silos; k++) processes.Add(SiloProcess.Start(program, [.. joining, "--name", $"silo {k + 1}"]));
            await Task.WhenAll(processes.Select(process => process.Ready(cancellation))).ConfigureAwait(false);
            await coordinator.WaitForSilosAsync(silos, cancellation).ConfigureAwait(false);
            return new LocalCluster(coordinator, own, processes) { SiloArguments = joining };
        }
        catch
        {
            await End(own, processes).ConfigureAwait(false);
            throw;
        }
    }

    // No other cluster of this machine has its name and its port.
    private static ClusterSpecification Own() => ClusterSpecification.Local(FreePort.On(IPAddress.Loopback), $"local-{Guid.NewGuid():N}");

    private static ClusterSiloOptions Coordinating(ClusterSiloOptions options) => options with { Port = options.Cluster.Primary.Port, GatewayPort = 0, Address = IPAddress.Loopback };

    private static async Task End(IEnumerable<ClusterSilo> silos, IEnumerable<SiloProcess> processes)
    {
        await Task.WhenAll(processes.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
        // The first keeps the list, so that it is the last to leave.
        foreach (ClusterSilo silo in silos.Reverse()) await silo.DisposeAsync().ConfigureAwait(false);
    }
}
