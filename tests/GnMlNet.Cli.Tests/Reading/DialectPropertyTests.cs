using System.Globalization;
using System.Text;
using CsCheck;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Tests.Reading;

/// <summary>The same numbers come back whatever program wrote them.</summary>
public sealed class DialectPropertyTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    private sealed record Dialect(string Name, char Delimiter, char Decimal, string LineEnd, Encoding Encoding, string Missing, bool HasIndex = false, bool HasTrailing = false, bool IsQuoted = false, string Before = "", bool IsPadded = false);

    private static readonly Dialect[] s_dialects =
    [
        new("plain", ',', '.', "\n", new UTF8Encoding(false), ""),
        new("pandas with an index", ',', '.', "\n", new UTF8Encoding(false), "NaN", HasIndex: true),
        new("R", ',', '.', "\n", new UTF8Encoding(false), "NA", HasIndex: true, IsQuoted: true),
        new("Excel in Germany", ';', ',', "\r\n", new UTF8Encoding(true), "", HasTrailing: true),
        new("Excel in France, Windows-1252", ';', ',', "\r\n", CodePagesEncodingProvider.Instance.GetEncoding(1252)!, "N/A"),
        new("Excel's Unicode text", '\t', '.', "\r\n", new UnicodeEncoding(false, true), "#N/A"),
        new("UTF-16 without a mark", '\t', ',', "\n", new UnicodeEncoding(true, false), "null"),
        new("database", '|', '.', "\n", new UTF8Encoding(false), "None", HasTrailing: true),
        new("sep line", ';', '.', "\r\n", new UTF8Encoding(false), "?", Before: "sep=;\r\n"),
        new("title, old Macintosh", ',', '.', "\r", new UTF8Encoding(false), "-", Before: "Versuch 12, Prüfstand\r\r"),
        new("Fortran", ' ', '.', "\n", new UTF8Encoding(false), "NA", IsPadded: true),
    ];

    [Fact]
    public void Random_tables_in_every_dialect_give_the_same_numbers_names_and_text() =>
        Gen.Select(Gen.Int[0, s_dialects.Length - 1], Gen.Int, Gen.Int[3, 60], Gen.Int[1, 5]).Sample(
            (k, seed, rows, numbers) =>
            {
                Dialect dialect = s_dialects[k];
                var random = new Random(seed);
                double[][] values = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, numbers + 1).Select(c => c < numbers && random.Next(8) == 0 ? double.NaN : Value(random)).ToArray())];
                string[] texts = [.. Enumerable.Range(0, rows).Select(_ => Text(random, dialect))];
                string path = _gnml.PathOf($"{seed}-{k}.csv");
                File.WriteAllText(path, Write(dialect, values, texts), dialect.Encoding);

                TableFile file = TableFile.Open(path, ReadingSettings.Detect, "Größe y");
                file.Delimiter.Should().Be(dialect.Delimiter, dialect.Name);
                ColumnScan scan = ColumnScan.Of(file);
                scan.RowCount.Should().Be(rows, dialect.Name);
                using TableFile.Reader reader = file.Read();
                NumberSource.Written?[] sources = [.. Enumerable.Range(0, numbers + 1).Select(c => Source(file, scan, c < numbers ? $"x {c}" : "Größe y"))];
                for (int j = 0; j < rows; j++)
                {
                    reader.MoveNext().Should().BeTrue();
                    for (int c = 0; c <= numbers; c++) (sources[c]?.Read(reader) ?? double.NaN).Should().Be(values[j][c], $"{dialect.Name}, row {j}, column {c}");
                    reader[file.IndexOf("Stoff")].Should().Be(texts[j]);
                }

                reader.MoveNext().Should().BeFalse();
                File.Delete(path);
            },
            iter: 400, threads: 1);

    private static NumberSource.Written? Source(TableFile file, ColumnScan scan, string column)
    {
        int index = file.IndexOf(column);
        if (scan[index] is ColumnNotation.Empty) return null;
        return new NumberSource.Written(index, file.Missing, scan[index].Should().BeOfType<ColumnNotation.Numbers>($"{file.Path}: {column}").Subject.Notation);
    }

    // Two digits behind the mark, so that no column consists of numbers that can be read in two ways.
    private static double Value(Random random) => double.Parse(((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 6))).ToString("0.00", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Text(Random random, Dialect dialect) => random.Next(3) switch { 0 => "Öl", 1 => $"Stahl{dialect.Delimiter} weich", _ => "Holz" };

    private static string Write(Dialect dialect, double[][] values, string[] texts)
    {
        var format = new NumberFormatInfo { NumberDecimalSeparator = dialect.Decimal.ToString() };
        var text = new StringBuilder(dialect.Before);
        void Line(IEnumerable<string> cells, string index)
        {
            string[] all = [.. dialect.HasIndex ? [index] : Array.Empty<string>(), .. cells, .. dialect.HasTrailing ? [""] : Array.Empty<string>()];
            if (dialect.IsPadded) text.Append("  ");
            text.AppendJoin(dialect.IsPadded ? "   " : dialect.Delimiter.ToString(), all.Select(cell => dialect.IsQuoted || cell.Contains(dialect.Delimiter) ? $"\"{cell}\"" : cell)).Append(dialect.LineEnd);
        }

        int numbers = values[0].Length - 1;
        Line([.. Enumerable.Range(0, numbers).Select(c => $"x {c}"), "Stoff", "Größe y"], "");
        for (int j = 0; j < values.Length; j++)
        {
            string[] cells = [.. values[j].Select(value => double.IsNaN(value) ? dialect.Missing : value.ToString("0.00", format))];
            Line([.. cells[..numbers], texts[j], cells[numbers]], j.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
