namespace GnMlNet.Cli.Reading;

/// <summary>A table as text: names of columns and rows of cells, whatever the delimiter, the encoding and the lines around it.</summary>
internal sealed class CsvFile
{
    private readonly TextFile _text;
    private readonly CsvDialect _dialect;
    private ColumnScan? _scan;

    private CsvFile(TextFile text, ReadingSettings settings, CsvDialect dialect)
    {
        (_text, Settings, _dialect) = (text, settings, dialect);
        Missing = new MissingMarks(settings.MissingMarks);
    }

    /// <summary>What it is called in messages.</summary>
    internal string Path => _text.Name;

    /// <summary>What the user said about how it is written.</summary>
    internal ReadingSettings Settings { get; }

    /// <summary>The names that the columns go by, all different and none empty.</summary>
    internal IReadOnlyList<string> Header => _dialect.Names;

    /// <summary>The cells of the header as they are written; empty where a column has no name.</summary>
    internal IReadOnlyList<string> WrittenHeader => _dialect.Header;

    /// <summary>Between two cells; a space means runs of spaces and tabs.</summary>
    internal char Delimiter => _dialect.Delimiter;

    /// <summary>Which cells are missing values.</summary>
    internal MissingMarks Missing { get; }

    /// <summary>How its columns are read, found out in one pass when it is first asked for.</summary>
    /// <exception cref="UserError">The file has no rows, or a row is malformed.</exception>
    internal ColumnScan Scan => _scan ??= ColumnScan.Of(this);

    /// <summary>What the user should know about how the file was read.</summary>
    internal IEnumerable<string> Notes => _text.Note is { } note ? [note, .. _dialect.Notes] : _dialect.Notes;

    /// <summary>Opens the file and finds out how it is laid out.</summary>
    /// <param name="path">The file, or - for the standard input.</param>
    /// <param name="settings">What the user said about it.</param>
    /// <param name="label">A column that must be there; null where none is known.</param>
    /// <exception cref="UserError">There is no such file, it is empty or not text.</exception>
    internal static CsvFile Open(string path, ReadingSettings settings, string? label = null) => Open(TextFile.Open(path), settings, label);

    /// <inheritdoc cref="Open(string, ReadingSettings, string?)"/>
    internal static CsvFile Open(TextFile text, ReadingSettings settings, string? label = null) => new(text, settings, DialectDetection.Detect(text, settings, label));

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

    /// <summary>Starts reading the rows after the header.</summary>
    internal Reader Read() => new Records(this);

    /// <summary>Starts reading some columns of the rows after the header, from what was kept of the file where that suffices.</summary>
    /// <param name="suffices">Whether what was kept has what will be read.</param>
    internal Reader Read(Func<KeptCells, bool> suffices) => _scan is { } scan && suffices(scan.Cells) ? scan.Cells.Read(this) : Read();

    /// <summary>Starts reading the lines after the header as text.</summary>
    /// <returns>Null where the header is not made of whole lines.</returns>
    internal StreamReader? OpenLines(out int skippedLines)
    {
        StreamReader text = _text.OpenReader();
        for (skippedLines = 0; skippedLines < _dialect.SkippedLines; skippedLines++) text.ReadLine();
        for (int records = 0; records < _dialect.HeaderRecords; skippedLines++)
        {
            string? line = text.ReadLine();
            // A quote that is not closed in its line.
            if (line is null || line.Count(at => at == '"') % 2 == 1)
            {
                text.Dispose();
                return null;
            }

            if (line.Length > 0) records++;
        }

        return text;
    }

    /// <summary>Starts reading the rows after some lines.</summary>
    /// <param name="skippedLines">How many lines; the header is among them.</param>
    internal Reader ReadAfter(int skippedLines) => new Records(this, skippedLines);

    private string Suggestion(string column)
    {
        string? close = Header.FirstOrDefault(name => string.Equals(name, column.Trim(), StringComparison.OrdinalIgnoreCase));
        if (close is not null) return $" Did you mean '{close}'?";
        if (Header.Count == 1) return " No delimiter was found; say it with --delimiter.";
        return Header.Any(TextRecord.IsNumber) ? " If the first line holds no names, say --no-header." : "";
    }

    /// <summary>Reads the rows one by one.</summary>
    internal abstract class Reader : IDisposable
    {
        /// <summary>The cell in column <paramref name="index"/> of the current row.</summary>
        internal abstract string this[int index] { get; }

        /// <summary>The last line of the current row.</summary>
        internal abstract int Line { get; }

        /// <summary>Moves to the next row.</summary>
        /// <exception cref="UserError">The row has more or fewer cells than there are columns, or is malformed.</exception>
        internal abstract bool MoveNext();

        /// <summary>A cell that was kept as a plain number, as any notation reads it that the column was kept for.</summary>
        /// <param name="index">The column.</param>
        /// <param name="value">The number, which may be infinite.</param>
        /// <returns>False where the cell is to be read as text.</returns>
        internal virtual bool TryGetPlain(int index, out double value)
        {
            value = double.NaN;
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

    /// <summary>Reads the rows from the text of the file.</summary>
    private sealed class Records : Reader
    {
        private readonly CsvFile _file;
        private readonly RecordReader _records;
        private readonly int _skippedLines;

        internal Records(CsvFile file, int? skippedLines = null)
        {
            _file = file;
            _skippedLines = skippedLines ?? file._dialect.SkippedLines;
            StreamReader text = file._text.OpenReader();
            for (int k = 0; k < _skippedLines; k++) text.ReadLine();
            _records = RecordReader.Create(text, file._dialect.Delimiter, Refuse);
            for (int k = 0; skippedLines is null && k < file._dialect.HeaderRecords; k++) _records.Read();
        }

        internal override string this[int index] => _records[index];

        internal override int Line => _skippedLines + _records.Line;

        internal override bool MoveNext()
        {
            if (!_records.Read()) return false;
            int width = _file.Header.Count;
            if (_records.Count == width) return true;
            for (int k = width; k < _records.Count; k++)
            {
                if (_records[k].Length > 0) throw BadLength(width);
            }

            // Empty cells at the end are delimiters too many.
            return _records.Count > width ? true : throw BadLength(width);
        }

        internal override UserError BadCell(int index, string what) => new($"{_file.Path}, line {Line}, column '{_file.Header[index]}': '{_records[index]}' {what}");

        protected override void Dispose(bool disposing)
        {
            if (disposing) _records.Dispose();
            base.Dispose(disposing);
        }

        private UserError BadLength(int width) => new(
            $"{_file.Path}, line {Line}: the row has {_records.Count} cells, the header {width}. Correct the line; a cell that has a '{_file.Delimiter}' in it must be in quotes.");

        private void Refuse(int line, string record) =>
            throw new UserError($"{_file.Path}, line {_skippedLines + line}: a quoted cell is malformed: {Shown(record)} A quote within a cell is written twice, and the cell is in quotes.");

        // One line, and not all of a long record.
        private static string Shown(string record)
        {
            const int most = 60;
            string line = string.Concat(record.Select(at => char.IsControl(at) ? ' ' : at));
            return line.Length <= most ? line : line[..most] + "...";
        }
    }
}
