namespace GnMlNet.Cli.Tables;

/// <summary>What one pass over a CSV file found in each column: numbers, text and missing cells.</summary>
internal sealed class CsvProfile
{
    /// <summary>Text columns with more distinct values than this are not one-hot encoded.</summary>
    internal const int MostLevels = 100;

    // A column with at least this share of numbers is one of numbers, in which other text is an error.
    private const double NumberShare = 0.9;

    private readonly ColumnCounts[] _columns;

    private CsvProfile(CsvFile file, ColumnCounts[] columns, int rowCount)
    {
        File = file;
        _columns = columns;
        RowCount = rowCount;
    }

    internal CsvFile File { get; }

    internal int RowCount { get; }

    /// <summary>Reads the whole file once.</summary>
    /// <exception cref="UserError">The file has no rows, or a row is malformed.</exception>
    internal static CsvProfile Measure(CsvFile file)
    {
        ColumnCounts[] columns = [.. file.Header.Select(_ => new ColumnCounts())];
        int rows = 0;
        using CsvFile.Reader reader = file.Read();
        while (reader.MoveNext())
        {
            for (int i = 0; i < columns.Length; i++) columns[i].Add(reader[i]);
            rows++;
        }

        if (rows == 0) throw new UserError($"{file.Path}: there are no rows after the header.");
        return new CsvProfile(file, columns, rows);
    }

    /// <summary>How many cells of a column are missing.</summary>
    internal int MissingCount(string column) => _columns[File.IndexOf(column)].Missing;

    /// <summary>The column with the kind that its cells suggest. A column of numbers with some text in it stays one of numbers: reading its bad cell says where it is.</summary>
    internal CsvColumn Infer(string column)
    {
        ColumnCounts counts = _columns[File.IndexOf(column)];
        bool isNumber = counts.Texts == 0 || counts.Numbers >= NumberShare * (counts.Numbers + counts.Texts);
        return new CsvColumn(column, isNumber ? CsvColumnKind.Number : CsvColumnKind.Text);
    }

    /// <summary>How many distinct values a text column has, counted up to one more than <see cref="MostLevels"/>.</summary>
    internal int LevelCount(string column) => _columns[File.IndexOf(column)].Levels.Count;

    private sealed class ColumnCounts
    {
        internal int Numbers { get; private set; }

        internal int Texts { get; private set; }

        internal int Missing { get; private set; }

        internal HashSet<string> Levels { get; } = [];

        internal void Add(string cell)
        {
            if (CsvFile.IsMissing(cell)) Missing++;
            else if (CsvFile.TryParseNumber(cell, out _)) Numbers++;
            else Texts++;
            if (Levels.Count <= MostLevels) Levels.Add(cell);
        }
    }
}
