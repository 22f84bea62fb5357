namespace GnMlNet.Cli.Reading;

/// <summary>Reads the rows of a Parquet file one by one: of a row group the columns that are asked for.</summary>
/// <param name="file">The file.</param>
/// <param name="columns">Its columns.</param>
/// <param name="groups">Its row groups; they are disposed of with the reader.</param>
internal sealed class ParquetRows(ParquetFile file, ParquetColumn[] columns, ParquetGroups groups) : TableFile.Reader
{
    // Those of the row group that were asked for.
    private readonly ParquetCells?[] _cells = new ParquetCells?[columns.Length];
    private int _group = -1;
    private int _rowCount;
    private int _row = -1;
    private long _rowOfFile;

    /// <inheritdoc/>
    internal override string this[int index] => Cells(index)[_row];

    // Counted from 1.
    internal override string Place => Invariant($"row {_rowOfFile}");

    /// <inheritdoc/>
    internal override bool MoveNext()
    {
        for (_row++; _row >= _rowCount; _row = 0)
        {
            if (_group + 1 >= groups.Count) return false;
            _rowCount = groups.RowCountOf(++_group);
            Array.Clear(_cells);
        }

        _rowOfFile++;
        return true;
    }

    /// <inheritdoc/>
    internal override bool TryGetPlain(int index, out double value) => Cells(index).TryGetNumber(_row, out value) && !file.IsMarked(Cells(index), _row);

    /// <inheritdoc/>
    internal override bool TryGetTime(int index, out DateTimeOffset time) => Cells(index).TryGetTime(_row, out time) && !file.IsMarked(Cells(index), _row);

    /// <inheritdoc/>
    internal override UserError BadCell(int index, string what) => new($"{file.Path}, {Place}, column '{columns[index].Name}': '{this[index]}' {what}");

    protected override void Dispose(bool disposing)
    {
        if (disposing) groups.Dispose();
        base.Dispose(disposing);
    }

    private ParquetCells Cells(int index) => _cells[index] ??= groups.Read(_group, columns[index]);
}
