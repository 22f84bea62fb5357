namespace GnMlNet.Cli.Reading;

/// <summary>A table in a file: names of columns and rows of cells, whatever the format of the file.</summary>
/// <param name="settings">What the user said about how it is written.</param>
internal abstract class TableFile(ReadingSettings settings)
{
    private const string Wanted = "CSV or Parquet file";

    private ColumnScan? _scan;

    /// <summary>What it is called in messages.</summary>
    internal abstract string Path { get; }

    /// <summary>The files that it is in.</summary>
    internal virtual IReadOnlyList<string> FileNames => [Path];

    /// <summary>What the user said about how it is written.</summary>
    internal ReadingSettings Settings { get; } = settings;

    /// <summary>The names that the columns go by, all different and none empty.</summary>
    internal abstract IReadOnlyList<string> Header { get; }

    /// <summary>The names of the columns as they are written; empty where a column has none.</summary>
    internal abstract IReadOnlyList<string> WrittenHeader { get; }

    /// <summary>How it is laid out, in a few words.</summary>
    internal abstract string Layout { get; }

    /// <summary>Between two cells of text; a space means runs of spaces and tabs. Null where nothing is between them.</summary>
    internal virtual char? Delimiter => null;

    /// <summary>Which cells are missing values.</summary>
    internal MissingMarks Missing { get; } = new(settings.MissingMarks);

    /// <summary>How its columns are read, found out in one pass when it is first asked for.</summary>
    /// <exception cref="UserError">The file has no rows, or a row is malformed.</exception>
    internal ColumnScan Scan => _scan ??= ColumnScan.Of(this);

    /// <summary>Finds it out anew, and how many rows are copies of others, which takes a number for every row.</summary>
    /// <exception cref="UserError">The file has no rows, or a row is malformed.</exception>
    internal ColumnScan ScanForCopies() => _scan = ColumnScan.Of(this, countsCopies: true);

    /// <summary>What the user should know about how the file was read.</summary>
    internal abstract IEnumerable<string> Notes { get; }

    /// <summary>Opens a file and finds out how it is laid out.</summary>
    /// <param name="path">The file, or - for the standard input.</param>
    /// <param name="settings">What the user said about it.</param>
    /// <param name="label">A column that must be there; null where none is known.</param>
    /// <exception cref="UserError">There is no such file, or it is no table.</exception>
    internal static TableFile Open(string path, ReadingSettings settings, string? label = null) => Open(InputFile.Open(path, Wanted), settings, label);

    /// <summary>Opens files as one table.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="settings">What the user said about them.</param>
    /// <param name="label">A column that must be there; null where none is known.</param>
    /// <exception cref="UserError">One of them is not there, is no table, or has other columns than the first.</exception>
    internal static TableFile Open(IReadOnlyList<string> paths, ReadingSettings settings, string? label = null) => paths.Count == 1 ? Open(paths[0], settings, label) : JoinedFile.OfAll(paths, settings, label);

    /// <inheritdoc cref="Open(string, ReadingSettings, string?)"/>
    internal static TableFile Open(InputFile file, ReadingSettings settings, string? label = null) => IsParquet(file) ? ParquetFile.Of(file, settings) : CsvFile.Of(TextFile.Open(file), settings, label);

    /// <summary>The index of a column.</summary>
    /// <exception cref="UserError">There is no such column.</exception>
    internal int IndexOf(string column) => Find(column) is var index and >= 0 ? index : throw new UserError($"{Path}: there is no column '{column}'.{Suggestion(column)} The columns are {string.Join(", ", Header)}.");

    /// <summary>The index of a column, or -1.</summary>
    internal int Find(string column)
    {
        for (int i = 0; i < Header.Count; i++)
        {
            if (Header[i] == column) return i;
        }

        return -1;
    }

    /// <summary>Whether a column has cells; else <see cref="Declared"/> says what it has instead, and each of its cells reads as empty.</summary>
    internal bool HasCells(int index) => Declared(index) is not ColumnNotation.NoCells;

    /// <summary>How the cells of a column are read where the file itself says so, of dates once all blocks have been read; null where the cells must tell.</summary>
    internal virtual ColumnNotation? Declared(int index) => null;

    /// <summary>All rows, some at a time and in order, as they are taken into account and kept.</summary>
    /// <param name="firstRow">The first row to read, by number from 0; the block that it is in may begin before it.</param>
    /// <exception cref="UserError">A row is malformed.</exception>
    internal abstract IEnumerable<CellBlock> ReadBlocks(int firstRow = 0);

    /// <summary>Starts reading the rows.</summary>
    internal abstract Reader Read();

    /// <summary>Starts reading some columns of the rows, from what was kept of the file where that suffices, and in blocks where that is faster.</summary>
    /// <param name="suffices">Whether what is known of the cells has what will be read.</param>
    internal Reader Read(Func<IKnownCells, bool> suffices)
    {
        if (_scan is null) return Read();
        if (!_scan.Cells.IsEmpty && suffices(_scan.Cells)) return _scan.Cells.Read(this);
        return ReadFrom(0, _scan.Forms, suffices);
    }

    /// <summary>Starts reading some columns of the rows from one on.</summary>
    /// <param name="firstRow">The first row to read, by number from 0.</param>
    /// <param name="forms">How the cells are written.</param>
    /// <param name="suffices">Whether what is known of the cells has what will be read.</param>
    internal virtual Reader ReadFrom(int firstRow, CellForms forms, Func<IKnownCells, bool> suffices)
    {
        if (BlocksAreFaster && suffices(forms)) return new CellRows(this, ReadBlocks(firstRow), forms, (block, column, code) => block[column]!.Texts[code - 1], firstRow);
        Reader reader = Read();
        for (int row = 0; row < firstRow && reader.MoveNext(); row++)
        {
        }

        return reader;
    }

    /// <inheritdoc cref="Suggestion"/>
    internal string SuggestionOf(string column) => Suggestion(column);

    /// <summary>Whether rows are read faster in blocks than one by one.</summary>
    protected virtual bool BlocksAreFaster => false;

    /// <summary>What may help where a column is not there; starts with a space, or is empty.</summary>
    protected virtual string Suggestion(string column)
    {
        string? close = Header.FirstOrDefault(name => string.Equals(name, column.Trim(), StringComparison.OrdinalIgnoreCase));
        return close is null ? "" : $" Did you mean '{close}'?";
    }

    private static bool IsParquet(InputFile file)
    {
        using Stream stream = file.OpenStream();
        return ParquetFooter.Begins(BinaryKind.FirstBytes(stream));
    }

    /// <summary>Reads the rows one by one.</summary>
    internal abstract class Reader : IDisposable
    {
        /// <summary>The cell in column <paramref name="index"/> of the current row.</summary>
        internal abstract string this[int index] { get; }

        /// <summary>Where the current row is, such as "line 7".</summary>
        internal abstract string Place { get; }

        /// <summary>Moves to the next row.</summary>
        /// <exception cref="UserError">The row has more or fewer cells than there are columns, or is malformed.</exception>
        internal abstract bool MoveNext();

        /// <summary>A cell that is known as a plain number, as any notation reads it that the column is read in.</summary>
        /// <param name="index">The column.</param>
        /// <param name="value">The number, which may be infinite.</param>
        /// <returns>False where the cell is to be read as text.</returns>
        internal virtual bool TryGetPlain(int index, out double value)
        {
            value = double.NaN;
            return false;
        }

        /// <summary>A cell that is known as a date or a time of day.</summary>
        /// <param name="index">The column.</param>
        /// <param name="time">The date and the time on the clock of its own zone.</param>
        /// <returns>False where the cell is to be read as text.</returns>
        internal virtual bool TryGetTime(int index, out DateTimeOffset time)
        {
            time = default;
            return false;
        }

        /// <summary>The error of a cell, which says where it is.</summary>
        internal abstract UserError BadCell(int index, string what);

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
        }
    }
}
