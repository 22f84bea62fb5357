using System.Globalization;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>
/// Shares the rows of a large table with the silos of a cluster, which read them from where they are and make their parts themselves: they are told how, and say how their parts lie in blocks; then training passes over these. One is for
/// one training.
/// </summary>
/// <param name="coordinator">The silo of this process.</param>
/// <param name="kind">The kind of table that silos know it by.</param>
/// <param name="reading">How rows are read, for the factory of that kind.</param>
internal sealed class PartSharing(ClusterSilo coordinator, string kind, Func<ReadOnlyMemory<byte>> reading) : TableSharing, IAsyncDisposable
{
    private ClusterTable? _table;
    private ClusterRows? _rows;

    public override bool ReadsRowsAnew => true;

    public override long RowsPassed => _rows?.RowsPassed ?? 0;

    internal override RowTable LayOut(TableRecipe recipe, IRowSource source, RunOptions run, CancellationToken cancellation)
    {
        if (source is not RereadRows stream) throw new NotSupportedException("Silos read rows themselves that are streamed here, too.");
        // Groups are numbered here alone.
        if (source.HasGroups) recipe = recipe with { Cells = recipe.FindCells(source, cancellation) };
        var description = new PartDescription(recipe, stream.Parts(recipe.BlocksOfPart), reading());
        ClusterTable parts = Open(description, cancellation);
        try
        {
            description = description with { Layout = AskForLayout(parts, description, cancellation) };
            _table = Open(description, cancellation);
        }
        finally
        {
            // What silos have made they keep for the table that is open now.
            parts.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        TableLayout layout = description.Layout;
        ClusterTable table = _table;
        return _rows = new ClusterRows(table, layout, Load, own: null, cancellation);

        RowBlock[] Load(int map, int[] blocks)
        {
            var question = new PartQuestion.Records(map, blocks);
            return Checked(() => question.BlocksOf(Ask(table, question, cancellation), recipe, layout));
        }
    }

    /// <summary>Closes the table on all silos.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_table is not null) await _table.DisposeAsync().ConfigureAwait(false);
    }

    private static TableLayout AskForLayout(ClusterTable table, PartDescription description, CancellationToken cancellation) => Checked(() =>
    {
        var blocks = new PartQuestion.Blocks(PartQuestion.Counts.Of(Ask(table, new PartQuestion.Counts(), cancellation)));
        return blocks.LayoutOf(Ask(table, blocks, cancellation), description.Recipe, description.Marks);
    });

    private static double[] Ask(ClusterTable table, PartQuestion question, CancellationToken cancellation) => table.SumAsync(question.ToBytes(), cancellation).AsTask().GetAwaiter().GetResult();

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            throw new ClusterException($"Silos answered what cannot be: {error.Message} Are they of this version of GnMlNet?", error);
        }
    }

    private ClusterTable Open(PartDescription description, CancellationToken cancellation)
    {
        byte[] bytes = description.ToBytes();
        if (bytes.Length > Job.MostRequestBytes)
            throw new ClusterException(string.Create(CultureInfo.InvariantCulture, $"What silos must know of the table, {bytes.Length:N0} bytes, is more than they take, {Job.MostRequestBytes:N0}; let them read its rows from a folder instead."));
        return coordinator.OpenTableAsync(kind, bytes, description.Marks.Length, cancellation).GetAwaiter().GetResult();
    }
}
