using System.Globalization;
using System.Net;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Membership;

/// <summary>Where the silos of a cluster find each other.</summary>
public sealed record ClusterSpecification
{
    /// <summary>The port of the first silo of a cluster on one machine.</summary>
    public const int DefaultPort = 11111;

    /// <summary>The name of a cluster where none is given.</summary>
    public const string DefaultClusterId = "gnml";

    private const string Forms = "local, local@PORT, local:SILOS, redis:HOST:PORT[,OPTIONS] or postgres:CONNECTION STRING";
    private const int MostLocalSilos = 64;

    private ClusterSpecification(MembershipKind kind, string address, string clusterId) => (Kind, Address, ClusterId) = (kind, address, clusterId);

    /// <summary>The name of the cluster: silos of other names do not meet, though they share a database.</summary>
    public string ClusterId { get; }

    /// <summary>How many silos are started as child processes; 0 where silos are started by hand.</summary>
    public int LocalSilos { get; private init; }

    internal MembershipKind Kind { get; }

    /// <summary>Of Redis and PostgreSQL: how to get there.</summary>
    internal string Address { get; }

    /// <summary>Of a cluster on one machine: where its first silo is.</summary>
    internal IPEndPoint Primary { get; private init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Reads how a user writes it.</summary>
    /// <param name="text"><c>local</c> (silos on this machine, the first at port 11111), <c>local@PORT</c> (the first elsewhere), <c>local:SILOS</c> (so many child processes), <c>redis:HOST:PORT[,OPTIONS]</c> or <c>postgres:CONNECTION STRING</c>.</param>
    /// <param name="clusterId">The name of the cluster: 1 to 100 letters, digits, dots, hyphens and underscores.</param>
    /// <exception cref="ClusterException">It is none of these.</exception>
    public static ClusterSpecification Parse(string text, string clusterId = DefaultClusterId)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(clusterId);
        if (!IsName(clusterId))
            throw new ClusterException($"The name of a cluster has 1 to 100 letters, digits, dots, hyphens and underscores; '{clusterId}' has not.");
        if (text == "local") return new ClusterSpecification(MembershipKind.Local, "", clusterId);
        if (Rest("local@") is { } port && Number(port, 1, IPEndPoint.MaxPort) is { } first) return Local(first, clusterId);
        if (Rest("local:") is { } count && Number(count, 1, MostLocalSilos) is { } silos) return new ClusterSpecification(MembershipKind.Local, "", clusterId) { LocalSilos = silos };
        if (Rest("redis:") is { Length: > 0 } redis && RedisMembership.IsAddress(redis)) return new ClusterSpecification(MembershipKind.Redis, redis, clusterId);
        if (Rest("postgres:") is { Length: > 0 } postgres && PostgresMembership.IsConnectionString(postgres)) return new ClusterSpecification(MembershipKind.Postgres, postgres, clusterId);
        // A connection string may hold a password.
        throw new ClusterException($"A cluster is given as {Forms}; '{(text.Contains("assword", StringComparison.Ordinal) ? text[..text.IndexOf(':')] + ":..." : text)}' is none of these.");

        string? Rest(string start) => text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : null;
    }

    /// <summary>Whether something can be called so: 1 to 100 letters, digits, dots, hyphens and underscores.</summary>
    internal static bool IsName(string text) => text.Length is > 0 and <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>Silos on this machine whose first is at a port.</summary>
    internal static ClusterSpecification Local(int port, string clusterId) => new(MembershipKind.Local, "", clusterId) { Primary = new IPEndPoint(IPAddress.Loopback, port) };

    private static int? Number(string text, int least, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;
}
