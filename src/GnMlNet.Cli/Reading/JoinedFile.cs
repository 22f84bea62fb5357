namespace GnMlNet.Cli.Reading;

/// <summary>Several files with the same columns, one after the other: the table that they would be as one file.</summary>
internal sealed class JoinedFile : TableFile
{
    private readonly TablePart[] _parts;

    /// <param name="settings">What the user said about how they are written.</param>
    /// <param name="parts">The files, at least one.</param>
    /// <param name="header">The names of the columns of each.</param>
    internal JoinedFile(ReadingSettings settings, IReadOnlyList<TablePart> parts, IReadOnlyList<string> header)
        : base(settings) => (_parts, Header) = ([.. parts], header);

    /// <inheritdoc/>
    internal override string Path => _parts.Length == 1 ? _parts[0].Name : $"{_parts[0].Name} and {_parts.Length - 1} more";

    /// <summary>The files in order.</summary>
    internal IReadOnlyList<TablePart> Parts => _parts;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Header { get; }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> WrittenHeader => _parts[0].File.WrittenHeader;

    /// <inheritdoc/>
    internal override string Layout => $"{_parts.Length} files, the first with {_parts[0].File.Layout}";

    /// <inheritdoc/>
    internal override IEnumerable<string> Notes => _parts.SelectMany(part => part.File.Notes.Select(note => (part, note))).GroupBy(at => at.note, at => at.part).Select(note => $"{note.First().Name}{(note.Count() == 1 ? "" : $" and {note.Count() - 1} more")}: {note.Key}");

    /// <inheritdoc/>
    internal override IReadOnlyList<string> FileNames => [.. _parts.Select(part => part.Name)];

    /// <summary>Opens files as one table.</summary>
    /// <param name="paths">The files, at least two.</param>
    /// <param name="settings">What the user said about how they are written.</param>
    /// <param name="label">A column that must be there; null where none is known.</param>
    /// <exception cref="UserError">One of them cannot be read, or has other columns than the first.</exception>
    internal static JoinedFile OfAll(IReadOnlyList<string> paths, ReadingSettings settings, string? label)
    {
        TablePart[] parts = [.. paths.Select(path => Open(path, settings, label)).Select(file => new TablePart(file.Path, () => file))];
        foreach (TablePart part in parts.Skip(1)) ColumnNames.Check(part.File, parts[0].File.Header, parts[0].Name);
        return new JoinedFile(settings, parts, parts[0].File.Header);
    }

    /// <inheritdoc/>
    /// <remarks>What all files say alike; of dates the cells tell, since which of their parts vary is known of all files together.</remarks>
    internal override ColumnNotation? Declared(int index)
    {
        ColumnNotation? first = _parts[0].File.Declared(index);
        return first is not ColumnNotation.Dates && Array.TrueForAll(_parts, part => part.File.Declared(index) == first) ? first : null;
    }

    /// <inheritdoc/>
    internal override IEnumerable<CellBlock> ReadBlocks(int firstRow = 0)
    {
        for (int k = 0; k < _parts.Length; k++)
        {
            if (Skips(_parts[k], ref firstRow)) continue;
            int rows = firstRow;
            foreach (CellBlock block in _parts[k].File.ReadBlocks(firstRow))
            {
                block.File = k;
                rows += block.RowCount;
                yield return block;
            }

            _parts[k].RowCount ??= rows;
            firstRow = 0;
        }
    }

    /// <inheritdoc/>
    internal override Reader Read() => new JoinedRows(this, 0, (part, _) => part.File.Read());

    /// <inheritdoc/>
    internal override Reader ReadFrom(int firstRow, CellForms forms, Func<IKnownCells, bool> suffices)
    {
        int first = 0;
        while (first < _parts.Length - 1 && Skips(_parts[first], ref firstRow)) first++;
        return new JoinedRows(this, first, (part, isFirst) => part.File.ReadFrom(isFirst ? firstRow : 0, forms, suffices));
    }

    /// <inheritdoc/>
    protected override string Suggestion(string column) => _parts[0].File.SuggestionOf(column);

    /// <summary>Whether all rows of a file come before one; then they are counted off.</summary>
    private static bool Skips(TablePart part, ref int firstRow)
    {
        if (firstRow == 0 || part.RowCount is not { } rows || rows > firstRow) return false;
        firstRow -= rows;
        return true;
    }
}
