using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;

namespace GnMlNet.Cluster.Silos;

/// <summary>What every silo and client of a cluster has in common: limits, patience, and its grains.</summary>
internal static class SiloHost
{
    // Chunks of requests and answers are smaller by far; what claims to be larger comes from nobody of ours.
    private const int MostHeaderBytes = 1 << 20, MostBodyBytes = 1 << 23;

    // Every call ends within a second or two, however long the work takes.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    // Whether there is a place for a grain is known at once, or asked again by whoever calls.
    private static readonly TimeSpan PlacementTimeout = TimeSpan.FromSeconds(2);
    private const int PlacementRetries = 1;

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 5;

    // Machines whose clocks differ by some minutes must not take each other for dead.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(30);
    private const int MissedSignsOfLife = 10;

    // A silo whose clock is behind seems to have been joining for long.
    private const bool EvictsJoining = false;
    private static readonly TimeSpan JoinAttempt = TimeSpan.FromSeconds(30);

    internal static void Configure(ISiloBuilder silo, WorkFactories factories, SiloRole role, string name, IPAddress address, int port, int gatewayPort)
    {
        silo.ConfigureEndpoints(address, port, gatewayPort, listenOnAnyHostAddress: false);
        silo.Configure<SiloOptions>(options => options.SiloName = name);
        silo.Configure<SiloMessagingOptions>(options =>
        {
            Limit(options);
            (options.PlacementTimeout, options.PlacementMaxRetries) = (PlacementTimeout, PlacementRetries);
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = ProbeTimeout;
            options.NumMissedProbesLimit = MissedProbes;
            options.IAmAliveTablePublishTimeout = SignOfLife;
            options.NumMissedTableIAmAliveLimit = MissedSignsOfLife;
            options.MaxJoinAttemptTime = JoinAttempt;
            options.EvictWhenMaxJoinAttemptTimeExceeded = EvictsJoining;
        });
        Serialize(silo.Services);
        silo.Services.AddSingleton(factories).AddSingleton(role).AddSingleton<HeldParts>().AddSingleton(new RowMeter());
        silo.Services.AddPlacementDirector<SiloPlacement, SiloPlacementDirector>();
    }

    internal static void Configure(IClientBuilder client)
    {
        client.Configure<ClientMessagingOptions>(Limit);
        Serialize(client.Services);
    }

    // A program that hosts a silo need not know Orleans, by which it would find the grains itself.
    private static void Serialize(IServiceCollection services) => services.AddSerializer(serializer => serializer.AddAssembly(typeof(SiloHost).Assembly));

    private static void Limit(MessagingOptions options)
    {
        options.MaxMessageHeaderSize = MostHeaderBytes;
        options.MaxMessageBodySize = MostBodyBytes;
        options.ResponseTimeout = ResponseTimeout;
    }
}
