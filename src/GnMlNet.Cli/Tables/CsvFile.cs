using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GnMlNet.Cli.Tables;

/// <summary>
/// A CSV file with a header. The delimiter (comma, semicolon, tab or bar) is detected; cells may be quoted; blank lines are skipped.
/// </summary>
internal sealed class CsvFile
{
    private static readonly HashSet<string> MissingMarks = new(StringComparer.OrdinalIgnoreCase) { "", "NA", "N/A", "NaN", "null", "?" };

    private CsvFile(string path, IReadOnlyList<string> header)
    {
        Path = path;
        Header = header;
    }

    internal string Path { get; }

    /// <summary>The names of the columns.</summary>
    internal IReadOnlyList<string> Header { get; }

    /// <summary>Opens the file and reads its header.</summary>
    /// <exception cref="UserError">There is no such file, no header, or a column's name is empty or given twice.</exception>
    internal static CsvFile Open(string path)
    {
        if (Directory.Exists(path)) throw new UserError($"'{path}' is a folder; give a CSV file.");
        if (!File.Exists(path)) throw new UserError($"There is no file '{path}'.");

        using CsvParser parser = OpenParser(path);
        if (!parser.Read()) throw new UserError($"{path}: the file is empty; the first line must name the columns.");

        string[] header = [.. parser.Record!];
        int unnamed = Array.IndexOf(header, "");
        if (unnamed >= 0) throw new UserError($"{path}: column {unnamed + 1} has no name in the first line; name it.");
        string? twice = header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null) throw new UserError($"{path}: two columns are named '{twice}'; rename one.");
        return new CsvFile(path, header);
    }

    /// <summary>The index of a column.</summary>
    /// <exception cref="UserError">There is no such column.</exception>
    internal int IndexOf(string column)
    {
        for (int i = 0; i < Header.Count; i++)
        {
            if (Header[i] == column) return i;
        }

        throw new UserError($"{Path}: there is no column '{column}'. The columns are {string.Join(", ", Header)}.");
    }

    /// <summary>Starts reading the rows after the header.</summary>
    internal Reader Read() => new(this);

    /// <summary>Whether a cell stands for a missing number.</summary>
    internal static bool IsMissing(string cell) => MissingMarks.Contains(cell);

    /// <summary>Reads a number in the invariant culture; it may be infinite.</summary>
    internal static bool TryParseNumber(string cell, out float value) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static CsvParser OpenParser(string path)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = args => throw new UserError($"{path}, line {args.Context.Parser!.RawRow}: a quoted cell is malformed: {args.RawRecord.Trim()}"),
        };
        return new CsvParser(new StreamReader(path), configuration);
    }

    /// <summary>Reads the rows one by one.</summary>
    internal sealed class Reader : IDisposable
    {
        private readonly CsvFile _file;
        private readonly CsvParser _parser;

        internal Reader(CsvFile file)
        {
            _file = file;
            _parser = OpenParser(file.Path);
            _parser.Read();
        }

        /// <summary>The cell in column <paramref name="index"/> of the current row.</summary>
        internal string this[int index] => _parser[index];

        /// <summary>Moves to the next row.</summary>
        /// <exception cref="UserError">The row has more or fewer cells than the header.</exception>
        internal bool MoveNext()
        {
            if (!_parser.Read()) return false;
            if (_parser.Count != _file.Header.Count)
                throw new UserError($"{_file.Path}, line {_parser.RawRow}: the row has {_parser.Count} cells, the header {_file.Header.Count}.");
            return true;
        }

        /// <summary>The number in column <paramref name="index"/>; NaN where it is missing.</summary>
        /// <exception cref="UserError">The cell is not a number that single precision can hold.</exception>
        internal float Number(int index)
        {
            string cell = _parser[index];
            if (IsMissing(cell)) return float.NaN;
            if (!TryParseNumber(cell, out float value)) throw BadCell(index, "is not a number. Correct it, or write NA for a missing value.");
            if (!float.IsFinite(value)) throw BadCell(index, "is beyond the largest number in single precision, 3.4e38. Use another unit.");
            return value;
        }

        public void Dispose() => _parser.Dispose();

        private UserError BadCell(int index, string what) => new($"{_file.Path}, line {_parser.RawRow}, column '{_file.Header[index]}': '{_parser[index]}' {what}");
    }
}
