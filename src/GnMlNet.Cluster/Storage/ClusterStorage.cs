using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Storage;

/// <summary>The grain storage of a cluster, where it has one: that of the database that keeps its list of silos.</summary>
internal static class ClusterStorage
{
    /// <summary>What Orleans calls it.</summary>
    internal const string Provider = "checkpoints";

    /// <summary>Looks whether a cluster has one.</summary>
    /// <exception cref="ClusterException">It has not.</exception>
    internal static void Check(ClusterSpecification cluster)
    {
        if (cluster.Kind == MembershipKind.Local) throw new ClusterException("A cluster on one machine keeps no checkpoints: name a file, or use a cluster by Redis or PostgreSQL.");
    }

    internal static void Configure(ISiloBuilder silo, ClusterSpecification cluster)
    {
        switch (cluster.Kind)
        {
            case MembershipKind.Redis:
                silo.AddRedisGrainStorage(Provider, options =>
                {
                    (options.ConfigurationOptions, options.DeleteStateOnClear) = (RedisMembership.Options(cluster.Address), true);
                    options.GrainStorageSerializer = new StoredBytesSerializer();
                });
                break;
            case MembershipKind.Postgres:
                silo.AddAdoNetGrainStorage(Provider, options =>
                {
                    (options.Invariant, options.ConnectionString, options.DeleteStateOnClear) = (PostgresMembership.Invariant, cluster.Address, true);
                    options.GrainStorageSerializer = new StoredBytesSerializer();
                });
                break;
            default:
                break;
        }
    }
}
