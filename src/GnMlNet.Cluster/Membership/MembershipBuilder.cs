using System.Net;
using System.Net.Sockets;
using GnMlNet.Cluster.Work;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace GnMlNet.Cluster.Membership;

/// <summary>Joins silos and clients to the cluster of a specification.</summary>
internal static class MembershipBuilder
{
    private const string Service = "gnml";

    /// <summary>Looks whether whoever keeps the list of silos is there.</summary>
    /// <exception cref="ClusterException">It is not.</exception>
    internal static Task Prepare(ClusterSpecification cluster) => cluster.Kind switch
    {
        MembershipKind.Redis => RedisMembership.Check(cluster.Address),
        MembershipKind.Postgres => PostgresMembership.Prepare(cluster.Address),
        _ => Task.CompletedTask,
    };

    /// <summary>The address of this machine by which others of the cluster reach it: that of the way to who keeps the list.</summary>
    internal static async Task<IPAddress> OwnAddress(ClusterSpecification cluster)
    {
        if (cluster.Kind == MembershipKind.Local) return IPAddress.Loopback;
        (string host, int port) = cluster.Kind == MembershipKind.Redis ? RedisMembership.Server(cluster.Address) : PostgresMembership.Server(cluster.Address);
        // A datagram socket finds the way without sending anything.
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(host, port).ConfigureAwait(false);
        IPAddress address = ((IPEndPoint)socket.LocalEndPoint!).Address;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    internal static void Join(ISiloBuilder silo, ClusterSpecification cluster)
    {
        silo.Configure<ClusterOptions>(options => Name(options, cluster));
        switch (cluster.Kind)
        {
            case MembershipKind.Redis:
                silo.UseRedisClustering(options => options.ConfigurationOptions = RedisMembership.Options(cluster.Address));
                break;
            case MembershipKind.Postgres:
                silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresMembership.Invariant, cluster.Address));
                break;
            default:
                silo.UseDevelopmentClustering(cluster.Primary);
                break;
        }
    }

    /// <param name="client">The client.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="gatewayPort">Of a cluster on one machine: the port for clients of one of its silos.</param>
    internal static void Join(IClientBuilder client, ClusterSpecification cluster, int gatewayPort)
    {
        client.Configure<ClusterOptions>(options => Name(options, cluster));
        switch (cluster.Kind)
        {
            case MembershipKind.Redis:
                client.UseRedisClustering(options => options.ConfigurationOptions = RedisMembership.Options(cluster.Address));
                break;
            case MembershipKind.Postgres:
                client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresMembership.Invariant, cluster.Address));
                break;
            default:
                client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, gatewayPort));
                break;
        }
    }

    private static void Name(ClusterOptions options, ClusterSpecification cluster) => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, Service);
}
