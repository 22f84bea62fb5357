using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Ensembles;

/// <summary>How the training of an ensemble is shared with other machines. Made by GnMlNet.Cluster.</summary>
public abstract class TableSharing
{
    internal TableSharing()
    {
    }

    /// <summary>The folder that all machines read.</summary>
    internal abstract string Folder { get; }

    /// <summary>Hands over a large table whose blocks are in the folder.</summary>
    /// <param name="table">The table as it is here.</param>
    /// <param name="hash">The hash of its layout.</param>
    /// <param name="members">What its members are trained on.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The same table, passed over by all machines.</returns>
    internal abstract RowTable Share(LargeTable table, byte[] hash, MemberTable members, CancellationToken cancellation);

    /// <summary>Hands over a table that is in memory.</summary>
    /// <param name="members">What its members are trained on.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal abstract void Share(MemberTable members, CancellationToken cancellation);

    /// <summary>Begins the training of members of the table that was handed over, on the other machines; null where they only pass over its rows.</summary>
    /// <param name="starts">Where each begins.</param>
    /// <param name="cancellation">Ends training.</param>
    internal abstract MembersInTraining? Begin(IReadOnlyList<MemberStart> starts, CancellationToken cancellation);
}
