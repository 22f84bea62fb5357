using GnMlNet.Cluster.Work;

namespace GnMlNet.Cli.Clustering;

/// <summary>Runs work on a cluster to its end, and tells what went wrong in the words of the cluster, not of what is below it.</summary>
internal static class ClusterWork
{
    internal static T Wait<T>(Func<Task<T>> work) => Do(() => work().GetAwaiter().GetResult());

    internal static T Do<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ClusterException error)
        {
            throw new UserError(error.Message);
        }
    }
}
