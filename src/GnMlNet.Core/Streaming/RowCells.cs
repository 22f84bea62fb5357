using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Streaming;

/// <summary>The cell of every row of a table, by its place among all cells: a byte or two a row.</summary>
internal sealed class RowCells
{
    private readonly byte[] _bytes;
    private readonly int _width;

    /// <param name="rows">How many rows there are.</param>
    /// <param name="cells">How many cells.</param>
    /// <exception cref="ArgumentException">They take more bytes than an array has.</exception>
    internal RowCells(long rows, int cells)
    {
        _width = WidthOf(cells);
        if (rows > Array.MaxLength / _width) throw new ArgumentException($"The groups of {rows} rows are too many to be told to silos; let these read the rows from a folder.");
        _bytes = new byte[rows * _width];
    }

    private RowCells(byte[] bytes, int width) => (_bytes, _width) = (bytes, width);

    /// <summary>The cells of some rows.</summary>
    /// <exception cref="FormatException">There are no such rows.</exception>
    internal int[] Of(long firstRow, int count)
    {
        if ((firstRow + count) * _width > _bytes.Length) throw new FormatException($"There are cells of {_bytes.Length / _width} rows, but {firstRow + count} rows.");
        int[] cells = new int[count];
        for (int j = 0; j < count; j++)
        {
            long at = (firstRow + j) * _width;
            cells[j] = _width == 1 ? _bytes[at] : _bytes[at] | (_bytes[at + 1] << 8);
        }

        return cells;
    }

    /// <summary>Says the cells of some rows.</summary>
    internal void Set(long firstRow, ReadOnlySpan<int> cells)
    {
        for (int j = 0; j < cells.Length; j++)
        {
            long at = (firstRow + j) * _width;
            _bytes[at] = (byte)cells[j];
            if (_width == 2) _bytes[at + 1] = (byte)(cells[j] >> 8);
        }
    }

    internal void Write(StateWriter writer) => writer.Write(_bytes);

    internal static RowCells Read(StateReader reader, long rows, int cellCount)
    {
        int width = WidthOf(cellCount);
        reader.Check(rows <= Math.Min(reader.Remaining, Array.MaxLength) / width, $"cells of {rows} rows do not fit into it");
        var read = new RowCells(reader.ReadBytes((int)rows * width, "the cells of rows"), width);
        for (int first = 0; first < rows; first += 1 << 16)
        {
            foreach (int cell in read.Of(first, (int)Math.Min(1 << 16, rows - first))) reader.Check(cell < cellCount, $"a row is in cell {cell} of {cellCount}");
        }

        return read;
    }

    private static int WidthOf(int cells) => cells <= byte.MaxValue + 1 ? 1 : 2;
}
