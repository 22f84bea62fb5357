namespace GnMlNet.Cli.Reading;

/// <summary>One pass over a file that finds out how the cells of each column are to be read.</summary>
internal sealed class ColumnScan
{
    // With at least this share of numbers a column is one of numbers, in which other text is an error: it never becomes a category silently.
    private const double NumberShare = 0.5;

    // Dates are parts of many texts; a column of them has little else.
    private const double DateShare = 0.9;

    private const string Numbers = "numbers";

    private readonly TableFile _file;
    private readonly Votes[] _columns;
    private readonly List<string> _notes = [];
    private readonly ColumnNotation[] _notations;

    // Of a table in several files those of each.
    private readonly IReadOnlyList<Votes[]> _ofFiles;

    private ColumnScan(TableFile file, Pass pass)
    {
        Votes[] columns = pass.Columns;
        (_file, _columns, _ofFiles, RowCount, RepeatedRows, Forms, Cells) = (file, columns, pass.OfFiles, pass.RowCount, pass.CountRepeatedRows(), pass.Forms, pass.Cells);
        char?[] marks = [.. columns.Where(column => IsOfNumbers(column)).Select(column => column.Numbers.SettledMark()).Where(mark => mark is not null).Distinct()];
        char? mark = file.Settings.DecimalMark ?? (marks.Length == 1 ? marks[0] : null);
        _notations = [.. columns.Select((column, k) => file.Declared(k) is { } declared ? Decide(declared, column) : Decide(file.Header[k], column, mark))];
        AddCommaNote();
    }

    internal int RowCount { get; }

    /// <summary>How many rows are copies of one before; null where nobody asked.</summary>
    internal int? RepeatedRows { get; }

    /// <summary>How the cells are written.</summary>
    internal CellForms Forms { get; }

    /// <summary>The cells that were kept.</summary>
    internal KeptCells Cells { get; private set; }

    /// <summary>What the user should know about how cells were read.</summary>
    internal IReadOnlyList<string> Notes => _notes;

    /// <summary>How the cells of a column are to be read.</summary>
    internal ColumnNotation this[int index] => _notations[index];

    /// <summary>How many cells of a column are missing.</summary>
    internal int Missing(int index) => _columns[index].Missing;

    /// <summary>A cell of a column that is neither missing nor a number; null where there is none.</summary>
    internal string? ForeignText(int index) => _columns[index].Foreign;

    /// <summary>Gives up the cells that were kept: from now on they are read from the file.</summary>
    internal void ForgetCells() => Cells = KeptCells.None(Forms);

    /// <summary>Two columns with the same cells have the same; others practically never.</summary>
    internal ulong FingerprintOf(int index) => _columns[index].Fingerprint;

    /// <summary>How many dates are among the cells of a column of text.</summary>
    internal int Dates(int index) => _columns[index].Dates.Count;

    /// <summary>Of a table in several files: the first one that has another kind of cells in a column than one before it; null where there is none.</summary>
    internal (int File, string Kind, string? Example, int FirstFile, string Expected)? OtherKind(int index)
    {
        (int File, string Kind)? first = null;
        for (int file = 0; file < _ofFiles.Count; file++)
        {
            if (KindOf(_ofFiles[file][index]) is not { } kind) continue;
            first ??= (file, kind);
            if (kind != first.Value.Kind) return (file, kind, kind == Numbers ? null : _ofFiles[file][index].Foreign, first.Value.File, first.Value.Kind);
        }

        return null;
    }

    /// <exception cref="UserError">The file has no rows, or a row is malformed.</exception>
    /// <param name="file">The file.</param>
    /// <param name="countsCopies">Whether rows that are copies of others are counted.</param>
    internal static ColumnScan Of(TableFile file, bool countsCopies = false)
    {
        var pass = new Pass(file, countsCopies);
        pass.AddAll();
        if (pass.RowCount == 0) throw new UserError($"{file.Path}: there are no rows after the names of the columns.");
        return new ColumnScan(file, pass);
    }

    // What the file itself says of cells all files of a table say.
    private static string? KindOf(Votes column) =>
        column.Present == 0 || column.Typed > 0 ? null : IsOfNumbers(column) ? Numbers : IsOfDates(column) ? "dates" : "text";

    private static bool IsOfDates(Votes column) => column.Dates.Count > 0 && column.Dates.Best().Max(column.Dates.ReadBy) >= DateShare * column.Present;

    private static bool IsOfNumbers(Votes column) => column.Numbers.Count > 0 && column.Numbers.Count >= NumberShare * column.Present;

    private static ColumnNotation Decide(ColumnNotation declared, Votes column) => column.Present == 0 && declared is not ColumnNotation.NoCells ? new ColumnNotation.Empty(declared.Name) : declared;

    private ColumnNotation Decide(string name, Votes column, char? mark)
    {
        if (column.Present == 0) return new ColumnNotation.Empty(name);
        if (IsOfNumbers(column)) return DecideNumbers(name, column.Numbers, mark);
        if (IsOfDates(column)) return DecideDates(name, column.Dates, column.Dates.Best());
        return new ColumnNotation.Texts(name);
    }

    private ColumnNotation DecideNumbers(string name, NumberVotes votes, char? mark)
    {
        char? settled = votes.SettledMark();
        if (votes.Currencies.Count > 1) return new ColumnNotation.Undecided(name, $"its amounts have different currencies, {string.Join(" and ", votes.Currencies)}; bring them to one, or leave the column out with --exclude");
        if (votes.Currencies.Count == 1) _notes.Add($"Column '{name}': the currency sign {votes.Currencies.Single()} was left out.");
        NumberNotation notation = votes.Choose(settled);
        if (settled is null && votes.Either is { } either)
        {
            // A point is a decimal point unless the user or the column says otherwise; a comma needs somebody to say it.
            bool hasComma = either.Contains(',');
            char? known = _file.Settings.DecimalMark ?? (hasComma ? mark : '.');
            if (known is null) return new ColumnNotation.Undecided(name, $"'{either}' can be a number with a decimal comma or one of thousands; say --decimal , or --decimal .");
            notation = votes.Choose(known);
            if (hasComma || known == ',' || mark == ',') AnnounceReading(name, either, notation);
        }

        if (notation.IsPercent) _notes.Add($"Column '{name}': the percent signs were left out, so 5% is 5.");
        return new ColumnNotation.Numbers(name, notation);
    }

    private void AnnounceReading(string name, string cell, NumberNotation notation)
    {
        char other = notation.DecimalMark == ',' ? '.' : ',';
        if (notation.TryParse(cell, out double value)) _notes.Add(Invariant($"Column '{name}': '{cell}' was read as {value}; --decimal {other} reads it the other way."));
    }

    private ColumnNotation DecideDates(string name, DateVotes votes, IReadOnlyList<DateNotation> best)
    {
        DateNotation[] fitting = [.. best.Where(notation => notation.Order is null || _file.Settings.DateOrder is null || notation.Order == _file.Settings.DateOrder)];
        if (fitting.Length == 0) fitting = [.. best];
        if (fitting.Length > 1) return new ColumnNotation.Undecided(name, "its dates can have the day first or the month first; say --date-order day-first or --date-order month-first, or leave the column out with --exclude");
        return new ColumnNotation.Dates(name, fitting[0], votes.VaryingParts(fitting[0]));
    }

    private void AddCommaNote()
    {
        string[] withComma = [.. _notations.OfType<ColumnNotation.Numbers>().Where(column => column.Notation.DecimalMark == ',').Select(column => $"'{column.Name}'")];
        if (withComma.Length > 0) _notes.Insert(0, $"{(withComma.Length == 1 ? "Column" : "Columns")} {string.Join(", ", withComma)}: numbers with a decimal comma.");
    }

    /// <summary>The pass: blocks of rows become votes and kept cells, in the order of the file.</summary>
    private sealed class Pass
    {
        private readonly TableFile _file;
        private readonly bool _countsCopies;
        private readonly List<ulong[]> _rows = [];
        private readonly bool[] _isTyped;
        private readonly List<Votes[]> _ofFiles = [];

        /// <param name="file">The file.</param>
        /// <param name="countsCopies">Whether rows that are copies of others are counted.</param>
        internal Pass(TableFile file, bool countsCopies)
        {
            (_file, _countsCopies) = (file, countsCopies);
            _isTyped = [.. file.Header.Select((_, k) => file.Declared(k) is not null)];
            Columns = [.. file.Header.Select(_ => new Votes())];
            Forms = new CellForms(file.Header.Count);
            Cells = new KeptCells(Forms, file.Settings.MemoryLimit);
        }

        internal Votes[] Columns { get; }

        /// <summary>Those of each file, where there are several.</summary>
        internal IReadOnlyList<Votes[]> OfFiles => _ofFiles;

        internal CellForms Forms { get; }

        internal KeptCells Cells { get; }

        internal int RowCount { get; private set; }

        /// <summary>Takes all rows.</summary>
        internal void AddAll()
        {
            foreach (CellBlock block in _file.ReadBlocks()) Add(block);
        }

        /// <summary>How many rows are copies of one before.</summary>
        internal int? CountRepeatedRows()
        {
            if (!_countsCopies) return null;
            ulong[] sorted = [.. _rows.SelectMany(rows => rows)];
            Array.Sort(sorted);
            int repeated = 0;
            for (int row = 1; row < sorted.Length; row++)
            {
                if (sorted[row] == sorted[row - 1]) repeated++;
            }

            return repeated;
        }

        private void Add(CellBlock block, Votes[] columns)
        {
            for (int k = 0; k < columns.Length; k++)
            {
                if (_isTyped[k]) columns[k].AddTyped(block[k]!, block.RowCount, _file.Missing);
                else columns[k].Add(block[k]!, block.RowCount, _file.Missing);
            }
        }

        private void Add(CellBlock block)
        {
            if (block.RowCount == 0) return;
            RowCount += block.RowCount;
            if (_countsCopies) _rows.Add(block.Rows.ToArray());
            Add(block, Columns);
            if (_file.FileNames.Count > 1)
            {
                while (_ofFiles.Count <= block.File) _ofFiles.Add([.. Columns.Select(_ => new Votes())]);
                Add(block, _ofFiles[block.File]);
            }

            Forms.Add(block);
            Cells.Add(block);
        }
    }

    /// <summary>What the cells of a column can be.</summary>
    private sealed class Votes
    {
        internal NumberVotes Numbers { get; } = new();

        internal DateVotes Dates { get; } = new();

        internal int Texts { get; private set; }

        internal int Missing { get; private set; }

        internal string? Foreign { get; private set; }

        internal ulong Fingerprint { get; private set; } = Reading.Fingerprint.Empty;

        internal int Typed { get; private set; }

        internal int Present => Numbers.Count + Dates.Count + Texts + Typed;

        /// <summary>Takes cells into account whose type the file tells.</summary>
        internal void AddTyped(ColumnCells cells, int rows, MissingMarks marks)
        {
            Fingerprint = Reading.Fingerprint.With(Fingerprint, cells.Cells);
            int missing = 0;
            for (int row = 0; row < rows && !cells.Codes.IsEmpty; row++)
            {
                if (cells.Codes[row] is var code and > 0 && marks.Contain(cells.Texts[code - 1])) missing++;
            }

            Missing += missing;
            Typed += rows - missing;
        }

        internal void Add(ColumnCells cells, int rows, MissingMarks marks)
        {
            Fingerprint = Reading.Fingerprint.With(Fingerprint, cells.Cells);
            foreach (PlainForm form in Enum.GetValues<PlainForm>()) Numbers.AddPlain(form, cells.Count(form));
            (int Row, string Cell)? grouped = cells.FirstGrouped;
            for (int row = 0; row < rows && !cells.Codes.IsEmpty; row++)
            {
                // The first cell that can be read in two ways is the one that is shown, plain or not.
                if (row == grouped?.Row) Numbers.NoteGrouped(grouped.Value.Cell);
                if (cells.Codes[row] is var code and > 0) Add(cells.Texts[code - 1], marks);
            }

            if (grouped is { } first) Numbers.NoteGrouped(first.Cell);
        }

        private void Add(string cell, MissingMarks marks)
        {
            if (marks.Contain(cell))
            {
                Missing++;
                return;
            }

            if (Numbers.Add(cell)) return;
            Foreign ??= cell;
            // Where most is other text, dates are not looked for any more: that is what takes time.
            if (Texts > Dates.Count + 100 || !Dates.Add(cell)) Texts++;
        }
    }
}
