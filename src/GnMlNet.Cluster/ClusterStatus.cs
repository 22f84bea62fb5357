using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Messages;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GnMlNet.Cluster;

/// <summary>Which silos a cluster has, asked from outside.</summary>
public static class ClusterStatus
{
    /// <summary>The port for clients where none is given.</summary>
    public const int DefaultGatewayPort = 30000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), ConnectLimit = TimeSpan.FromSeconds(15);

    /// <summary>Lists the silos in the order of their addresses.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="gatewayPort">Of a cluster on one machine: the port for clients of one of its silos.</param>
    /// <param name="certificate">The certificate for connections with TLS, or null for none.</param>
    /// <param name="withDead">Whether those that are gone are listed, too, as long as the list remembers them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ClusterException">No silo can be reached.</exception>
    public static async Task<IReadOnlyList<SiloReport>> ReadAsync(ClusterSpecification cluster, int gatewayPort = DefaultGatewayPort, ClusterCertificate? certificate = null, bool withDead = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        await MembershipBuilder.Prepare(cluster).ConfigureAwait(false);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.UseOrleansClient(client =>
        {
            MembershipBuilder.Join(client, cluster, gatewayPort);
            SiloHost.Configure(client);
            if (certificate is not null) client.UseTls(certificate.Apply);
        });
        using IHost host = builder.Build();
        try
        {
            await host.StartAsync(cancellation).WaitAsync(ConnectLimit, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException or IOException)
        {
            throw new ClusterException($"No silo of the cluster '{cluster.ClusterId}' can be reached; is one running, and does it take this certificate or none?", error);
        }

        IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();
        MembershipEntry[] entries = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false, cancellation).ConfigureAwait(false);
        SiloReport[] reports = await Task.WhenAll(entries.Where(entry => withDead || entry.Status != SiloStatus.Dead).OrderBy(entry => entry.SiloAddress).Select(entry => Report(grains, entry, cancellation))).ConfigureAwait(false);
        await host.StopAsync(cancellation).ConfigureAwait(false);
        return reports;
    }

    private static async Task<SiloReport> Report(IGrainFactory grains, MembershipEntry entry, CancellationToken cancellation)
    {
        SiloFacts? facts = null;
        try
        {
            if (entry.Status == SiloStatus.Active) facts = await grains.GetGrain<ISiloFacts>(SiloKey.Of(entry.SiloAddress, "")).Tell().WaitAsync(Patience, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            // The list says that it is there; it will say otherwise soon.
        }

        return new SiloReport(entry.SiloName, $"{entry.SiloAddress.Endpoint}", $"{entry.Status}", entry.StartTime, facts?.Version, facts?.Cores, facts?.VectorBits, facts?.MemoryBytes, facts?.Parts, facts?.Rows, facts?.RowsPerSecond);
    }
}
