using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using static System.FormattableString;

namespace GnMlNet.Cli.Tests.Reading;

/// <summary>What a Parquet file holds becomes cells, by its types.</summary>
public sealed class ParquetTests : IDisposable
{
    private const int RowCount = 45;

    private static readonly int[] s_rows = [.. Enumerable.Range(0, RowCount)];

    private static readonly DateTime s_start = new(2023, 12, 30, 22, 15, 30, DateTimeKind.Utc);

    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    public static TheoryData<string> Types => [.. TypedColumns.Keys];

    // For each type a column of the Parquet file, and how its values are written; empty where they are missing.
    private static Dictionary<string, (ParquetTable.Column Column, string[] Cells)> TypedColumns { get; } = new()
    {
        ["int8"] = Numbers<sbyte>(j => (sbyte)(j - 20)),
        ["uint8"] = Numbers<byte>(j => (byte)(5 * j)),
        ["int16"] = Numbers<short>(j => (short)(700 * (j - 20))),
        ["uint16"] = Numbers<ushort>(j => (ushort)(1400 * j)),
        ["int32"] = Numbers<int>(j => int.MinValue + (j * j * j)),
        ["uint32"] = Numbers<uint>(j => uint.MaxValue - (uint)(j * j)),
        ["int64"] = Numbers<long>(j => long.MaxValue - (j * 1_000_003L)),
        ["uint64"] = Numbers<ulong>(j => ulong.MaxValue - (ulong)(j * 1_000_003L)),
        ["float"] = Numbers<float>(j => (float)Math.Sin(j) * 1e8f),
        ["double"] = Numbers<double>(j => Math.Exp(j * Math.Sin(j))),
        ["decimal(9,3)"] = Decimals(9, 3, j => (17 * j) - 400),
        ["decimal(18,6)"] = Decimals(18, 6, j => 123_456_789_012L * (j - 20)),
        ["decimal(38,10)"] = Decimals(38, 10, j => BigInteger.Parse("12345678901234567890123456789012345678", CultureInfo.InvariantCulture) / (j + 1) * (j % 2 == 0 ? 1 : -1)),
        ["boolean"] = Of(ParquetTable.Of<bool>("v", Some(j => j % 3 == 0)), j => j % 3 == 0 ? "True" : "False"),
        ["string"] = Of(ParquetTable.Of("v", s_rows.Select(j => IsMissing(j) ? null : $"größe €{j % 4}")), j => $"größe €{j % 4}"),
        ["uuid"] = Of(ParquetTable.Of<Guid>("v", Some(j => new Guid(j % 3, 0, 1, new byte[8]))), j => new Guid(j % 3, 0, 1, new byte[8]).ToString()),
        ["date"] = Times(new DateTimeDataField("v", DateTimeFormat.Date, isNullable: true), j => s_start.Date.AddDays(j), "yyyy-MM-dd"),
        ["int96"] = Times(new DateTimeDataField("v", DateTimeFormat.Impala, isNullable: true), j => s_start.AddSeconds(4000.5 * j), Clock),
        ["timestamp(ms), old"] = Times(new DateTimeDataField("v", DateTimeFormat.DateAndTime, isNullable: true), j => s_start.AddMilliseconds(1_234_567 * j), Clock),
        ["timestamp(us), old"] = Times(new DateTimeDataField("v", DateTimeFormat.DateAndTimeMicros, isNullable: true), j => s_start.AddTicks(12_345_670L * j), Clock),
        ["timestamp(ms)"] = Times(Stamps(DateTimeTimeUnit.Millis, isUtc: true), j => s_start.AddMilliseconds(1_234_567 * j), Clock),
        ["timestamp(us)"] = Times(Stamps(DateTimeTimeUnit.Micros, isUtc: false), j => s_start.AddTicks(-123_456_789_010L * j * j), Clock),
        ["timestamp(ns)"] = Times(Stamps(DateTimeTimeUnit.Nanos, isUtc: false), j => s_start.AddTicks(123_456_789L * j), Clock),
        ["time(ms)"] = Of(ParquetTable.Of<int>(new TimeDataField("v", TimeUnitPrecision.Millis, isNullable: true), Some(j => 1_234_567 * j)), j => TimeOfDay(12_345_670_000L * j)),
        ["time(us)"] = Of(ParquetTable.Of<long>(new TimeDataField("v", TimeUnitPrecision.Micros, isNullable: true), Some(j => 1_234_567_891L * j)), j => TimeOfDay(12_345_678_910L * j)),
        ["time(ns)"] = Of(ParquetTable.Of<long>(new TimeDataField("v", TimeUnitPrecision.Nanos, isNullable: true), Some(j => 1_234_567_891_200L * j)), j => TimeOfDay(12_345_678_912L * j)),
    };

    private static string Clock => "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    [Theory, MemberData(nameof(Types))]
    public void Every_type_has_the_cells_numbers_and_role_that_its_values_have_when_they_are_written(string type)
    {
        (ParquetTable.Column column, string[] cells) = TypedColumns[type];
        TableFile csv = TableFile.Open(_gnml.Write("v.csv", "v;row\n" + string.Concat(cells.Select((cell, j) => $"{cell};{j}\n"))), ReadingSettings.Detect);
        TableFile parquet = Open(column, ParquetTable.Of<int>("row", s_rows.Cast<int?>()));
        using (TableFile.Reader rows = parquet.Read())
        {
            foreach (string cell in cells)
            {
                rows.MoveNext().Should().BeTrue();
                rows[0].Should().Be(cell);
            }

            rows.MoveNext().Should().BeFalse();
        }

        foreach (string name in new[] { "v", "row" })
        {
            ColumnProfile expected = FileProfile.Measure(csv)[name], found = FileProfile.Measure(parquet)[name];
            Describe(found).Should().Be(Describe(expected));
            if (expected.Notation is ColumnNotation.Texts) continue;
            // From what was kept, and from the file itself.
            NumberSource ofCsv = Source(csv, expected), ofParquet = Source(parquet, found);
            double[] numbers = [.. ofCsv.ReadAll(csv)];
            ofParquet.ReadAll(parquet).Should().Equal(numbers, (a, b) => IsSame(type, a, b));
            parquet.Scan.ForgetCells();
            ofParquet.ReadAll(parquet).Should().Equal(numbers, (a, b) => IsSame(type, a, b));
        }
    }

    [Fact]
    public void Row_groups_compression_and_encodings_change_nothing()
    {
        string expected = Cells(ParquetTable.Write(_gnml.PathOf("plain.parquet"), RowCount, new ParquetOptions { CompressionMethod = CompressionMethod.None, DictionaryEncodingThreshold = 0 }, Table()));
        foreach (CompressionMethod method in new[] { CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Zstd, CompressionMethod.Brotli, CompressionMethod.Lz4Raw })
        {
            foreach (int rows in new[] { 7, RowCount })
            {
                foreach (EncodingHint hint in new[] { EncodingHint.Default, EncodingHint.Dictionary, EncodingHint.DeltaBinaryPacked, EncodingHint.ByteSplitStream })
                {
                    var options = new ParquetOptions { CompressionMethod = method, CompressionLevel = CompressionLevel.Fastest };
                    foreach (string name in hint switch { EncodingHint.DeltaBinaryPacked => ["int32", "int64"], EncodingHint.ByteSplitStream => ["float", "double"], EncodingHint.Dictionary => ["string"], _ => Array.Empty<string>() }) options.ColumnEncodingHints[name] = hint;
                    Cells(ParquetTable.Write(_gnml.PathOf("other.parquet"), rows, options, Table())).Should().Be(expected);
                }
            }
        }
    }

    [Fact]
    public void Text_goes_the_way_that_the_text_of_a_CSV_file_goes()
    {
        string[][] columns =
        [
            ["1,5", "2,25", "NA", "3,125"], ["31.12.2023", "", "1.1.2024", "2.1.2024"], ["$5", "($1,000.50)", "2", "3"], ["5%", "7 %", "", "8%"], [" red", "7", "green ", "None"], ["007", "1.234", "5", "1e3"], ["03/04/2024", "05/06/2024", "01/02/2024", "02/01/2024"],
        ];
        string[] lines = [.. Enumerable.Range(0, 4).Select(j => string.Join(';', columns.Select(column => column[j])))];
        string header = string.Join(';', columns.Select((_, k) => $"c{k}"));
        string csv = _gnml.Write("texts.csv", string.Join('\n', [header, .. lines]) + "\n");
        string parquet = ParquetTable.Write(_gnml.PathOf("texts.parquet"), 3, new ParquetOptions(), [.. columns.Select((column, k) => ParquetTable.Of($"c{k}", column.Select(cell => cell.Length == 0 ? null : cell)))]);
        foreach (ReadingSettings settings in new[] { ReadingSettings.Detect, new ReadingSettings { MissingMarks = ["5", "red"], DateOrder = DateOrder.DayFirst } })
        {
            string Described(string path, ReadingSettings how)
            {
                FileProfile profile = FileProfile.Measure(TableFile.Open(path, how));
                return string.Join('\n', [.. profile.Columns.Select(Describe), .. profile.Notes]);
            }

            Described(parquet, settings).Should().Be(Described(csv, settings with { Delimiter = ';' }));
        }
    }

    [Fact]
    public void Nulls_and_NaN_are_missing_marks_are_as_the_user_says_and_infinity_is_an_error_with_its_row()
    {
        double?[] values = [1, null, double.NaN, -999, 2.5, 3];
        string path = ParquetTable.Write(_gnml.PathOf("x.parquet"), 4, new ParquetOptions(), ParquetTable.Of("x", values), ParquetTable.Of("t", new[] { "a", null, "", "-999", "b", "a" }), ParquetTable.Of<DateTime>("when", values.Select((_, j) => j == 2 ? (DateTime?)null : s_start.AddDays(j))));
        FileProfile Profile(params string[] marks) => FileProfile.Measure(TableFile.Open(path, new ReadingSettings { MissingMarks = marks }));
        Profile().Columns.Select(column => column.Content.Missing).Should().Equal(2, 2, 1);
        FileProfile marked = Profile("-999", "2024-01-01 22:15:30");
        marked.Columns.Select(column => column.Content.Missing).Should().Equal(3, 3, 1);
        Profile("2023-12-30 22:15:30")["when"].Content.Missing.Should().Be(2);
        Source(marked.File, marked["x"]).ReadAll(marked.File).Should().Equal(1, double.NaN, double.NaN, double.NaN, 2.5, 3);

        values[4] = double.NegativeInfinity;
        string bad = ParquetTable.Write(_gnml.PathOf("bad.parquet"), 4, new ParquetOptions(), ParquetTable.Of("x", values));
        FileProfile profile = FileProfile.Measure(TableFile.Open(bad, ReadingSettings.Detect));
        profile["x"].FirstFault.Should().Be(("-Infinity", "row 5"));
        FluentActions.Invoking(() => Source(profile.File, profile["x"]).ReadAll(profile.File).ToArray()).Should().Throw<UserError>().WithMessage("*bad.parquet, row 5, column 'x': '-Infinity' is not finite*");
    }

    [Fact]
    public void Row_groups_are_read_one_at_a_time_and_of_columns_those_that_are_asked_for()
    {
        string path = ParquetTable.Write(_gnml.PathOf("groups.parquet"), 15, new ParquetOptions(), ParquetTable.Of<double>("x", s_rows.Select(j => (double?)Math.Sin(j))), ParquetTable.Of<double>("z", s_rows.Select(j => (double?)Math.Cos(j))));
        long second = ColumnStart(path, group: 1, column: 1), third = ColumnStart(path, group: 2, column: 0);
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan((int)second, 20).Fill(0xFF);
        bytes.AsSpan((int)third, 20).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        using TableFile.Reader reader = TableFile.Open(path, ReadingSettings.Detect).Read();
        for (int j = 0; j < 30; j++)
        {
            reader.MoveNext().Should().BeTrue();
            reader[0].Should().Be(CommandLine.Text(Math.Sin(j)));
            if (j == 14) reader[1].Should().Be(CommandLine.Text(Math.Cos(j)));
        }

        FluentActions.Invoking(() => reader[1]).Should().Throw<UserError>().WithMessage("*damaged Parquet file*column 'z' in row group 2*");
        reader.MoveNext();
        FluentActions.Invoking(() => reader[0]).Should().Throw<UserError>().WithMessage("*damaged Parquet file*column 'x' in row group 3*");
    }

    private static long ColumnStart(string path, int group, int column)
    {
        using FileStream stream = File.OpenRead(path);
        return ParquetReader.CreateAsync(stream).GetAwaiter().GetResult().RowGroups[group].RowGroup.Columns[column].MetaData!.DataPageOffset;
    }

    private TableFile Open(params ParquetTable.Column[] columns) => TableFile.Open(ParquetTable.Write(_gnml.PathOf("v.parquet"), 20, new ParquetOptions(), columns), ReadingSettings.Detect);

    private static ParquetTable.Column[] Table() =>
    [
        ParquetTable.Of<int>("int32", Some(j => j * j)),
        ParquetTable.Of<long>("int64", Some(j => 7_000_000_000L + j)),
        ParquetTable.Of<float>("float", Some(j => (float)Math.Sin(j))),
        ParquetTable.Of<double>("double", Some(j => Math.Sin(j))),
        ParquetTable.Of<bool>("boolean", Some(j => j % 3 == 0)),
        ParquetTable.Of("string", s_rows.Select(j => IsMissing(j) ? null : $"k{j % 4}")),
        ParquetTable.OfAll(new DataField("whole", typeof(int), isNullable: false), Array.ConvertAll(s_rows, j => 3 * j)),
    ];

    private static string Cells(string path)
    {
        TableFile file = TableFile.Open(path, ReadingSettings.Detect);
        var cells = new List<string>();
        using (TableFile.Reader reader = file.Read())
        {
            while (reader.MoveNext()) cells.AddRange(file.Header.Select((_, k) => reader[k]));
        }

        FileProfile profile = FileProfile.Measure(file);
        return string.Join('|', [.. cells, .. profile.Columns.Select(Describe)]);
    }

    private static string Describe(ColumnProfile column) => Invariant(
        $"{column.Name} {Role(column.Notation)} {column.Content.Missing} {column.Content.Distinct} {column.Content.Least:G7} {column.Content.Greatest:G7} {column.Content.Counts} {column.Content.MergedInSingle} {column.Faults} {string.Join(',', column.Content.Parts)} {string.Join(',', column.Content.Levels)}");

    private static string Role(ColumnNotation notation) => notation switch
    {
        ColumnNotation.Dates dates => dates.Notation.Name,
        ColumnNotation.Numbers numbers => numbers.Notation.ToString(),
        _ => notation.ToString(),
    };

    private static NumberSource Source(TableFile file, ColumnProfile column) => column.Notation switch
    {
        ColumnNotation.Dates dates => new NumberSource.PartOfDate(column.Index, file.Missing, dates.Notation, dates.Parts[0]),
        var notation => new NumberSource.Written(column.Index, file.Missing, ((ColumnNotation.Numbers)notation).Notation),
    };

    // A float is written with the digits that tell it from other floats, which are those of another double.
    private static bool IsSame(string type, double a, double b) => type == "float" ? (float)a == (float)b || (double.IsNaN(a) && double.IsNaN(b)) : BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private static bool IsMissing(int row) => row % 9 == 4;

    private static IEnumerable<T?> Some<T>(Func<int, T> value)
        where T : struct => s_rows.Select(j => IsMissing(j) ? (T?)null : value(j));

    private static (ParquetTable.Column, string[]) Of(ParquetTable.Column column, Func<int, string> cell) => (column, [.. s_rows.Select(j => IsMissing(j) ? "" : cell(j))]);

    private static (ParquetTable.Column, string[]) Numbers<T>(Func<int, T> value)
        where T : struct, INumber<T> => Of(ParquetTable.Of<T>("v", Some(value)), j => InFull(value(j)));

    private static (ParquetTable.Column, string[]) Decimals(int precision, int scale, Func<int, BigInteger> unscaled) => Of(
        ParquetTable.Of<BigDecimal>(new BigDecimalDataField("v", precision, scale, isNullable: true), Some(j => new BigDecimal(unscaled(j), precision, scale))),
        j => new BigDecimal(unscaled(j), precision, scale).ToString().TrimEnd('0').TrimEnd('.'));

    private static (ParquetTable.Column, string[]) Times(DateTimeDataField field, Func<int, DateTime> time, string format) => Of(ParquetTable.Of<DateTime>(field, Some(time)), j => time(j).ToString(format, CultureInfo.InvariantCulture));

    private static DateTimeDataField Stamps(DateTimeTimeUnit unit, bool isUtc) => new("v", DateTimeFormat.Timestamp, isUtc, unit, isNullable: true);

    private static string TimeOfDay(long ticks) => new DateTime(ticks).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    // Whole numbers of at most 15 digits are written without an exponent.
    private static string InFull<T>(T value)
        where T : struct, INumber<T> => Math.Abs(double.CreateChecked(value)) < 1e15 && T.IsInteger(value) ? BigInteger.CreateChecked(value).ToString(CultureInfo.InvariantCulture) : value.ToString(null, CultureInfo.InvariantCulture);
}
