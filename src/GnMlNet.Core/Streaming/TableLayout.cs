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

    /// <summary>The folds of a partition.</summary>
    internal int Folds => _folds;

    /// <summary>How many parts there are.</summary>
    internal int PartCount => _partStarts.Count - 1;

    /// <summary>How many blocks there are.</summary>
    internal int BlockCount => _cells.Count;

    /// <summary>n.</summary>
    internal long RowCount { get; private set; }

    /// <summary>The first block of a part; of the part behind the last, how many blocks there are.</summary>
    internal int FirstBlock(int part) => _partStarts[part];

    /// <summary>How many rows some parts have.</summary>
    internal long RowsOf(int firstPart, int endPart)
    {
        long rows = 0;
        for (int block = FirstBlock(firstPart); block < FirstBlock(endPart); block++) rows += _rowCounts[block];
        return rows;
    }

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
        double weight = 0;
        for (int j = 0; j < block.RowCount; j++) weight += block.Weights[j];
        Add(block.RowCount, weight, cell);
    }

    /// <inheritdoc cref="Add(RowBlock, Cell)"/>
    internal void Add(int rows, double weight, Cell cell)
    {
        _rowCounts.Add((ushort)rows);
        _weights.Add(weight);
        _cells.Add(cell);
        RowCount += rows;
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

    /// <summary>Writes it.</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(_folds);
        writer.Write(PartCount);
        foreach (int start in _partStarts) writer.Write(start);
        for (int block = 0; block < BlockCount; block++)
        {
            writer.Write(_rowCounts[block]);
            writer.Write(_cells[block].First);
            writer.Write(_cells[block].Second);
            writer.Write(_weights[block]);
        }
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static TableLayout Read(BinaryReader reader)
    {
        const int bytesOfBlock = (3 * sizeof(ushort)) + sizeof(double);
        long Left() => reader.BaseStream.Length - reader.BaseStream.Position;
        var layout = new TableLayout(reader.ReadInt32());
        int parts = reader.ReadInt32();
        if (layout._folds < 1 || parts < 1 || parts > Left() / sizeof(int)) throw new FormatException($"A table of {parts} parts and {layout._folds} folds.");
        layout._partStarts.Clear();
        for (int part = 0; part <= parts; part++)
        {
            int start = reader.ReadInt32();
            if (part == 0 ? start != 0 : start < layout._partStarts[^1]) throw new FormatException($"Part {part} of a table begins at block {start}.");
            layout._partStarts.Add(start);
        }

        int blocks = layout._partStarts[^1];
        if (blocks > Left() / bytesOfBlock) throw new FormatException($"A table of {blocks} blocks.");
        for (int block = 0; block < blocks; block++)
        {
            ushort rows = reader.ReadUInt16();
            layout._rowCounts.Add(rows);
            layout._cells.Add(new Cell(reader.ReadUInt16(), reader.ReadUInt16()));
            layout._weights.Add(reader.ReadDouble());
            layout.RowCount += rows;
            if (rows is 0 or > RowBlock.Capacity || layout._cells[^1].First >= layout._folds || layout._cells[^1].Second >= layout._folds) throw new FormatException($"Block {block} of a table has {rows} rows.");
        }

        return layout;
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
