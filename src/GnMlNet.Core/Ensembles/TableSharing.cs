using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>How the training of an ensemble is shared with other machines. Made by GnMlNet.Cluster.</summary>
public abstract class TableSharing
{
    internal TableSharing()
    {
    }

    /// <summary>Whether other machines read the rows of a large table from where they are: then they should not be kept here either, and training goes through a <see cref="RereadRows"/>.</summary>
    public abstract bool ReadsRowsAnew { get; }

    /// <summary>Lays out a large table for all machines.</summary>
    /// <param name="recipe">How rows become blocks.</param>
    /// <param name="source">The rows.</param>
    /// <param name="members">What members are trained on.</param>
    /// <param name="run">Threads, and the limit of temporary files.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The table, passed over by all machines.</returns>
    internal abstract RowTable LayOut(TableRecipe recipe, IRowSource source, MemberTable members, RunOptions run, CancellationToken cancellation);

    /// <summary>Hands over a table that is in memory.</summary>
    /// <param name="members">What its members are trained on.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal abstract void Share(MemberTable members, CancellationToken cancellation);

    /// <summary>Begins the training of members of the table that was handed over, on the other machines; null where they only pass over its rows.</summary>
    /// <param name="starts">Where each begins.</param>
    /// <param name="cancellation">Ends training.</param>
    internal abstract MembersInTraining? Begin(IReadOnlyList<MemberStart> starts, CancellationToken cancellation);
}
