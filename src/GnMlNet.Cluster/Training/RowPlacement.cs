using GnMlNet.Cluster.Costs;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>How the rows of a large table get to the silos of a cluster. One is for one training.</summary>
/// <param name="coordinator">The silo of this process.</param>
internal abstract class RowPlacement(ClusterSilo coordinator) : IAsyncDisposable
{
    /// <summary>Whether silos read the rows from where they are.</summary>
    internal abstract bool ReadsRowsAnew { get; }

    /// <summary>The table on the cluster, once there is one.</summary>
    internal ClusterTable? Table { get; private set; }

    /// <summary>Chooses what is spread over the silos.</summary>
    /// <param name="members">What members are trained on.</param>
    /// <param name="rows">n.</param>
    /// <param name="asked">What is asked for; null where that is open.</param>
    /// <param name="readCores">Asks all silos for their cores.</param>
    internal abstract SpreadChoice Choose(MemberTable members, long rows, Spread? asked, Func<IReadOnlyList<double>> readCores);

    /// <summary>Lays out a table for all silos.</summary>
    /// <param name="recipe">How rows become blocks.</param>
    /// <param name="source">The rows.</param>
    /// <param name="members">What members are trained on; null where silos only pass over the rows.</param>
    /// <param name="run">Threads, and the limit of temporary files.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal abstract ClusterRows LayOut(TableRecipe recipe, IRowSource source, MemberTable? members, RunOptions run, CancellationToken cancellation);

    /// <summary>Closes the table on all silos.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (Table is not null) await Table.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens the table that training is about.</summary>
    protected ClusterTable OpenTable(string kind, ReadOnlyMemory<byte> description, int parts, CancellationToken cancellation) => Table = Open(kind, description, parts, cancellation);

    /// <summary>Opens a table, which the caller closes.</summary>
    protected ClusterTable Open(string kind, ReadOnlyMemory<byte> description, int parts, CancellationToken cancellation) => coordinator.OpenTableAsync(kind, description, parts, cancellation).GetAwaiter().GetResult();
}
