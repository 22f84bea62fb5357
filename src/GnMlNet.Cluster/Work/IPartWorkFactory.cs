namespace GnMlNet.Cluster.Work;

/// <summary>Makes the work of a kind of tables.</summary>
public interface IPartWorkFactory
{
    /// <summary>Makes ready what the parts of a table need, such as files.</summary>
    /// <param name="description">Which table it is; opaque to the cluster, at most 256 MiB.</param>
    /// <param name="folders">The folders from which this silo may read; every path in the description goes through <see cref="ShardFolders.Resolve"/>.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="Exception">The table cannot be read; the message, which reaches the caller with the name of the silo, says why and names the file.</exception>
    IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation);
}
