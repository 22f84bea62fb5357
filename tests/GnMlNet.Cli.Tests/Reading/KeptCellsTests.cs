using System.Text;
using CsCheck;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using static System.FormattableString;

namespace GnMlNet.Cli.Tests.Reading;

/// <summary>One pass over a file finds and keeps what reading it again would find.</summary>
public sealed class KeptCellsTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    // Columns of numbers of many kinds, of text, of dates, of a bit of everything.
    private static readonly string[][] s_kinds =
    [
        ["1", "2", "3", "-4", "0", "17"],
        ["1.5", "-0.25", "1e5", "2.5E-03", "NA", "12.125", "1e999"],
        ["007", "-0", "1.0", "-999", "?"],
        ["1.234", "5.678", "123.456", "9"],
        ["3;5", "1;234", "7", "1.5"],
        ["red", "green", "blue", "7", "None"],
        ["2024-01-31", "2023-12-01 12:30", "", "5"],
        ["5%", "12.5%", "7"],
        ["$5", "-$1,000.50", "(3)", "+2"],
        ["", "NA"],
    ];

    private static readonly Gen<string[][]> s_tables = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 40], Gen.Int).Select((columns, rows, seed) =>
    {
        var random = new Random(seed);
        string[][] kinds = [.. Enumerable.Range(0, columns).Select(_ => s_kinds[random.Next(s_kinds.Length)])];
        return Enumerable.Range(0, rows).Select(_ => kinds.Select(kind => kind[random.Next(kind.Length)].Replace(';', ',')).ToArray()).ToArray();
    });

    private TableFile Write(string name, IEnumerable<string> lines, string end = "\n", ReadingSettings? settings = null)
    {
        string path = _gnml.PathOf(name);
        File.WriteAllText(path, string.Concat(lines.Select(line => line + end)), new UTF8Encoding(false));
        return TableFile.Open(path, (settings ?? ReadingSettings.Detect) with { Delimiter = ';' });
    }

    private static string Header(string[][] rows) => string.Join(';', rows[0].Select((_, k) => $"name{k}"));

    [Fact]
    public void What_was_kept_is_what_the_file_says_cell_by_cell() => Gen.Select(s_tables, Gen.OneOfConst("\n", "\r\n"), Gen.Bool).Sample(
        (rows, end, isMark) =>
        {
            TableFile file = Write("kept.csv", [Header(rows), .. rows.Select(row => string.Join(';', row.Select(cell => $" {cell} ")))], end, new ReadingSettings { MissingMarks = isMark ? ["-999"] : [] });
            ColumnScan scan = file.Scan;
            using TableFile.Reader text = file.Read(), kept = scan.Cells.Read(file);
            while (text.MoveNext())
            {
                kept.MoveNext().Should().BeTrue();
                for (int k = 0; k < rows[0].Length; k++)
                {
                    kept[k].Should().Be(text[k]);
                    NumberNotation notation = (scan[k] as ColumnNotation.Numbers)?.Notation ?? NumberNotation.Plain;
                    if (!scan.Cells.HaveNumbers(k, notation)) continue;
                    var source = new NumberSource.Written(k, file.Missing, notation);
                    Outcome(() => source.Read(kept)).Should().Be(Outcome(() => source.Read(text)));
                }

                kept.Place.Should().Be(text.Place);
            }

            kept.MoveNext().Should().BeFalse();
        },
        iter: 300, threads: 1);

    [Fact]
    public void Columns_are_read_in_the_same_way_whether_or_not_their_cells_are_in_quotes() => Gen.Select(s_tables, Gen.Int[0, 40]).Sample(
        (rows, firstQuoted) =>
        {
            // A lonely empty cell is a blank line, one in quotes a row.
            rows = [.. rows.Select(row => (string[])[.. row, "1"])];
            string Quoted(string[] row, int j) => j < firstQuoted ? string.Join(';', row) : string.Join(';', row.Select(cell => $"\"{cell}\""));
            string[] headers = [Header(rows), ""];
            Describe(Write("quoted.csv", [.. headers, .. rows.Select(Quoted)])).Should().Be(Describe(Write("quoted.csv", [.. headers, .. rows.Select(row => string.Join(';', row))])));
        },
        iter: 300, threads: 1);

    [Fact]
    public void A_table_of_many_blocks_has_all_its_rows_and_its_last_errors_have_their_lines()
    {
        const int count = 150_000;
        string[] lines = ["a;b;c", .. Enumerable.Range(0, count).Select(j => $"{j};{j % 1000 / 8.0:F3};k{j % 7}")];
        TableFile file = Write("long.csv", lines);
        file.ScanForCopies();
        FileProfile profile = FileProfile.Measure(file);
        (profile.RowCount, profile.RepeatedRows, profile["a"].Content.Counts, profile["a"].Content.Distinct, profile["b"].Content.Distinct, profile["c"].Content.Distinct).Should().Be((count, 0, true, 100_000, 1000, 7));
        new NumberSource.Written(0, file.Missing, NumberNotation.Plain).ReadAll(file).Should().Equal(Enumerable.Range(0, count).Select(j => (double)j));

        lines[^2] = "x" + lines[^2];
        FileProfile.Measure(Write("long.csv", lines))["a"].FirstFault.Should().Be(("x" + (count - 2), $"line {count}"));
        lines[^1] += ";8";
        FluentActions.Invoking(() => Write("long.csv", lines).Scan).Should().Throw<UserError>().WithMessage($"*line {count + 1}: the row has 4 cells, the header 3*");
        lines[^3] = "\"1;2;3";
        FluentActions.Invoking(() => Write("long.csv", lines).Scan).Should().Throw<UserError>().WithMessage($"*line *");
    }

    [Fact]
    public void Columns_with_too_many_texts_to_keep_are_read_from_the_file()
    {
        const int count = 12_000;
        TableFile file = Write("texts.csv", ["time;y", .. Enumerable.Range(0, count).Select(j => $"{new DateTime(2024, 1, 1).AddMinutes(j):yyyy-MM-dd HH:mm};{j}")]);
        (file.Scan.Cells.HaveTexts(0), file.Scan.Cells.HaveTexts(1)).Should().Be((false, true));
        FileProfile profile = FileProfile.Measure(file);
        (profile["time"].Content.Distinct, profile["time"].Content.Missing, profile["y"].Content.Counts).Should().Be((count, 0, true));
    }

    [Fact]
    public void What_is_streamed_in_blocks_is_what_the_file_says_cell_by_cell() => s_tables.Sample(
        rows =>
        {
            // A lonely empty cell is a blank line, and a file of these has no rows.
            rows = [.. rows.Select(row => (string[])[.. row, "1"])];
            TableFile file = Write("streamed.csv", [Header(rows), .. rows.Select(row => string.Join(';', row))]);
            CellForms forms = file.Scan.Forms;
            file.Scan.ForgetCells();
            using TableFile.Reader text = file.Read(), streamed = file.Read(_ => true);
            streamed.Should().BeOfType<CellRows>();
            while (text.MoveNext())
            {
                streamed.MoveNext().Should().BeTrue();
                for (int k = 0; k < rows[0].Length; k++)
                {
                    streamed[k].Should().Be(text[k]);
                    foreach (NumberNotation notation in new[] { NumberNotation.Plain, new NumberNotation { DecimalMark = ',' } }.Where(notation => forms.HaveNumbers(k, notation)))
                    {
                        var source = new NumberSource.Written(k, file.Missing, notation);
                        Outcome(() => source.Read(streamed)).Should().Be(Outcome(() => source.Read(text)));
                    }
                }
            }

            streamed.MoveNext().Should().BeFalse();
        },
        iter: 50, threads: 1);

    [Fact]
    public void Cells_are_kept_within_their_share_of_the_memory_and_else_read_from_the_file()
    {
        string[] lines = ["a;b", .. Enumerable.Range(0, 5000).Select(j => $"{j};{j / 8.0}")];
        // Two columns of eight bytes a row are an eighth of the limit, or hardly more.
        TableFile kept = Write("kept.csv", lines, settings: new ReadingSettings { MemoryLimit = 8 * 2 * 8 * 5100 }), left = Write("left.csv", lines, settings: new ReadingSettings { MemoryLimit = 8 * 2 * 8 * 4900 });
        (kept.Scan.Cells.IsEmpty, left.Scan.Cells.IsEmpty).Should().Be((false, true));
        left.Read(_ => true).Should().BeOfType<CellRows>();
        new NumberSource.Written(1, left.Missing, NumberNotation.Plain).ReadAll(left).Should().Equal(Enumerable.Range(0, 5000).Select(j => j / 8.0));
    }

    private static (long Bits, string Message) Outcome(Func<double> read)
    {
        try
        {
            return (BitConverter.DoubleToInt64Bits(read()), "");
        }
        catch (UserError error)
        {
            return (0, error.Message);
        }
    }

    private static string Describe(TableFile file)
    {
        file.ScanForCopies();
        FileProfile profile = FileProfile.Measure(file);
        IEnumerable<string> columns = profile.Columns.Select((column, k) =>
            Invariant($"{column.Notation} {column.Content.Missing} {column.Faults} {column.FirstFault} {column.Content.Distinct} {column.Content.Least} {column.Content.Greatest} {column.Content.Counts} {column.Content.MergedInSingle} {file.Scan.Missing(k)} {file.Scan.ForeignText(k)} {file.Scan.Dates(k)} ") + string.Join('|', column.Content.Levels)
            + string.Join(',', profile.Columns.Select(other => other.Fingerprint == column.Fingerprint)));
        return string.Join('\n', [.. columns, .. profile.Notes, Invariant($"{profile.RowCount} {profile.RepeatedRows}")]);
    }
}
