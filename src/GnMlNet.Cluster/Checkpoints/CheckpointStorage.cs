using GnMlNet.Cluster.Membership;

namespace GnMlNet.Cluster.Checkpoints;

/// <summary>The grain storage of a cluster, where it has one: that of the database that keeps its list of silos.</summary>
internal static class CheckpointStorage
{
    /// <summary>What Orleans calls it.</summary>
    internal const string Provider = "checkpoints";

    /// <summary>Whether a cluster has one.</summary>
    internal static bool IsThere(ClusterSpecification cluster) => cluster.Kind != MembershipKind.Local;

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
