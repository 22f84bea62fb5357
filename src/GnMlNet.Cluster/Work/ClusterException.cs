namespace GnMlNet.Cluster.Work;

/// <summary>Something that a cluster could not do, or refuses; the message names the silo and says how to put it right.</summary>
public sealed class ClusterException : InvalidOperationException
{
    /// <summary>An exception without a message.</summary>
    public ClusterException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public ClusterException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public ClusterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
