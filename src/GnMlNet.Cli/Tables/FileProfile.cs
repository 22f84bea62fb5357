using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tables;

/// <summary>What is in the columns of a file.</summary>
internal sealed class FileProfile
{
    private FileProfile(TableFile file, ColumnProfile[] columns) => (File, Columns) = (file, columns);

    internal TableFile File { get; }

    internal int RowCount => File.Scan.RowCount;

    /// <summary>The columns in the order of the file.</summary>
    internal IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>How many rows are copies of one before; null where the file was not scanned for copies.</summary>
    internal int? RepeatedRows => File.Scan.RepeatedRows;

    /// <summary>What the user should know about how the file and its cells were read.</summary>
    internal IEnumerable<string> Notes => [.. File.Notes, .. File.Scan.Notes];

    /// <summary>Finds out how columns are to be read, and what is in them: in one pass over the file, and a second one where not all cells were kept.</summary>
    /// <exception cref="UserError">The file has no rows, or a row or a cell is malformed.</exception>
    /// <param name="file">The file.</param>
    /// <param name="categories">Columns that are text whatever is in them.</param>
    internal static FileProfile Measure(TableFile file, params IReadOnlyCollection<string> categories)
    {
        ColumnProfile[] columns = [.. file.Header.Select((name, k) => new ColumnProfile(file, k, categories.Contains(name) && file.HasCells(k) ? new ColumnNotation.Texts(name) : file.Scan[k]))];
        ILookup<bool, ColumnProfile> isKept = columns.Where(column => file.HasCells(column.Index)).ToLookup(column => column.IsKnown(file.Scan.Cells));
        ParallelWork.Run(isKept[true].Select(column => (Action)(() => Add([column], file.Scan.Cells.Read(file), file.Missing))), Environment.ProcessorCount, CancellationToken.None);
        ColumnProfile[] others = [.. isKept[false]];
        if (others.Length > 0) Add(others, file.Read(known => Array.TrueForAll(others, column => column.IsKnown(known))), file.Missing);
        return new FileProfile(file, columns);
    }

    /// <summary>The column of this name.</summary>
    /// <exception cref="UserError">There is none.</exception>
    internal ColumnProfile this[string column] => Columns[File.IndexOf(column)];

    private static void Add(ColumnProfile[] columns, TableFile.Reader rows, MissingMarks marks)
    {
        using TableFile.Reader reader = rows;
        while (reader.MoveNext())
        {
            foreach (ColumnProfile column in columns) column.Add(reader, marks);
        }

        foreach (ColumnProfile column in columns) column.End();
    }
}
