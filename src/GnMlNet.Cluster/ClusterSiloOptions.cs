using System.Net;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Work;
using Microsoft.Extensions.Logging;

namespace GnMlNet.Cluster;

/// <summary>How a silo is to be.</summary>
public sealed record ClusterSiloOptions
{
    /// <summary>Which cluster it joins.</summary>
    public required ClusterSpecification Cluster { get; init; }

    /// <summary>The kinds of tables whose parts it can add up.</summary>
    public IReadOnlyDictionary<string, IPartWorkFactory> PartWork { get; init; } = new Dictionary<string, IPartWorkFactory>();

    /// <summary>The kinds of tables whose members it can work on.</summary>
    public IReadOnlyDictionary<string, IMemberWorkFactory> MemberWork { get; init; } = new Dictionary<string, IMemberWorkFactory>();

    /// <summary>The folders from which these may read files that the opener of a table names; none as it is.</summary>
    public ShardFolders Folders { get; init; } = new([]);

    /// <summary>What it is called in lists and messages, or null for the name of the machine with the port.</summary>
    public string? Name { get; init; }

    /// <summary>The address by which others reach it, or null for that of the way to Redis or PostgreSQL, loopback on one machine.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port for other silos; 0 for that of the specification, 11111 as it is, or one that is free where somebody has it. The first silo of a cluster on one machine must have that of the specification.</summary>
    public int Port { get; init; }

    /// <summary>The port for clients such as <c>gnml cluster status</c>; 0 for none.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Whether clients may find it at another port where somebody has <see cref="GatewayPort"/>.</summary>
    internal bool GatewayMayMove { get; init; }

    /// <summary>Whether it computes for others, or coordinates only.</summary>
    public bool TakesWork { get; init; } = true;

    /// <summary>The certificate for connections with TLS, or null for none.</summary>
    public ClusterCertificate? Certificate { get; init; }

    /// <summary>The port of Orleans' dashboard on this machine's loopback address, or null for none.</summary>
    public int? DashboardPort { get; init; }

    /// <summary>Where an OpenTelemetry collector takes meters (OTLP over gRPC), or null for nowhere.</summary>
    public Uri? TelemetryEndpoint { get; init; }

    /// <summary>Where the log goes, or null for nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>The version of GnMlNet that it says to be of, or null for its own.</summary>
    internal string? Version { get; init; }
}
