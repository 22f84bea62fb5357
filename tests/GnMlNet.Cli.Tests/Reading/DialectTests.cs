using System.IO.Compression;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tests.Reading;

public sealed class DialectTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    private TableFile Open(string content, string? label = null, ReadingSettings? settings = null) => TableFile.Open(_gnml.Write("table.csv", content), settings ?? ReadingSettings.Detect, label);

    private static string[][] Rows(TableFile file)
    {
        var rows = new List<string[]>();
        using TableFile.Reader reader = file.Read();
        while (reader.MoveNext()) rows.Add([.. Enumerable.Range(0, file.Header.Count).Select(k => reader[k])]);
        return [.. rows];
    }

    [Theory]
    [InlineData("City, State\ta\ty\nBoise, ID\t1\t2\nRome, NY\t3\t4\n", '\t', "City, State|a|y")]
    [InlineData("L, mm;F, N;y\n0,5;0,25;1,5\n1,5;2,25;3,5\n", ';', "L, mm|F, N|y")]
    [InlineData("x,tags,y\n1,a;b,2\n3,c;d,4\n", ',', "x|tags|y")]
    [InlineData("# x y\n1 2\n3 4\n", ' ', "x|y")]
    [InlineData("  x   y\n 1.5  2\n-3.5  4\n", ' ', "x|y")]
    public void The_delimiter_splits_the_label_off_and_leaves_numbers(string content, char delimiter, string names)
    {
        TableFile file = Open(content, "y");
        (file.Delimiter, string.Join('|', file.Header)).Should().Be((delimiter, names));
        Rows(file).Should().HaveCount(2);
        TableFile unlabelled = Open(content);
        unlabelled.Header.Should().Equal(file.Header, "it is found without the label, too");
    }

    [Theory]
    [InlineData("Report of May\nx,z,y\n1,2,3\n4,5,6\n", 1)]
    [InlineData("Report of May,,\n\nx,z,y\n1,2,3\n4,5,6\n", 2)]
    [InlineData("# made by a logger\n# version 2\nx,z,y\n1,2,3\n4,5,6\n", 2)]
    [InlineData("sep=,\nTitle\nx,z,y\n1,2,3\n4,5,6\n", 2)]
    public void Lines_above_the_header_are_skipped_with_a_note_and_line_numbers_stay_those_of_the_file(string content, int lines)
    {
        foreach (string? label in new[] { "y", null })
        {
            TableFile file = Open(content, label);
            file.Header.Should().Equal("x", "z", "y");
            Rows(file).Select(row => row[0]).Should().Equal("1", "4");
            file.Notes.Should().ContainSingle(note => note.Contains("skipped"));
            using TableFile.Reader reader = file.Read();
            reader.MoveNext();
            reader.Place.Should().Be($"line {lines + 2}");
        }
    }

    [Fact]
    public void A_second_line_of_units_is_skipped_with_a_note_and_one_of_names_joins_the_first()
    {
        TableFile units = Open("t,F,y\ns,kN,mm\n1,2,3\n4,5,6\n", "y");
        units.Header.Should().Equal("t", "F", "y");
        units.Notes.Should().ContainSingle().Which.Should().Contain("units").And.Contain("kN");
        Rows(units).Should().HaveCount(2);

        TableFile names = Open("load,load,y\nmin,max,\n1,2,3\n4,5,6\n", "y");
        names.Header.Should().Equal("load min", "load max", "y");
        Rows(names).Should().HaveCount(2);

        Rows(Open("kind,y\na,1\nb,2\n", "y")).Should().HaveCount(2, "a row with a number is no header");
    }

    [Fact]
    public void Without_a_header_columns_go_by_their_numbers()
    {
        TableFile file = Open("1.5,2,3\n4.5,5,6\n");
        file.Header.Should().Equal("column 1", "column 2", "column 3");
        Rows(file).Should().HaveCount(2);
        Open("400,500,y\n1,2,3\n", "y").Header.Should().Equal("400", "500", "y");
        Open("1,2\n3,4\n", "2").Header.Should().Equal(["1", "2"], "the label is in the first line, so it is a header");
        Open("a,b\n3,4\n", settings: new ReadingSettings { HasNoHeader = true }).Header.Should().Equal("column 1", "column 2");
    }

    [Fact]
    public void Columns_without_a_name_or_with_one_that_is_taken_get_one()
    {
        TableFile file = Open(",x,x,x.1,,y\n1,2,3,4,5,6\n1,2,3,4,5,6\n", "y");
        file.Header.Should().Equal("column 1", "x", "x.2", "x.1", "column 5", "y");
        file.WrittenHeader.Should().Equal("", "x", "x", "x.1", "", "y");
        file.Notes.Should().ContainSingle().Which.Should().Contain("'x'").And.Contain("'x.2'");
    }

    [Fact]
    public void Names_of_rows_without_a_name_of_their_own_and_delimiters_too_many_are_understood()
    {
        TableFile named = Open("x y\n\"r 1\" 1 2\n\"r 2\" 3 4\n\"r 3\" 5 6\n", "y");
        named.Header.Should().Equal("column 1", "x", "y");
        Rows(named)[0].Should().Equal("r 1", "1", "2");
        Rows(Open("x,z,y\n1,2,3,\n4,5,6,,\n", "y")).Should().HaveCount(2);
    }

    [Fact]
    public void Zipped_text_is_read_and_what_is_no_text_is_named_without_its_bytes()
    {
        string path = _gnml.PathOf("table.csv.gz");
        using (var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest)) zip.Write("x,y\n1,2\n"u8);
        TableFile.Open(path, ReadingSettings.Detect).Header.Should().Equal("x", "y");
        byte[] zipped = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. zipped, .. zipped]);
        TableFile.Open(path, ReadingSettings.Detect).Header.Should().Equal(["x", "y"], "zipped files may follow each other");

        void Refused(byte[] bytes, string what)
        {
            string file = _gnml.PathOf("file");
            File.WriteAllBytes(file, bytes);
            Action open = () => TableFile.Open(file, ReadingSettings.Detect);
            open.Should().Throw<UserError>().Which.Message.Should().Contain(what).And.Match(message => !message.Any(char.IsControl));
        }

        Refused("PK\u0003\u0004......[Content_Types].xml"u8.ToArray(), "xlsx");
        Refused("PK\u0003\u0004......data.csv"u8.ToArray(), "zip archive");
        Refused("PAR1\0\0"u8.ToArray(), "Parquet");
        Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "xls");
        Refused([1, 2, 0, 3, 0, 0, 0, 77, 0, 1], "no text");
        for (int length = 3; length < zipped.Length; length++) Refused(zipped[..length], "damaged gzip");
        Refused([.. zipped, .. zipped[..^1]], "damaged gzip");
    }

    [Fact]
    public void Characters_that_a_buffer_cuts_are_still_UTF_8()
    {
        string text = "name,y\n" + string.Concat(Enumerable.Range(0, 40_000).Select(k => $"{new string('a', k % 3)}ä€😀,1\n"));
        string path = _gnml.Write("long.csv", text);
        TableFile file = TableFile.Open(path, ReadingSettings.Detect, "y");
        file.Notes.Should().BeEmpty();
        Rows(file).Should().OnlyContain(row => row[0].EndsWith("ä€😀"));
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. bytes, 0xE4, .. ",1\n"u8]);
        TableFile.Open(path, ReadingSettings.Detect, "y").Notes.Should().ContainSingle().Which.Should().Contain("Windows-1252");
    }
}
