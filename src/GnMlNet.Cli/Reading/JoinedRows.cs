namespace GnMlNet.Cli.Reading;

/// <summary>Reads the rows of several files one after the other.</summary>
/// <param name="file">The files.</param>
/// <param name="first">The first of them to read.</param>
/// <param name="open">Starts reading one, told whether it is the first.</param>
internal sealed class JoinedRows(JoinedFile file, int first, Func<TablePart, bool, TableFile.Reader> open) : TableFile.Reader
{
    private readonly int _first = first;
    private int _part = first;
    private TableFile.Reader? _rows;

    /// <inheritdoc/>
    internal override string this[int index] => _rows![index];

    /// <inheritdoc/>
    internal override string Place => $"{file.Parts[_part].Name}, {_rows!.Place}";

    /// <inheritdoc/>
    internal override bool MoveNext()
    {
        for (; _part < file.Parts.Count; _part++)
        {
            _rows ??= open(file.Parts[_part], _part == _first);
            if (_rows.MoveNext()) return true;
            _rows.Dispose();
            _rows = null;
        }

        return false;
    }

    /// <inheritdoc/>
    internal override bool TryGetPlain(int index, out double value) => _rows!.TryGetPlain(index, out value);

    /// <inheritdoc/>
    internal override bool TryGetTime(int index, out DateTimeOffset time) => _rows!.TryGetTime(index, out time);

    /// <inheritdoc/>
    internal override UserError BadCell(int index, string what) => _rows!.BadCell(index, what);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _rows?.Dispose();
        base.Dispose(disposing);
    }
}
