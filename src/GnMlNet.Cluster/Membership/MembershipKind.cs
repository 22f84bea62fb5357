namespace GnMlNet.Cluster.Membership;

/// <summary>Who keeps the list of the silos of a cluster.</summary>
internal enum MembershipKind
{
    /// <summary>The first silo, in its memory, for silos on the same machine.</summary>
    Local,

    /// <summary>A Redis server.</summary>
    Redis,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,
}
