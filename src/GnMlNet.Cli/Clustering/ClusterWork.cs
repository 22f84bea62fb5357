using GnMlNet.Cluster.Work;

namespace GnMlNet.Cli.Clustering;

/// <summary>Runs work on a cluster to its end, and tells what went wrong in the words of the cluster, not of what is below it.</summary>
internal static class ClusterWork
{
    internal static T Wait<T>(Func<Task<T>> work)
    {
        try
        {
            return work().GetAwaiter().GetResult();
        }
        catch (ClusterException error)
        {
            throw new UserError(error.Message);
        }
    }
}
