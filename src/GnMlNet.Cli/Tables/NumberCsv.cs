using System.Globalization;
using CsvHelper;

namespace GnMlNet.Cli.Tables;

/// <summary>Tables of numbers with all their digits as CSV.</summary>
internal static class NumberCsv
{
    internal static void Write<T>(TextWriter output, IReadOnlyList<(string Name, Func<T, double> Value)> columns, IEnumerable<T> rows)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach ((string name, _) in columns) csv.WriteField(name);
        csv.NextRecord();
        foreach (T row in rows)
        {
            foreach ((_, Func<T, double> value) in columns) csv.WriteField(value(row).ToString("R", CultureInfo.InvariantCulture));
            csv.NextRecord();
        }
    }
}
