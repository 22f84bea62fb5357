namespace GnMlNet.Cli.Reading;

/// <summary>The cells of a file as they were found in the one pass over it, so that it need not be read again: those of all columns but the ones with too many different texts, and none where they take too much memory.</summary>
/// <param name="forms">How its cells are written.</param>
/// <param name="memoryLimit">The bytes that the command may take; cells may take an eighth of them.</param>
internal sealed class KeptCells(CellForms forms, long memoryLimit) : IKnownCells
{
    // Of more different texts, such as a time for every row, the file keeps better than memory.
    private const int MostTexts = 10_000;

    private const long MostBytes = 1 << 29;
    private const int ShareOfMemory = 8;

    private readonly long _mostBytes = Math.Min(MostBytes, memoryLimit / ShareOfMemory);
    private readonly List<CellBlock> _blocks = [];
    private readonly Column[] _columns = [.. Enumerable.Range(0, forms.ColumnCount).Select(_ => new Column())];
    private long _bytes;

    /// <summary>Of no column.</summary>
    internal static KeptCells None(CellForms forms)
    {
        var none = new KeptCells(forms, memoryLimit: 0);
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

    /// <inheritdoc/>
    public bool HaveNumbers(int column, NumberNotation notation) => _columns[column].IsKept && forms.HaveNumbers(column, notation);

    /// <inheritdoc/>
    public bool HaveTexts(int column) => _columns[column].IsKept && forms.HaveTexts(column);

    /// <summary>Starts reading the rows.</summary>
    /// <param name="file">The file, which is asked again only for what a message says.</param>
    internal TableFile.Reader Read(TableFile file) => new CellRows(file, _blocks, forms, (_, column, code) => _columns[column].Text(code));

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

        internal bool IsKept { get; set; } = true;

        internal int TextCount => _texts.Count;

        internal string Text(int code) => _texts[code - 1];

        internal void Add(ColumnCells cells) => cells.Renumber([.. cells.Texts.Select(PlaceOf)]);

        private int PlaceOf(string text)
        {
            if (_places.TryGetValue(text, out int place)) return place;
            _texts.Add(text);
            _places.Add(text, _texts.Count);
            return _texts.Count;
        }
    }
}
