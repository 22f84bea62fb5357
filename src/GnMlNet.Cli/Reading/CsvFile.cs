namespace GnMlNet.Cli.Reading;

/// <summary>A table as text, whatever the delimiter, the encoding and the lines around it.</summary>
internal sealed class CsvFile : TableFile
{
    private readonly TextFile _text;
    private readonly CsvDialect _dialect;

    private CsvFile(TextFile text, ReadingSettings settings, CsvDialect dialect)
        : base(settings) => (_text, _dialect) = (text, dialect);

    /// <inheritdoc/>
    internal override string Path => _text.Name;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Header => _dialect.Names;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> WrittenHeader => _dialect.Header;

    /// <inheritdoc/>
    internal override string Layout => $"cells separated by {_dialect.Delimiter switch { '\t' => "tabs", ' ' => "spaces", var mark => $"'{mark}'" }}";

    /// <inheritdoc/>
    internal override char? Delimiter => _dialect.Delimiter;

    /// <inheritdoc/>
    internal override IEnumerable<string> Notes => _text.Note is { } note ? [note, .. _dialect.Notes] : _dialect.Notes;

    /// <summary>Finds out how a text is laid out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="settings">What the user said about it.</param>
    /// <param name="label">A column that must be there; null where none is known.</param>
    /// <exception cref="UserError">It is empty.</exception>
    internal static CsvFile Of(TextFile text, ReadingSettings settings, string? label) => new(text, settings, DialectDetection.Detect(text, settings, label));

    /// <inheritdoc/>
    internal override IEnumerable<CellBlock> ReadBlocks(int firstRow = 0) => CsvBlocks.Read(this, _dialect.Delimiter, firstRow);

    /// <inheritdoc/>
    internal override Reader Read() => new Records(this);

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

    /// <inheritdoc/>
    protected override bool BlocksAreFaster => true;

    /// <inheritdoc/>
    protected override string Suggestion(string column)
    {
        if (base.Suggestion(column) is { Length: > 0 } close) return close;
        if (Header.Count == 1) return " No delimiter was found; say it with --delimiter.";
        return Header.Any(TextRecord.IsNumber) ? " If the first line holds no names, say --no-header." : "";
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

        // The last line of a row that has several.
        internal override string Place => Invariant($"line {_skippedLines + _records.Line}");

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

        internal override UserError BadCell(int index, string what) => new($"{_file.Path}, {Place}, column '{_file.Header[index]}': '{_records[index]}' {what}");

        protected override void Dispose(bool disposing)
        {
            if (disposing) _records.Dispose();
            base.Dispose(disposing);
        }

        private UserError BadLength(int width) => new(
            $"{_file.Path}, {Place}: the row has {_records.Count} cells, the header {width}. Correct the line; a cell that has a '{_file.Delimiter}' in it must be in quotes.");

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
