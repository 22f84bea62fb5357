using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Measuring;

/// <summary>
/// Rows that every silo makes itself, to measure passes over them: what they are depends on their numbers alone. A sum has one number more than its pass, behind the others: the seconds that cores took for it.
/// </summary>
internal sealed class GeneratedRows(GeneratedTable table) : IPartWork
{
    /// <summary>The kind of table.</summary>
    internal const string Kind = "generated rows";

    // Every range, which is a node of the tree of sums and so the tree of a table of its own, is made once and kept.
    private readonly ConcurrentDictionary<(int, int), Lazy<LargeTable>> _nodes = new();

    public double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation)
    {
        LargeTable node = _nodes.GetOrAdd((firstPart, endPart), _ => new Lazy<LargeTable>(() => table.Make(firstPart, endPart))).Value;
        long start = Stopwatch.GetTimestamp();
        RowPass pass = Over(node, PassBytes.Read(request));
        double[] sum = node.Sum(pass, 0, endPart - firstPart, cancellation) ?? new double[pass.Length];
        return [.. sum, Stopwatch.GetElapsedTime(start).TotalSeconds];
    }

    /// <summary>A pass over all rows of a node, or over a block of every part where it is one over a sample.</summary>
    private static RowPass Over(LargeTable node, RowPass pass)
    {
        var network = (NetworkPass)pass;
        int blocks = node.Layout.BlockCount;
        RowSample sample = network.Choice.Sample.IsAll ? RowSample.All(blocks) : new RowSample(0, node.Layout.PartCount, blocks);
        var choice = new BlockChoice(Member: null, sample);
        return pass is GramPass gram ? new GramPass(gram.Point, choice, gram.TotalWeight, gram.InSinglePrecision) : new GradientPass(network.Point, choice, network.TotalWeight);
    }

    /// <summary>Makes the work.</summary>
    internal sealed class Factory : IPartWorkFactory
    {
        public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation)
        {
            if (description.Length != sizeof(long) + sizeof(int)) throw new ClusterException($"A table of generated rows is described by two numbers; there are {description.Length} bytes.");
            var table = new GeneratedTable(BinaryPrimitives.ReadInt64LittleEndian(description.Span), BinaryPrimitives.ReadInt32LittleEndian(description.Span[sizeof(long)..]));
            return table is { Rows: > 0, Inputs: > 0 and <= GeneratedTable.MostInputs } ? new GeneratedRows(table) : throw new ClusterException($"A table of {table.Rows} generated rows with {table.Inputs} inputs.");
        }
    }
}
