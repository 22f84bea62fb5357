using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tables;

/// <summary>What is in the columns of a CSV file.</summary>
internal sealed class CsvProfile
{
    private CsvProfile(CsvFile file, ColumnProfile[] columns, int repeatedRows) => (File, Columns, RepeatedRows) = (file, columns, repeatedRows);

    internal CsvFile File { get; }

    internal int RowCount => File.Scan.RowCount;

    /// <summary>The columns in the order of the file.</summary>
    internal IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>How many rows are copies of one before.</summary>
    internal int RepeatedRows { get; }

    /// <summary>What the user should know about how the file and its cells were read.</summary>
    internal IEnumerable<string> Notes => [.. File.Notes, .. File.Scan.Notes];

    /// <summary>Reads the whole file twice: how columns are to be read, and what is in them.</summary>
    /// <exception cref="UserError">The file has no rows, or a row or a cell is malformed.</exception>
    /// <param name="file">The file.</param>
    /// <param name="categories">Columns that are text whatever is in them.</param>
    internal static CsvProfile Measure(CsvFile file, params IReadOnlyCollection<string> categories)
    {
        ColumnProfile[] columns = [.. file.Header.Select((name, k) => new ColumnProfile(file, k, categories.Contains(name) ? new ColumnNotation.Texts(name) : file.Scan[k]))];
        var rows = new HashSet<ulong>();
        int repeated = 0;
        using CsvFile.Reader reader = file.Read();
        while (reader.MoveNext())
        {
            ulong row = Fingerprint.Empty;
            foreach (ColumnProfile column in columns)
            {
                column.Add(reader, file.Missing);
                row = Fingerprint.With(row, reader[column.Index]);
            }

            if (!rows.Add(row)) repeated++;
        }

        return new CsvProfile(file, columns, repeated);
    }

    /// <summary>The column of this name.</summary>
    /// <exception cref="UserError">There is none.</exception>
    internal ColumnProfile this[string column] => Columns[File.IndexOf(column)];

    /// <summary>A cell of a column that is neither missing nor a number; null where there is none.</summary>
    internal string? ForeignText(ColumnProfile column) => File.Scan.ForeignText(column.Index);

    /// <summary>How many dates are among the cells of a column of text.</summary>
    internal int Dates(ColumnProfile column) => File.Scan.Dates(column.Index);
}
