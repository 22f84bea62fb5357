namespace GnMlNet.Cli.Reading;

/// <summary>The cells of some rows in succession, column by column, as they were read.</summary>
internal sealed class CellBlock
{
    // About as many cells as a block of lines has.
    private const int MostCells = 1 << 17;
    private const int LeastRows = 16;
    private const int MostRows = 1 << 13;

    private readonly ColumnCells?[] _columns;
    private readonly MissingMarks _missing;
    private readonly ulong[] _rows;

    /// <param name="columns">How many columns there are.</param>
    /// <param name="capacity">How many rows there can be.</param>
    /// <param name="missing">Which cells are missing values.</param>
    internal CellBlock(int columns, int capacity, MissingMarks missing)
    {
        (_columns, _missing, _rows) = (new ColumnCells[columns], missing, new ulong[capacity]);
        for (int k = 0; k < columns; k++) _columns[k] = new ColumnCells(capacity);
    }

    /// <summary>How many rows there are.</summary>
    internal int RowCount { get; private set; }

    /// <summary>How many lines its rows were in, blank ones among them; 0 where nobody counts them.</summary>
    internal int LineCount { get; private set; }

    /// <summary>Which of the files of a table its rows are in.</summary>
    internal int File { get; set; }

    /// <summary>The number in its file of its first row.</summary>
    internal int FirstRow { get; set; }

    internal bool IsFull => RowCount == _rows.Length;

    /// <summary>The fingerprints of the rows.</summary>
    internal ReadOnlySpan<ulong> Rows => _rows.AsSpan(0, RowCount);

    /// <summary>The cells of a column; null where they are not kept.</summary>
    internal ColumnCells? this[int column] => _columns[column];

    /// <summary>How many rows a block has whose lines are not known beforehand.</summary>
    internal static int CapacityOf(int columns) => Math.Clamp(MostCells / columns, LeastRows, MostRows);

    /// <summary>Forgets the cells of a column.</summary>
    internal void Forget(int column) => _columns[column] = null;

    /// <summary>Adds the row that a reader is at.</summary>
    internal void Add(TableFile.Reader reader)
    {
        for (int k = 0; k < _columns.Length; k++) AddCell(k, RowCount, reader[k]);
        RowCount++;
    }

    /// <summary>Adds a cell of text, which may be that of a number. Cells of a row are added from the first column to the last.</summary>
    internal void AddCell(int column, int row, ReadOnlySpan<char> cell)
    {
        if (PlainNumber.TryParse(cell, out PlainNumber number) && !(_missing.HaveNumbers && _missing.Contain(cell))) Add(column, row, number, cell, Fingerprint.Of(cell));
        else AddText(column, row, cell);
    }

    /// <summary>Adds a cell that is no plain number, whatever its text.</summary>
    internal void AddText(int column, int row, ReadOnlySpan<char> cell)
    {
        ulong fingerprint = Fingerprint.Of(cell);
        _rows[row] = Fingerprint.With(_rows[row], fingerprint);
        _columns[column]!.Add(row, cell, fingerprint);
    }

    /// <summary>Adds a finite number that the file holds as such.</summary>
    internal void AddNumber(int column, int row, double value) =>
        Add(column, row, new PlainNumber(value, PlainNumber.IsWhole(value) ? PlainForm.Whole : PlainForm.Pointed), [], Fingerprint.Of(value));

    /// <summary>Ends the adding of cells.</summary>
    /// <param name="rows">How many rows there are.</param>
    internal void End(int rows) => RowCount = rows;

    /// <summary>The rows of a block of lines, where there is nothing special about them: no quotes, a cell for each column, ends of lines as usual. Null where there is, or could be.</summary>
    /// <param name="lines">Whole lines.</param>
    /// <param name="delimiter">Between two cells; no space.</param>
    /// <param name="columns">How many columns there are.</param>
    /// <param name="missing">Which cells are missing values.</param>
    internal static CellBlock? OfPlainLines(ReadOnlySpan<char> lines, char delimiter, int columns, MissingMarks missing)
    {
        if (lines.Contains('"')) return null;
        var block = new CellBlock(columns, lines.Count('\n') + 1, missing);
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf('\n');
            ReadOnlySpan<char> line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            block.LineCount++;
            if (line.EndsWith('\r')) line = line[..^1];
            // A carriage return alone ends a line, too.
            if (line.Contains('\r') || (line.Length > 0 && !block.TryAddLine(line, delimiter))) return null;
        }

        return block;
    }

    private bool TryAddLine(ReadOnlySpan<char> line, char delimiter)
    {
        for (int k = 0; k < _columns.Length; k++)
        {
            int end = line.IndexOf(delimiter);
            if (end < 0 != (k == _columns.Length - 1)) return false;
            AddCell(k, RowCount, (end < 0 ? line : line[..end]).Trim(' '));
            line = line[(end + 1)..];
        }

        RowCount++;
        return true;
    }

    private void Add(int column, int row, PlainNumber number, ReadOnlySpan<char> cell, ulong fingerprint)
    {
        _rows[row] = Fingerprint.With(_rows[row], fingerprint);
        _columns[column]!.Add(row, number, cell, fingerprint);
    }
}
