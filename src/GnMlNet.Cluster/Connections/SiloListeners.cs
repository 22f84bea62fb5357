using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace GnMlNet.Cluster.Connections;

/// <summary>How a silo listens: at ports that it has to itself, and without reading ahead of what it looks at, as Orleans' own sockets do without a bound.</summary>
internal static class SiloListeners
{
    // Bytes that have come over a connection and that nobody has looked at; a few of the sockets' own blocks.
    private const int MostUnseenBytes = 1 << 15;

    /// <param name="silo">The silo.</param>
    /// <param name="ports">The ports that it listens at.</param>
    internal static void Configure(ISiloBuilder silo, IReadOnlyList<OwnPort> ports)
    {
        // Orleans has one factory for each kind of connection, by keys of its own.
        foreach (object? key in silo.Services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).Select(service => service.ServiceKey).ToArray())
        {
            silo.Services.AddKeyedSingleton<IConnectionListenerFactory>(key, (services, _) => new SocketTransportFactory(
                Options.Create(new SocketTransportOptions { MaxReadBufferSize = MostUnseenBytes, CreateBoundListenSocket = endpoint => ports.Single(port => port.Number == ((IPEndPoint)endpoint).Port).Socket }),
                services.GetRequiredService<ILoggerFactory>()));
        }

        var strangers = new Strangers();
        silo.Configure<SiloConnectionOptions>(options =>
        {
            options.ConfigureSiloInboundConnection(strangers.Receive);
            options.ConfigureGatewayInboundConnection(strangers.Receive);
        });
    }

    /// <summary>Looks at what comes once certificates have been checked: to be called when all else of connections is configured.</summary>
    internal static void AskForGreeting(ISiloBuilder silo) => silo.Configure<SiloConnectionOptions>(options =>
    {
        options.ConfigureSiloInboundConnection(Greeting.Await);
        options.ConfigureGatewayInboundConnection(Greeting.Await);
    });
}
