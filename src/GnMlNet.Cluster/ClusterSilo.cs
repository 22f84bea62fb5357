using System.Net;
using GnMlNet.Cluster.Connections;
using GnMlNet.Cluster.Coordination;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Messages;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Storage;
using GnMlNet.Cluster.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace GnMlNet.Cluster;

/// <summary>A silo of a cluster, in this process. Whoever trains hosts one, too, and opens tables there.</summary>
public sealed class ClusterSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly SiloRole _role;

    private ClusterSilo(IHost host, ClusterSpecification cluster, SiloRole role, IPEndPoint endpoint) => (_host, Cluster, _role, Endpoint) = (host, cluster, role, endpoint);

    /// <summary>Where other silos reach it.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Ends when the silo does, by itself or because it was asked to.</summary>
    public Task Completion => _host.WaitForShutdownAsync();

    /// <summary>The cluster that it is in.</summary>
    internal ClusterSpecification Cluster { get; }

    /// <summary>The storage of the cluster, where that has one.</summary>
    internal IGrainStorage Storage => _host.Services.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Provider);

    /// <summary>Starts a silo and joins the cluster.</summary>
    /// <param name="options">How it is to be.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ClusterException">It cannot join; the message says why.</exception>
    public static async Task<ClusterSilo> StartAsync(ClusterSiloOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Cluster.LocalSilos > 0) throw new ClusterException($"'local:{options.Cluster.LocalSilos}' starts silos of its own; a single one joins 'local' or 'local@PORT'.");
        await MembershipBuilder.Prepare(options.Cluster).ConfigureAwait(false);
        IPAddress address = options.Address ?? await MembershipBuilder.OwnAddress(options.Cluster).ConfigureAwait(false);
        List<OwnPort> ports = [OwnPort.Take(address, options.Port > 0 ? options.Port : options.Cluster.Primary.Port, mayMove: options.Port == 0)];
        var endpoint = new IPEndPoint(address, ports[0].Number);
        IHost? host = null;
        try
        {
            if (options.GatewayPort > 0) ports.Add(OwnPort.Take(address, options.GatewayPort, options.GatewayMayMove));
            var role = new SiloRole(options.TakesWork, options.Version);
            host = HostFactory.Build(options, silo =>
            {
                MembershipBuilder.Join(silo, options.Cluster);
                ClusterStorage.Configure(silo, options.Cluster);
                SiloHost.Configure(silo, new WorkFactories(options.PartWork, options.MemberWork, options.Folders), role, options.Name ?? $"{Environment.MachineName}:{endpoint.Port}", address, endpoint.Port, ports.Count > 1 ? ports[1].Number : 0);
                SiloListeners.Configure(silo, ports);
            });
            await host.StartAsync(cancellation).ConfigureAwait(false);
            return new ClusterSilo(host, options.Cluster, role, endpoint);
        }
        catch (Exception error)
        {
            host?.Dispose();
            foreach (OwnPort port in ports) port.Dispose();
            if (error is ClusterException) throw;
            if (error is OperationCanceledException && cancellation.IsCancellationRequested) throw;
            throw new ClusterException($"The silo at {endpoint} cannot join the cluster '{options.Cluster.ClusterId}': {error.GetBaseException().Message}{(error.GetBaseException() is Orleans.Runtime.MembershipService.OrleansClusterConnectivityCheckFailedException ? " If these are gone, they are forgotten within five minutes; another --cluster-id does not know them." : "")}", error);
        }
    }

    /// <summary>Opens a table on all silos of the cluster that are there.</summary>
    /// <param name="kind">The kind of table: the name of its factories in the options of the silos.</param>
    /// <param name="description">Which table it is, for its factories; at most 256 MiB. It goes to every silo once.</param>
    /// <param name="parts">The number of parts, at least 1.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ClusterException">A silo cannot make the table ready, or would compute other bits; the message names it.</exception>
    public async Task<ClusterTable> OpenTableAsync(string kind, ReadOnlyMemory<byte> description, int parts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(description.Length, Job.MostRequestBytes);
        return await ClusterTable.Open(_host.Services.GetRequiredService<IGrainFactory>(), _host.Services.GetRequiredService<ISiloStatusOracle>(), new TableName(kind, description, parts), _role, cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until so many silos that compute for others have joined.</summary>
    /// <param name="silos">How many, this one among them where it computes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task WaitForSilosAsync(int silos, CancellationToken cancellation = default)
    {
        ISiloStatusOracle statuses = _host.Services.GetRequiredService<ISiloStatusOracle>();
        int idle = _role.TakesWork ? 0 : 1;
        while (statuses.GetApproximateSiloStatuses(onlyActive: true).Count < silos + idle) await Task.Delay(50, cancellation).ConfigureAwait(false);
    }

    /// <summary>How many silos compute for others now, this one among them where it does.</summary>
    internal int CountSilos() => _host.Services.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Count - (_role.TakesWork ? 0 : 1);

    /// <summary>The cores that each silo has for others, those of a machine shared out between its silos.</summary>
    internal async Task<IReadOnlyList<double>> ReadCoresAsync(CancellationToken cancellation)
    {
        IGrainFactory grains = _host.Services.GetRequiredService<IGrainFactory>();
        SiloAddress[] active = [.. _host.Services.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Keys];
        (SiloAddress Silo, SiloFacts? Facts)[] told = await Task.WhenAll(active.Select(Ask)).ConfigureAwait(false);
        (SiloAddress Silo, SiloFacts? Facts)[] working = [.. told.Where(at => at.Facts is { TakesWork: true })];
        return [.. working.Select(at => at.Facts!.Cores / (double)working.Count(other => other.Silo.Endpoint.Address.Equals(at.Silo.Endpoint.Address)))];

        async Task<(SiloAddress, SiloFacts?)> Ask(SiloAddress silo)
        {
            try
            {
                return (silo, await grains.GetGrain<ISiloFacts>(SiloKey.Of(silo, "")).Tell().WaitAsync(cancellation).ConfigureAwait(false));
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                // Whoever opens the table looks closer.
                return (silo, null);
            }
        }
    }

    /// <summary>Leaves the cluster in order and ends the silo.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        if (_host is IAsyncDisposable host) await host.DisposeAsync().ConfigureAwait(false);
        else _host.Dispose();
    }
}
