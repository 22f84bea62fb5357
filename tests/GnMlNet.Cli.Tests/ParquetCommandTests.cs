using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using GnMlNet.Cli.Tests.Reading;
using Parquet;
using Parquet.Schema;

namespace GnMlNet.Cli.Tests;

/// <summary>Commands do with a Parquet file what they do with a CSV file of the same values.</summary>
public sealed class ParquetCommandTests : IDisposable
{
    private const int RowCount = 90;

    private static readonly string[] s_quick = ["--ensemble", "2", "--hidden", "3", "--iterations", "3", "--no-baselines"];

    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--test-fraction", "0", "--kernel", "none", "--categories", "code")]
    [InlineData("--group", "code", "--features", "x,z,when,serial", "--kernel", "smooth")]
    public void The_same_values_give_the_same_model_and_the_same_predictions(params string[] options)
    {
        (string csv, string parquet) = WriteBoth();
        string ofCsv = _gnml.PathOf("csv.zip"), ofParquet = _gnml.PathOf("parquet.zip");
        CommandLine.Outcome fromCsv = CommandLine.Succeed(["train", "--data", csv, "--label", "y", "--out", ofCsv, .. s_quick, .. options]), fromParquet = CommandLine.Succeed(["train", "--data", parquet, "--label", "y", "--out", ofParquet, .. s_quick, .. options]);
        SavedModelContents.Of(ofParquet).Should().Equal(SavedModelContents.Of(ofCsv));
        Notes(fromParquet).Should().Equal(Notes(fromCsv)).And.NotBeEmpty();

        string predictions = CommandLine.Succeed("predict", ofCsv, "--data", csv).Output;
        predictions.TrimEnd().Split('\n').Should().HaveCount(RowCount + 1);
        foreach (string model in new[] { ofCsv, ofParquet }) CommandLine.Succeed("predict", model, "--data", parquet).Output.Should().Be(predictions);
        string named = _gnml.PathOf("predictions.parquet");
        CommandLine.Succeed("predict", ofCsv, "--data", parquet, "--out", named).Errors.Should().Contain("CSV, whatever its name says");
        File.ReadAllText(named).Should().Be(predictions);
        string Evaluated(string table) => CommandLine.Succeed("evaluate", ofCsv, "--data", table, "--json").Json.GetProperty("errors").ToString();
        Evaluated(parquet).Should().Be(Evaluated(csv));
    }

    [Fact]
    public void Other_commands_say_the_same_of_both()
    {
        (string csv, string parquet) = WriteBoth(floatsAreExact: true);
        string model = _gnml.PathOf("m.zip");
        CommandLine.Succeed(["train", "--data", csv, "--label", "y", "--exclude", "when,kind", "--out", model, .. s_quick]);
        JsonElement Info(string table) => CommandLine.Succeed("info", table, "--label", "y", "--json").Json;
        foreach (string what in new[] { "rows", "columns", "notes", "warnings", "refusals" }) Info(parquet).GetProperty(what).ToString().Should().Be(Info(csv).GetProperty(what).ToString());
        CommandLine.Succeed("info", parquet).Console.Should().Contain("a Parquet file of 3 row groups").And.NotContain("cells separated");
        string Explained(string table) => CommandLine.Succeed("explain", model, "--data", table, "--json").Output.Replace(Path.GetFileName(table), "table", StringComparison.Ordinal).Replace(table, "table", StringComparison.Ordinal);
        Explained(parquet).Should().Be(Explained(csv));
        CommandLine.Succeed("export", model, "--onnx", _gnml.PathOf("m.onnx"), "--check", parquet).Console.Should().Contain($"{RowCount} rows of {Path.GetFileName(parquet)}");
    }

    [Fact]
    public void A_file_is_what_its_bytes_say_whatever_its_name()
    {
        (string csv, string parquet) = WriteBoth();
        string named = _gnml.PathOf("parquet.csv"), other = _gnml.PathOf("csv.parquet");
        File.Copy(parquet, named);
        File.Copy(csv, other);
        string Columns(string table) => CommandLine.Succeed("info", table, "--json").Json.GetProperty("columns").ToString();
        Columns(named).Should().Be(Columns(parquet));
        Columns(other).Should().Be(Columns(csv));
    }

    [Fact]
    public void Columns_that_are_no_cells_are_refused_by_name_until_they_are_left_out()
    {
        double[] x = [.. Enumerable.Range(0, RowCount).Select(j => Math.Sin(j))];
        string table = ParquetTable.Write(
            _gnml.PathOf("nested.parquet"),
            40,
            new ParquetOptions(),
            ParquetTable.OfLists("tags", RowCount),
            ParquetTable.Of<double>("x", x.Select(value => (double?)value)),
            ParquetTable.OfStructs("place", RowCount),
            ParquetTable.OfMaps("props", RowCount),
            ParquetTable.OfAll<ReadOnlyMemory<byte>>(new DataField("raw", typeof(byte[]), isNullable: false), x.Select(_ => new ReadOnlyMemory<byte>([1, 2]))),
            ParquetTable.Of<double>("y", x.Select(value => (double?)(value * value))));
        string model = _gnml.PathOf("m.zip");
        string[] refused = ["tags", "place", "props", "raw"];
        string[] contents = ["lists", "structs", "maps", "bytes"];
        for (int k = 0; k < refused.Length; k++)
        {
            string[] others = [.. refused[..k], .. refused[(k + 1)..]];
            CommandLine.Fail(["train", "--data", table, "--label", "y", "--out", model, "--exclude", string.Join(',', others)]).Should()
                .Contain($"nested.parquet: column '{refused[k]}': it holds {contents[k]}").And.Contain($"--exclude '{refused[k]}'");
            CommandLine.Fail("train", "--data", table, "--label", refused[k], "--out", model).Should().Contain($"the label column '{refused[k]}': it holds {contents[k]}");
            CommandLine.Fail("train", "--data", table, "--label", "y", "--exclude", "tags,place,props,raw", "--group", refused[k], "--out", model).Should().Contain($"'{refused[k]}' holds {contents[k]}");
        }

        CommandLine.Succeed(["train", "--data", table, "--label", "y", "--out", model, "--exclude", "tags,place,props,raw", .. s_quick]);
        CommandLine.Outcome predicted = CommandLine.Succeed("predict", model, "--data", table);
        predicted.Output.Should().StartWith("x,y,Score,Lower,Upper");
        predicted.Errors.Should().Contain("'tags' (lists), 'place' (structs), 'props' (maps), 'raw' (bytes");
        string plain = _gnml.Write("plain.csv", "x,y\n" + string.Concat(x.Select(value => $"{CommandLine.Text(value)},{CommandLine.Text(value * value)}\n")));
        CommandLine.Succeed("predict", model, "--data", plain).Output.Should().Be(predicted.Output);
        CommandLine.Succeed("info", table).Console.Should().Contain("Training would refuse column 'tags'");

        string renamed = ParquetTable.Write(_gnml.PathOf("renamed.parquet"), 40, new ParquetOptions(), ParquetTable.OfLists("x", RowCount));
        CommandLine.Fail("predict", model, "--data", renamed).Should().Contain("renamed.parquet: column 'x' holds lists");
    }

    [Fact]
    public void A_file_that_was_cut_or_changed_is_named_in_one_line_or_read()
    {
        (_, string whole) = WriteBoth();
        byte[] bytes = File.ReadAllBytes(whole);
        string file = _gnml.PathOf("bad.parquet");
        for (int length = 4; length < bytes.Length; length += length < 32 ? 1 : 53)
        {
            File.WriteAllBytes(file, bytes[..length]);
            CommandLine.Fail("info", file).Should().Contain("bad.parquet is a damaged Parquet file");
        }

        for (int at = 4; at < bytes.Length; at += 29)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0xFF;
            File.WriteAllBytes(file, changed);
            if (CommandLine.Run("info", file).Code != 0) CommandLine.Fail("info", file).Should().Contain("bad.parquet");
        }

        File.WriteAllBytes(file, [.. "PARE"u8, .. bytes[4..]]);
        CommandLine.Fail("info", file).Should().Contain("bad.parquet is an encrypted Parquet file");
        using (var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest)) zip.Write(bytes);
        CommandLine.Fail("info", file).Should().Contain("Parquet file within a gzip file");
    }

    [Fact]
    public void What_only_text_has_is_refused_and_columns_need_names_that_differ()
    {
        (_, string table) = WriteBoth();
        CommandLine.Fail("info", table, "--no-header").Should().Contain("leave out --no-header");
        CommandLine.Fail("info", table, "--delimiter", ";").Should().Contain("leave out --delimiter");
        CommandLine.Fail("train", "--data", table, "--label", "Y", "--out", _gnml.PathOf("m.zip")).Should().Contain("there is no column 'Y'. Did you mean 'y'?");
        string empty = ParquetTable.Write(_gnml.PathOf("empty.parquet"), 1, new ParquetOptions(), ParquetTable.Of<int>("x", []));
        CommandLine.Fail("info", empty).Should().Contain("there are no rows");
    }

    private static IEnumerable<string> Notes(CommandLine.Outcome outcome) => (outcome.Console + outcome.Errors).Split('\n').Where(line => line.Contains("Column '", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The same table in both formats, the values of the CSV file with all their digits.</summary>
    /// <param name="floatsAreExact">Whether floats are written exactly; else with the digits that tell them from other floats.</param>
    private (string Csv, string Parquet) WriteBoth(bool floatsAreExact = false)
    {
        int[] rows = [.. Enumerable.Range(0, RowCount)];
        double?[] x = [.. rows.Select(j => j % 7 == 2 ? (double?)null : Math.Sin(j))];
        string?[] kind = [.. rows.Select(j => j % 5 == 1 ? null : j % 3 == 0 ? "red" : "dark blue")];
        bool?[] flag = [.. rows.Select(j => j % 6 == 3 ? (bool?)null : j % 2 == 0)];
        DateTime?[] when = [.. rows.Select(j => j % 9 == 4 ? (DateTime?)null : new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(613.25 * j))];
        long?[] serial = [.. rows.Select(j => (long?)(7_000_000_000 + (j * j)))];
        int?[] code = [.. rows.Select(j => (int?)(j * 7 % 12))];
        float?[] z = [.. rows.Select(j => (float?)(floatsAreExact ? Math.Round(64 * Math.Cos(3 * j)) / 64 : Math.Cos(3 * j)))];
        decimal?[] y = [.. rows.Select(j => j % 8 == 5 ? (decimal?)null : Math.Round((decimal)(Math.Sin(j) + (j % 3)), 6) + 0.0000001m)];
        string parquet = ParquetTable.Write(
            _gnml.PathOf("table.parquet"),
            40,
            new ParquetOptions { CompressionMethod = CompressionMethod.Snappy },
            ParquetTable.Of("x", x),
            ParquetTable.Of("kind", kind),
            ParquetTable.Of("flag", flag),
            ParquetTable.Of<DateTime>(new DateTimeDataField("when", DateTimeFormat.DateAndTimeMicros, isNullable: true), when),
            ParquetTable.Of("serial", serial),
            ParquetTable.Of("code", code),
            ParquetTable.Of("z", z),
            ParquetTable.Of<decimal>(new DecimalDataField("y", 12, 7, isNullable: true), y));
        IEnumerable<string> lines = rows.Select(j => string.Join(',', Cell(x[j]), kind[j], Cell(flag[j]), when[j]?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Cell(serial[j]), Cell(code[j]), Cell(z[j]), Cell(y[j])));
        return (_gnml.Write("table.csv", string.Join('\n', ["x,kind,flag,when,serial,code,z,y", .. lines]) + "\n"), parquet);
    }

    private static string Cell(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
