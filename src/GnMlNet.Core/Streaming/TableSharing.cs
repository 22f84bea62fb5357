using GnMlNet.Core.Data;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Streaming;

/// <summary>How the rows of a large table are shared with other machines. Made by GnMlNet.Cluster.</summary>
public abstract class TableSharing
{
    internal TableSharing()
    {
    }

    /// <summary>Whether other machines read the rows from where they are: then they should not be kept here either, and training goes through a <see cref="RereadRows"/>.</summary>
    public abstract bool ReadsRowsAnew { get; }

    /// <summary>How many rows the others have passed over so far, those of every pass counted.</summary>
    public abstract long RowsPassed { get; }

    /// <summary>Lays out a table that all machines pass over.</summary>
    /// <param name="recipe">How rows become blocks.</param>
    /// <param name="source">The rows.</param>
    /// <param name="run">Threads, and the limit of temporary files.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal abstract RowTable LayOut(TableRecipe recipe, IRowSource source, RunOptions run, CancellationToken cancellation);
}
