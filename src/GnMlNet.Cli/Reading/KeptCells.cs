namespace GnMlNet.Cli.Reading;

/// <summary>The cells of a file as they were found in the one pass over it, so that it need not be read again: those of all columns but the ones with too many different texts, and none where they take too much memory.</summary>
/// <param name="columnCount">How many columns there are.</param>
/// <param name="memoryLimit">The bytes that the command may take; cells may take an eighth of them.</param>
internal sealed class KeptCells(int columnCount, long memoryLimit)
{
    // Of more different texts, such as a time for every row, the file keeps better than memory.
    private const int MostTexts = 10_000;

    private const long MostBytes = 1 << 29;
    private const int ShareOfMemory = 8;

    private readonly long _mostBytes = Math.Min(MostBytes, memoryLimit / ShareOfMemory);
    private readonly List<CellBlock> _blocks = [];
    private readonly Column[] _columns = [.. Enumerable.Range(0, columnCount).Select(_ => new Column())];
    private long _bytes;

    /// <summary>Of no column.</summary>
    internal static KeptCells None(int columnCount)
    {
        var none = new KeptCells(columnCount, memoryLimit: 0);
        foreach (Column column in none._columns) column.IsKept = false;
        return none;
    }

    /// <summary>Takes over the rows that follow.</summary>
    internal void Add(CellBlock block)
    {
        if (IsEmpty) return;
        _blocks.Add(block);
        for (int k = 0; k < _columns.Length; k++)
        {
            if (!_columns[k].IsKept)
            {
                block.Forget(k);
                continue;
            }

            _columns[k].Add(block[k]!);
            _bytes += block[k]!.Bytes;
            if (_columns[k].TextCount > MostTexts) Forget(k);
        }

        if (_bytes > _mostBytes)
        {
            // Most passes need all columns, so that some of them would save none.
            for (int k = 0; k < _columns.Length; k++) Forget(k);
        }

        if (IsEmpty) _blocks.Clear();
    }

    /// <summary>Whether no column was kept.</summary>
    internal bool IsEmpty => Array.TrueForAll(_columns, column => !column.IsKept);

    /// <summary>Whether the numbers of a column are known in a notation.</summary>
    internal bool HaveNumbers(int column, NumberNotation notation) => _columns[column].HaveNumbers(notation);

    /// <summary>Whether it is known how every cell of a column is written.</summary>
    internal bool HaveTexts(int column) => _columns[column].HaveTexts;

    /// <summary>Starts reading the rows.</summary>
    /// <param name="file">The file, which is asked again only for what a message says.</param>
    internal TableFile.Reader Read(TableFile file) => new Rows(this, file);

    private void Forget(int column)
    {
        _columns[column] = new Column { IsKept = false };
        foreach (CellBlock block in _blocks)
        {
            _bytes -= block[column]?.Bytes ?? 0;
            block.Forget(column);
        }
    }

    /// <summary>What is known of all cells of a column.</summary>
    private sealed class Column
    {
        private readonly Dictionary<string, int> _places = [];
        private readonly List<string> _texts = [];
        private bool _hasPlain;
        private bool _hasPoints;
        private bool _hasUnknownTexts;

        internal bool IsKept { get; set; } = true;

        internal int TextCount => _texts.Count;

        internal bool HaveTexts => IsKept && !_hasUnknownTexts;

        internal string Text(int code) => _texts[code - 1];

        // A point is none of a number with a decimal comma, and a number without a percent sign none of percents.
        internal bool HaveNumbers(NumberNotation notation) => IsKept && !(_hasPoints && notation.DecimalMark != '.') && !(_hasPlain && notation.IsPercent);

        internal void Add(ColumnCells cells)
        {
            int pointed = cells.Count(PlainForm.Pointed) + cells.Count(PlainForm.Grouped), unpointed = cells.Count(PlainForm.Unpointed);
            _hasPoints |= pointed > 0;
            _hasUnknownTexts |= pointed + unpointed > 0;
            _hasPlain |= pointed + unpointed + cells.Count(PlainForm.Whole) > 0;
            cells.Renumber([.. cells.Texts.Select(PlaceOf)]);
        }

        private int PlaceOf(string text)
        {
            if (_places.TryGetValue(text, out int place)) return place;
            _texts.Add(text);
            _places.Add(text, _texts.Count);
            return _texts.Count;
        }
    }

    private sealed class Rows(KeptCells kept, TableFile file) : TableFile.Reader
    {
        private int _block;
        private int _row = -1;
        private int _rowOfFile = -1;

        /// <inheritdoc/>
        internal override string this[int index]
        {
            get
            {
                if (CodeOf(index) is var code and > 0) return kept._columns[index].Text(code);
                if (kept.HaveTexts(index)) return PlainNumber.WholeText(Cells(index).Numbers[_row]);
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
            for (_row++; _block < kept._blocks.Count; _block++, _row = 0)
            {
                if (_row >= kept._blocks[_block].RowCount) continue;
                _rowOfFile++;
                return true;
            }

            return false;
        }

        /// <inheritdoc/>
        internal override UserError BadCell(int index, string what)
        {
            using TableFile.Reader reader = AtThisRow();
            return reader.BadCell(index, what);
        }

        private ColumnCells Cells(int index) => kept._blocks[_block][index]!;

        private int CodeOf(int index) => Cells(index).Codes is { IsEmpty: false } codes ? codes[_row] : 0;

        private TableFile.Reader AtThisRow()
        {
            TableFile.Reader reader = file.Read();
            for (int row = 0; row <= _rowOfFile; row++) reader.MoveNext();
            return reader;
        }
    }
}
