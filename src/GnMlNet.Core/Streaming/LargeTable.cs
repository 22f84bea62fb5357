using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Streaming;

/// <summary>A large table whose rows are here, in memory or on disk: for each map the inputs of all blocks in single precision, with labels and weights in double.</summary>
internal sealed class LargeTable : RowTable
{
    // Parts have unlike numbers of the blocks of a pass.
    private const int PiecesOfThread = 4;

    private readonly BlockRecord _record;
    private readonly RecordStore[] _views;
    private readonly int _inputSize;

    /// <param name="layout">How it lies in blocks.</param>
    /// <param name="record">A block as bytes.</param>
    /// <param name="views">The blocks in every map; given back with the table.</param>
    /// <param name="inputSize">d.</param>
    internal LargeTable(TableLayout layout, BlockRecord record, RecordStore[] views, int inputSize) => (Layout, _record, _views, _inputSize) = (layout, record, views, inputSize);

    internal override TableLayout Layout { get; }

    /// <summary>d.</summary>
    internal int InputSize => _inputSize;

    /// <summary>The maps that there are blocks of.</summary>
    internal int MapCount => _views.Length;

    /// <summary>Told how many rows a node passed over, by any thread.</summary>
    internal Action<long>? Passed { get; set; }

    internal override double[] Sum(RowPass pass, WorkSharing? work = null)
    {
        int threads = work?.Threads ?? 1, parts = Layout.PartCount;
        if (threads == 1) return Sum(pass, 0, parts) ?? new double[pass.Length];

        // Whoever makes which nodes of the tree, they are the same.
        int pieces = Math.Min(parts, PiecesOfThread * threads);
        (int Lo, int Hi)[] nodes = [.. Enumerable.Range(0, pieces).SelectMany(i => PartTree.NodesWithin(parts, (int)((long)i * parts / pieces), (int)((i + 1L) * parts / pieces)))];
        var sums = new double[]?[nodes.Length];
        work!.For(nodes.Length, i => sums[i] = Sum(pass, nodes[i].Lo, nodes[i].Hi));
        Dictionary<(int, int), double[]?> made = nodes.Zip(sums).ToDictionary();
        return PartTree.Sum(0, parts, (lo, hi) => made[(lo, hi)], (lo, hi) => made.ContainsKey((lo, hi))) ?? new double[pass.Length];
    }

    /// <summary>The node of some parts.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="firstPart">The first part.</param>
    /// <param name="endPart">The part behind the last.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>The sum, or null where the pass has no blocks there.</returns>
    /// <exception cref="FormatException">The pass speaks of blocks or maps that there are none of.</exception>
    internal double[]? Sum(RowPass pass, int firstPart, int endPart, CancellationToken cancellation = default)
    {
        if (pass.Maps.Any(map => map >= _views.Length) || pass.InputSize != _inputSize) throw new FormatException("The pass is over rows of another table.");
        int[] all = pass.Blocks(Layout);
        int first = FirstAtLeast(all, Layout.FirstBlock(firstPart)), end = FirstAtLeast(all, Layout.FirstBlock(endPart));
        if (first == end) return null;
        int[] blocks = all[first..end];
        Passed?.Invoke(blocks.Sum(block => (long)Layout.RowCountOf(block)));
        StoreReader[] readers = [.. pass.Maps.Select(map => new StoreReader(_views[map], blocks))];
        try
        {
            PassSum sum = pass.Begin(Layout);
            RowBlock[] views = [.. readers.Select(_ => NewBlock(_inputSize))];
            var free = new Stack<double[]>();
            int next = 0;
            return PartTree.Sum(firstPart, endPart, (part, _) => OfPart(part), (_, _) => false, free.Push);

            double[]? OfPart(int part)
            {
                cancellation.ThrowIfCancellationRequested();
                int endBlock = Layout.FirstBlock(part + 1), from = next;
                for (; next < blocks.Length && blocks[next] < endBlock; next++)
                {
                    for (int i = 0; i < readers.Length; i++)
                    {
                        readers[i].MoveNext();
                        _record.Read(readers[i].Current.Span, Layout.RowCountOf(blocks[next]), views[i]);
                    }

                    sum.Add(blocks[next], views);
                }

                if (next == from) return null;
                if (!free.TryPop(out double[]? target)) target = new double[pass.Length];
                sum.Take(target);
                // Without negative zeros it is the same whether nothing is added or zeros are.
                for (int i = 0; i < target.Length; i++) target[i] += 0.0;
                return target;
            }
        }
        finally
        {
            foreach (StoreReader reader in readers) reader.Dispose();
        }
    }

    internal override RowBlock[] Load(int map, int[] blocks)
    {
        int[] places = [.. Enumerable.Range(0, blocks.Length).OrderBy(i => blocks[i])];
        using var reader = new StoreReader(_views[map], [.. places.Select(i => blocks[i])]);
        var loaded = new RowBlock[blocks.Length];
        foreach (int i in places)
        {
            reader.MoveNext();
            _record.Read(reader.Current.Span, Layout.RowCountOf(blocks[i]), loaded[i] = NewBlock(_inputSize));
        }

        return loaded;
    }

    /// <summary>Gives back the memory or the files.</summary>
    public override void Dispose()
    {
        foreach (RecordStore view in _views) view.Dispose();
    }

    /// <summary>Room for a block with a column of ones behind its inputs.</summary>
    internal static RowBlock NewBlock(int inputSize)
    {
        var block = new RowBlock(inputSize + 1);
        block.Column(inputSize).Fill(1);
        return block;
    }

    private static int FirstAtLeast(int[] blocks, int block)
    {
        int at = Array.BinarySearch(blocks, block);
        return at < 0 ? ~at : at;
    }
}
