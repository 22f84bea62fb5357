using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tables;

/// <summary>What is in the columns of a CSV file.</summary>
internal sealed class CsvProfile
{
    private readonly ColumnScan _scan;

    private CsvProfile(CsvFile file, ColumnScan scan, ColumnProfile[] columns, int repeatedRows)
    {
        (File, _scan, Columns, RepeatedRows) = (file, scan, columns, repeatedRows);
    }

    internal CsvFile File { get; }

    internal int RowCount => _scan.RowCount;

    /// <summary>The columns in the order of the file.</summary>
    internal IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>How many rows are copies of one before.</summary>
    internal int RepeatedRows { get; }

    /// <summary>What the user should know about how the file and its cells were read.</summary>
    internal IEnumerable<string> Notes => [.. File.Notes, .. _scan.Notes];

    /// <summary>Reads the whole file twice: how columns are to be read, and what is in them.</summary>
    /// <exception cref="UserError">The file has no rows, or a row or a cell is malformed.</exception>
    /// <param name="file">The file.</param>
    /// <param name="categories">Columns that are text whatever is in them.</param>
    internal static CsvProfile Measure(CsvFile file, params IReadOnlyCollection<string> categories)
    {
        ColumnScan scan = ColumnScan.Of(file);
        ColumnProfile[] columns = [.. file.Header.Select((name, k) => new ColumnProfile(file, k, categories.Contains(name) ? new ColumnNotation.Texts(name) : scan[k]))];
        var rows = new HashSet<ulong>();
        int repeated = 0;
        using CsvFile.Reader reader = file.Read();
        while (reader.MoveNext())
        {
            ulong row = 14695981039346656037;
            foreach (ColumnProfile column in columns)
            {
                column.Add(reader, file.Missing);
                row = (row ^ (uint)string.GetHashCode(reader[column.Index], StringComparison.Ordinal)) * 1099511628211;
            }

            if (!rows.Add(row)) repeated++;
        }

        return new CsvProfile(file, scan, columns, repeated);
    }

    /// <summary>The column of this name.</summary>
    /// <exception cref="UserError">There is none.</exception>
    internal ColumnProfile this[string column] => Columns[File.IndexOf(column)];

    /// <summary>A cell of a column that is neither missing nor a number; null where there is none.</summary>
    internal string? ForeignText(ColumnProfile column) => _scan.ForeignText(column.Index);

    /// <summary>How many dates are among the cells of a column of text.</summary>
    internal int Dates(ColumnProfile column) => _scan.Dates(column.Index);
}
