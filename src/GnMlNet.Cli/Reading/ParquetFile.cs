using GnMlNet.Preparation;

namespace GnMlNet.Cli.Reading;

/// <summary>A table in a Parquet file: its schema names the columns and says what is in them; it is read one row group at a time.</summary>
internal sealed class ParquetFile : TableFile
{
    private readonly InputFile _file;
    private readonly ParquetColumn[] _columns;
    private readonly int _groupCount;

    // Of columns of dates, counted while blocks are read.
    private readonly VaryingDateParts[] _parts;

    private ParquetFile(InputFile file, ReadingSettings settings, ParquetColumn[] columns, int groupCount)
        : base(settings)
    {
        (_file, _columns, _groupCount) = (file, columns, groupCount);
        _parts = [.. columns.Select(_ => new VaryingDateParts())];
        Header = [.. columns.Select(column => column.Name)];
    }

    /// <inheritdoc/>
    internal override string Path => _file.Name;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Header { get; }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> WrittenHeader => Header;

    /// <inheritdoc/>
    internal override string Layout => _groupCount == 1 ? "a Parquet file of one row group" : Invariant($"a Parquet file of {_groupCount} row groups");

    /// <inheritdoc/>
    internal override IEnumerable<string> Notes => [];

    /// <summary>Reads the schema of a Parquet file.</summary>
    /// <exception cref="UserError">It is damaged, encrypted or has no columns, or something was said of it that only text has.</exception>
    internal static ParquetFile Of(InputFile file, ReadingSettings settings)
    {
        if (settings.HasNoHeader) throw new UserError($"{file.Name} is a Parquet file, which names its columns itself; leave out --no-header.");
        if (settings.Delimiter is not null) throw new UserError($"{file.Name} is a Parquet file, which has nothing between its cells; leave out --delimiter.");
        using ParquetGroups groups = ParquetGroups.Open(file);
        ParquetColumn[] columns = [.. groups.Fields.Select(ParquetColumn.Of)];
        if (columns.Length == 0) throw new UserError($"{file.Name}: the file has no columns.");
        if (columns.FirstOrDefault(column => column.Name.Length == 0) is not null) throw new UserError($"{file.Name}: a column has no name. Write the file again with a name for each column.");
        if (columns.GroupBy(column => column.Name).FirstOrDefault(same => same.Count() > 1) is { } twice) throw new UserError($"{file.Name}: {twice.Count()} columns are named '{twice.Key}'. Write the file again with names that differ.");
        return new ParquetFile(file, settings, columns, groups.Count);
    }

    /// <inheritdoc/>
    internal override ColumnNotation? Declared(int index) => _columns[index].Notation is ColumnNotation.Dates dates ? dates with { Parts = _parts[index].List(dates.Notation.HasDate) } : _columns[index].Notation;

    /// <inheritdoc/>
    internal override Reader Read() => new ParquetRows(this, _columns, ParquetGroups.Open(_file));

    /// <inheritdoc/>
    internal override IEnumerable<CellBlock> ReadBlocks(int firstRow = 0)
    {
        using ParquetGroups groups = ParquetGroups.Open(_file);
        int capacity = CellBlock.CapacityOf(_columns.Length), before = 0;
        for (int group = 0; group < groups.Count; group++)
        {
            int rows = groups.RowCountOf(group), firstOfGroup = before;
            before += rows;
            if (before <= firstRow && firstRow > 0) continue;
            ParquetCells[] cells = [.. _columns.Select(column => groups.Read(group, column))];
            for (int first = 0; first < rows; first += capacity)
            {
                int count = Math.Min(capacity, rows - first);
                if (firstOfGroup + first + count <= firstRow && firstRow > 0) continue;
                var block = new CellBlock(_columns.Length, count, Missing) { FirstRow = firstOfGroup + first };
                for (int k = 0; k < _columns.Length; k++) AddTo(block, k, cells[k], first, count);
                block.End(count);
                yield return block;
            }
        }
    }

    /// <summary>Whether a cell that is no text is marked as missing by what the user said.</summary>
    internal bool IsMarked(ParquetCells cells, int row) => Settings.MissingMarks.Count > 0 && Missing.Contain(cells[row]);

    private void AddTo(CellBlock block, int column, ParquetCells cells, int first, int count)
    {
        for (int j = 0; j < count; j++)
        {
            int row = first + j;
            if (cells.TryGetNumber(row, out double number) && !IsMarked(cells, row)) block.AddNumber(column, j, number);
            else if (cells.HaveText) block.AddCell(column, j, cells.Text(row));
            else block.AddText(column, j, cells[row]);
            if (cells.TryGetTime(row, out DateTimeOffset time) && !IsMarked(cells, row)) _parts[column].Add(time);
        }
    }
}
