using System.CommandLine;
using System.Net;
using GnMlNet.Cluster;
using GnMlNet.Cluster.Measuring;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using Microsoft.Extensions.Logging;

namespace GnMlNet.Cli.Clustering;

/// <summary>What the command line says of a silo.</summary>
internal sealed record SiloSettings(ClusterOptions Options, ParseResult Parsed)
{
    internal int? Port { get; init; }

    internal int? GatewayPort { get; init; }

    internal IPAddress? Address { get; init; }

    internal string? Name { get; init; }

    internal string[] Allowed { get; init; } = [];

    /// <summary>The bytes of memory that rows may take that the silo reads itself; null for the usual.</summary>
    internal long? MemoryLimit { get; init; }

    /// <summary>The folder for temporary files; null for the system's.</summary>
    internal string? TemporaryFolder { get; init; }

    internal int? DashboardPort { get; init; }

    internal Uri? TelemetryEndpoint { get; init; }

    internal bool IsVerbose { get; init; }

    /// <summary>Whether it is a child process, which nobody asks from outside.</summary>
    internal bool EndsWithInput { get; init; }

    internal ClusterSiloOptions ToOptions()
    {
        ClusterSpecification cluster = Options.Cluster(Parsed);
        return new ClusterSiloOptions
        {
            Cluster = cluster,
            PartWork = new Dictionary<string, IPartWorkFactory>(ClusterSharing.PartWork.Concat(ClusterMeter.PartWork)) { [ShardWorkFactory.Kind] = new ShardWorkFactory(MemoryLimit, TemporaryFolder) },
            MemberWork = ClusterSharing.MemberWork,
            Folders = new ShardFolders(Allowed),
            Name = Name,
            Address = Address,
            Port = Port ?? 0,
            GatewayPort = GatewayPort ?? (EndsWithInput ? 0 : ClusterStatus.DefaultGatewayPort),
            GatewayMayMove = GatewayPort is null,
            Certificate = Options.Certificate(Parsed),
            DashboardPort = DashboardPort,
            TelemetryEndpoint = TelemetryEndpoint,
            Logging = log => log.SetMinimumLevel(IsVerbose ? LogLevel.Information : LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace),
        };
    }
}
