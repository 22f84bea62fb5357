namespace GnMlNet.Cli.Reading;

/// <summary>Reads the rows of blocks one by one.</summary>
/// <param name="file">The file, which is asked again only for what a message says.</param>
/// <param name="blocks">The blocks: those that were kept of it, or as they are read.</param>
/// <param name="forms">How its cells are written.</param>
/// <param name="text">The text of a code in a column of a block.</param>
/// <param name="firstRow">The first row to read, by number from 0; the first block, which may begin before it, knows its number.</param>
internal sealed class CellRows(TableFile file, IEnumerable<CellBlock> blocks, CellForms forms, Func<CellBlock, int, int, string> text, int firstRow = 0) : TableFile.Reader
{
    private readonly IEnumerator<CellBlock> _blocks = blocks.GetEnumerator();
    private CellBlock? _block;
    private int _row = -1;
    private int _rowOfFile = firstRow - 1;

    /// <inheritdoc/>
    internal override string this[int index]
    {
        get
        {
            if (CodeOf(index) is var code and > 0) return text(_block!, index, code);
            if (forms.HaveTexts(index)) return PlainNumber.WholeText(Cells(index).Numbers[_row]);
            using TableFile.Reader reader = AtThisRow();
            return reader[index];
        }
    }

    /// <inheritdoc/>
    internal override string Place
    {
        get
        {
            using TableFile.Reader reader = AtThisRow();
            return reader.Place;
        }
    }

    /// <inheritdoc/>
    internal override bool TryGetPlain(int index, out double value)
    {
        ColumnCells cells = Cells(index);
        value = cells.Numbers[_row];
        return cells.Codes.IsEmpty || cells.Codes[_row] == 0;
    }

    /// <inheritdoc/>
    internal override bool MoveNext()
    {
        for (_row++; _block is null || _row >= _block.RowCount;)
        {
            if (!_blocks.MoveNext()) return false;
            _row = _block is null && firstRow > 0 ? firstRow - _blocks.Current.FirstRow : 0;
            _block = _blocks.Current;
        }

        _rowOfFile++;
        return true;
    }

    /// <inheritdoc/>
    internal override UserError BadCell(int index, string what)
    {
        using TableFile.Reader reader = AtThisRow();
        return reader.BadCell(index, what);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _blocks.Dispose();
        base.Dispose(disposing);
    }

    private ColumnCells Cells(int index) => _block![index]!;

    private int CodeOf(int index) => Cells(index).Codes is { IsEmpty: false } codes ? codes[_row] : 0;

    private TableFile.Reader AtThisRow()
    {
        TableFile.Reader reader = file.Read();
        for (int row = 0; row <= _rowOfFile; row++) reader.MoveNext();
        return reader;
    }
}
