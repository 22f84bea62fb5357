using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>A large table whose rows the silos of a cluster pass over.</summary>
/// <param name="own">The same table as it is here.</param>
/// <param name="table">The table on the cluster.</param>
/// <param name="cancellation">Ends the wait for sums.</param>
internal sealed class ClusterRows(LargeTable own, ClusterTable table, CancellationToken cancellation) : RowTable
{
    private long _rows;

    /// <summary>How many rows have been passed over so far.</summary>
    internal long RowsPassed => Interlocked.Read(ref _rows);

    internal override TableLayout Layout => own.Layout;

    internal override double[] Sum(RowPass pass, WorkSharing? work = null)
    {
        double[] sum = table.SumAsync(PassBytes.Of(pass), cancellation).AsTask().GetAwaiter().GetResult();
        Interlocked.Add(ref _rows, pass.RowCount(own.Layout));
        return sum;
    }

    // The first rows of a member are few, and are read once.
    internal override RowBlock[] Load(int map, int[] blocks) => own.Load(map, blocks);
}
