namespace GnMlNet.Core.Streaming;

/// <summary>How the rows of a large table are shared with other machines. Made by GnMlNet.Cluster.</summary>
public abstract class TableSharing
{
    internal TableSharing()
    {
    }

    /// <summary>The folder that all machines read.</summary>
    internal abstract string Folder { get; }

    /// <summary>Hands over a table whose blocks are in the folder.</summary>
    /// <param name="table">The table as it is here.</param>
    /// <param name="hash">The hash of its layout.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The same table, passed over by all machines.</returns>
    internal abstract RowTable Share(LargeTable table, byte[] hash, CancellationToken cancellation);
}
