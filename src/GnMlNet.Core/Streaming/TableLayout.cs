using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// How a large table lies in blocks of rows, a few bytes for each: every block holds rows of one cell, so that a member passes over whole blocks or none, in random order within its part. A part is made of rows that followed each
/// other in the source; parts do not depend on who holds them, and all sums are made part by part.
/// </summary>
internal sealed class TableLayout
{
    private readonly List<int> _partStarts = [0];
    private readonly List<ushort> _rowCounts = [];
    private readonly List<double> _weights = [];
    private readonly List<Cell> _cells = [];
    private readonly Dictionary<int, int[]> _orders = [];
    private readonly int _folds;

    /// <param name="folds">The folds of a partition: member k leaves out fold k mod folds of partition k / folds.</param>
    internal TableLayout(int folds) => _folds = folds;

    /// <summary>How many parts there are.</summary>
    internal int PartCount => _partStarts.Count - 1;

    /// <summary>How many blocks there are.</summary>
    internal int BlockCount => _cells.Count;

    /// <summary>n.</summary>
    internal long RowCount { get; private set; }

    /// <summary>The first block of a part; of the part behind the last, how many blocks there are.</summary>
    internal int FirstBlock(int part) => _partStarts[part];

    /// <summary>How many rows of a block are in use.</summary>
    internal int RowCountOf(int block) => _rowCounts[block];

    /// <summary>The weight of a block's rows.</summary>
    internal double WeightOf(int block) => _weights[block];

    /// <summary>The folds of a block's rows.</summary>
    internal Cell CellOf(int block) => _cells[block];

    /// <summary>The members that leave out a block: one of each partition.</summary>
    internal int LeftOutBy(int block, int partition) => (partition * _folds) + _cells[block].Of(partition);

    /// <summary>Adds a block to the part that is being made.</summary>
    internal void Add(RowBlock block, Cell cell)
    {
        _rowCounts.Add((ushort)block.RowCount);
        _cells.Add(cell);
        double weight = 0;
        for (int j = 0; j < block.RowCount; j++) weight += block.Weights[j];
        _weights.Add(weight);
        RowCount += block.RowCount;
    }

    /// <summary>Ends a part.</summary>
    internal void EndPart() => _partStarts.Add(BlockCount);

    /// <summary>The blocks that a member trains on, in the order in which it takes them: the first of every part, then the second of every part, and so on.</summary>
    /// <param name="member">The number of the member; null for all blocks.</param>
    internal int[] Order(int? member)
    {
        lock (_orders)
        {
            int key = member ?? -1;
            return _orders.TryGetValue(key, out int[]? known) ? known : _orders[key] = MakeOrder(member);
        }
    }

    private int[] MakeOrder(int? member)
    {
        var order = new List<int>(BlockCount);
        int rounds = Enumerable.Range(0, PartCount).Max(part => FirstBlock(part + 1) - FirstBlock(part));
        for (int round = 0; round < rounds; round++)
        {
            for (int part = 0; part < PartCount; part++)
            {
                int block = FirstBlock(part) + round;
                if (block < FirstBlock(part + 1) && (member is not { } k || LeftOutBy(block, k / _folds) != k)) order.Add(block);
            }
        }

        return [.. order];
    }
}
