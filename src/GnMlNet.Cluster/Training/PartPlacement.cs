using System.Globalization;
using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>Silos read the rows from where they are, and make their parts themselves: they are told how, and say how their parts lie in blocks; then training passes over these.</summary>
/// <param name="coordinator">The silo of this process.</param>
/// <param name="kind">The kind of table that silos know it by.</param>
/// <param name="reading">How rows are read, for the factory of that kind.</param>
internal sealed class PartPlacement(ClusterSilo coordinator, string kind, Func<ReadOnlyMemory<byte>> reading) : RowPlacement(coordinator)
{
    internal override bool ReadsRowsAnew => true;

    // No silo has all rows.
    internal override SpreadChoice Choose(MemberTable members, long rows, Spread? asked, Func<IReadOnlyList<double>> readCores) => asked == Spread.Members
        ? throw new ClusterException("Members are spread where every silo reaches all rows; silos that read rows themselves have some each. Spread rows, or write them into a folder.")
        : new SpreadChoice(Spread.Rows, "each reads its own");

    internal override ClusterRows LayOut(TableRecipe recipe, IRowSource source, MemberTable? members, RunOptions run, CancellationToken cancellation)
    {
        if (source is not RereadRows stream) throw new NotSupportedException("Silos read rows themselves that are streamed here, too.");
        // Groups are numbered here alone.
        if (source.HasGroups) recipe = recipe with { Cells = recipe.FindCells(source, cancellation) };
        var description = new PartDescription(recipe, stream.Parts(recipe.BlocksOfPart), reading());
        ClusterTable table, parts = Open(kind, Checked(description), description.Marks.Length, cancellation);
        try
        {
            description = description with { Layout = AskForLayout(parts, description, cancellation) };
            table = OpenTable(kind, Checked(description), description.Marks.Length, cancellation);
        }
        finally
        {
            // What silos have made they keep for the table that is open now.
            parts.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        TableLayout layout = description.Layout;
        return new ClusterRows(table, layout, Load, own: null, cancellation);

        RowBlock[] Load(int map, int[] blocks)
        {
            var question = new PartQuestion.Records(map, blocks);
            return Checked(() => question.BlocksOf(Ask(table, question, cancellation), recipe, layout));
        }
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

    private static byte[] Checked(PartDescription description)
    {
        byte[] bytes = description.ToBytes();
        if (bytes.Length <= Job.MostRequestBytes) return bytes;
        throw new ClusterException(string.Create(CultureInfo.InvariantCulture, $"What silos must know of the table, {bytes.Length:N0} bytes, is more than they take, {Job.MostRequestBytes:N0}; let them read its rows from a folder instead."));
    }
}
