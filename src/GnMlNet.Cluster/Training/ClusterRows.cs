using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>A large table whose rows the silos of a cluster pass over.</summary>
/// <param name="table">The table on the cluster.</param>
/// <param name="layout">How it lies in blocks.</param>
/// <param name="load">Brings some blocks in a map here.</param>
/// <param name="own">What is given back with it here; null for nothing.</param>
/// <param name="cancellation">Ends the wait for sums.</param>
internal sealed class ClusterRows(ClusterTable table, TableLayout layout, Func<int, int[], RowBlock[]> load, IDisposable? own, CancellationToken cancellation) : RowTable
{
    private long _rows;

    /// <summary>How many rows have been passed over so far.</summary>
    internal long RowsPassed => Interlocked.Read(ref _rows);

    internal override TableLayout Layout => layout;

    internal override double[] Sum(RowPass pass, WorkSharing? work = null)
    {
        double[] sum = table.SumAsync(PassBytes.Of(pass), cancellation).AsTask().GetAwaiter().GetResult();
        Interlocked.Add(ref _rows, pass.RowCount(layout));
        return sum;
    }

    // The first rows of a member are few, and are read once.
    internal override RowBlock[] Load(int map, int[] blocks) => load(map, blocks);

    /// <summary>Gives back what is here; the table on the cluster is its opener's.</summary>
    public override void Dispose() => own?.Dispose();
}
