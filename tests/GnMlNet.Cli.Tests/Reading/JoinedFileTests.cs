using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Tests.Reading;

/// <summary>Tables in several files.</summary>
public sealed class JoinedFileTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void A_model_of_several_files_is_that_of_the_file_that_they_would_be()
    {
        string whole = _gnml.WriteTable(rows: 300, withMissing: true);
        string[] lines = File.ReadAllLines(whole);
        void WriteShard(string name, int first, int count) => _gnml.Write(name, string.Join('\n', lines.Skip(1 + first).Take(count).Prepend(lines[0])) + "\n");
        WriteShard("b-1.csv", 0, 7);
        WriteShard("b-2.csv", 7, 0);
        WriteShard("b-3.csv", 7, 200);
        WriteShard("a.csv", 207, 93);
        string[] Words(string model) => ["--label", "y", "--ensemble", "2", "--hidden", "2", "--iterations", "3", "--no-baselines", "--out", _gnml.PathOf(model)];
        string[] given = ["--data", _gnml.PathOf("b-?.csv"), "--data", _gnml.PathOf("a.csv")];
        // With so little memory that no cell is kept, too.
        foreach (string memory in new[] { "1GB", "20MB" })
        {
            CommandLine.Succeed(["train", "--data", whole, .. Words("whole.zip"), "--memory-limit", memory]);
            CommandLine.Succeed(["train", .. given, .. Words("joined.zip"), "--memory-limit", memory]);
            SavedModelContents.Of(_gnml.PathOf("joined.zip")).Should().Equal(SavedModelContents.Of(_gnml.PathOf("whole.zip")));
        }

        string reversed = _gnml.PathOf("reversed.zip");
        CommandLine.Succeed(["train", "--data", _gnml.PathOf("a.csv"), _gnml.PathOf("b-1.csv"), _gnml.PathOf("b-3.csv"), .. Words("reversed.zip"), "--memory-limit", "20MB"]);
        SavedModelContents.Of(reversed).Should().NotEqual(SavedModelContents.Of(_gnml.PathOf("whole.zip")), "the order of rows matters");
    }

    [Theory]
    [InlineData("x,z,w,y\n1,2,3,4\n2,3,4,5\n", "it has 'w', which")]
    [InlineData("x,y\n1,2\n3,4\n", "it lacks 'z', which")]
    [InlineData("x,w,y\n1,2,3\n4,5,6\n", "it lacks 'z', which")]
    [InlineData("z,x,y\n1,2,3\n4,5,6\n", "another order")]
    [InlineData("x,z,y\na,2,3\nb,5,6\n", "column 'x' holds text, such as 'a', but numbers in")]
    [InlineData("x,z,y\n2024-01-02,2,3\n2024-01-03,5,6\n", "column 'x' holds dates, such as '2024-01-02', but numbers in")]
    [InlineData("x,z,y\n1,2,3\n7,8,9\n4,b,6\n", "line 4, column 'z': 'b' is not a number")]
    [InlineData("1,2,3\n4,5,6\n7,8,9\n", "it lacks 'x', 'z', 'y'")]
    public void A_file_that_is_not_of_the_table_is_named_with_what_differs(string content, string reason)
    {
        string first = _gnml.Write("first.csv", "x,z,y\n1,2,3\n2,3,5\n3,4,7\n4,4,8\n5,4,9\n"), second = _gnml.Write("second.csv", content);
        CommandLine.Fail("train", "--data", first, "--data", second, "--label", "y", "--ensemble", "1", "--iterations", "1", "--out", _gnml.PathOf("m.zip")).Should().Contain(second).And.Contain(reason);
        File.Exists(_gnml.PathOf("m.zip")).Should().BeFalse();
    }

    [Fact]
    public void What_is_no_file_or_the_same_file_again_is_refused()
    {
        string file = _gnml.WriteTable("t.csv");
        CommandLine.Fail("train", "--data", file, "--data", _gnml.PathOf("*.csv"), "--label", "y").Should().Contain(file).And.Contain("twice");
        CommandLine.Fail("train", "--data", _gnml.PathOf("*.parquet"), "--label", "y").Should().Contain("No file matches").And.Contain("*.parquet");
        CommandLine.Fail("train", "--data", _gnml.PathOf("none/*.csv"), "--label", "y").Should().Contain("There is no folder").And.Contain(_gnml.PathOf("none"));
        CommandLine.Fail("train", "--data", file, "--data", _gnml.PathOf("none.csv"), "--label", "y").Should().Contain("There is no file").And.Contain("none.csv");
    }

    [Fact]
    public void Text_that_is_asked_to_be_text_may_look_like_numbers_in_one_of_the_files()
    {
        string first = _gnml.Write("first.csv", "code,x,y\nA1,1,2\nA2,2,3\nA1,3,4\nA2,4,6\n"), second = _gnml.Write("second.csv", "code,x,y\n11,5,5\n12,6,6\n");
        string[] words = ["train", "--data", first, "--data", second, "--label", "y", "--ensemble", "1", "--hidden", "1", "--iterations", "1", "--test-fraction", "0", "--out", _gnml.PathOf("m.zip")];
        CommandLine.Fail(words).Should().Contain("column 'code' holds numbers, but text in").And.Contain("--categories 'code'");
        CommandLine.Succeed([.. words, "--categories", "code"]);
        CommandLine.Succeed([.. words, "--exclude", "code"]);
    }

    // 3 is the number of rows before the one that is read from: in the first file, at its end, in a later one.
    [Theory, InlineData(0), InlineData(3), InlineData(40), InlineData(41), InlineData(99), InlineData(100), InlineData(139), InlineData(140)]
    public void Reading_from_a_row_on_gives_the_rows_that_reading_all_gives_from_there(int first)
    {
        (string, Func<int, double>)[] columns = [("x", j => j), ("y", j => j / 7.0)];
        string csv = _gnml.PathOf("1.csv"), parquet = _gnml.PathOf("2.parquet"), quoted = _gnml.PathOf("3.csv");
        using (StreamWriter writer = File.CreateText(csv)) NumberCsv.Write(writer, columns, Enumerable.Range(0, 40));
        using (FileStream stream = File.Create(parquet)) NumberParquet.Write(stream, columns, Enumerable.Range(40, 60));
        File.WriteAllText(quoted, "x,y\n" + string.Concat(Enumerable.Range(100, 40).Select(j => $"{j},\"{CommandLine.Text(j / 7.0)}\"\n\n")));
        TableFile file = TableFile.Open([csv, parquet, quoted], ReadingSettings.Detect);
        CellForms forms = file.Scan.Forms;
        file.Scan.RowCount.Should().Be(140);
        foreach (bool fromBlocks in new[] { true, false })
        {
            using TableFile.Reader rows = file.ReadFrom(first, forms, _ => fromBlocks);
            for (int j = first; j < 140; j++)
            {
                rows.MoveNext().Should().BeTrue();
                Number(rows, 0).Should().Be(j);
                Number(rows, 1).Should().Be(j / 7.0);
            }

            rows.MoveNext().Should().BeFalse();
        }

        static double Number(TableFile.Reader rows, int column) => rows.TryGetPlain(column, out double value) ? value : double.Parse(rows[column], System.Globalization.CultureInfo.InvariantCulture);
    }

    // Blocks of lines have a megabyte.
    [Fact]
    public void Blocks_of_lines_are_gone_past_without_being_taken_apart()
    {
        string path = _gnml.PathOf("long.csv");
        string filler = new('7', 100);
        File.WriteAllLines(path, ["x,y", .. Enumerable.Range(0, 30_000).Select(j => j % 1000 == 0 ? "" : $"{j},{filler}")]);
        TableFile file = TableFile.Open(path, ReadingSettings.Detect);
        double[] all = [.. Enumerable.Range(0, 30_000).Where(j => j % 1000 != 0).Select(j => (double)j)];
        CellForms forms = file.Scan.Forms;
        foreach (int first in new[] { 1, 9_000, 29_969 })
        {
            using TableFile.Reader rows = file.ReadFrom(first, forms, _ => true);
            for (int j = first; j < all.Length; j++)
            {
                rows.MoveNext().Should().BeTrue();
                rows.TryGetPlain(0, out double value).Should().BeTrue();
                value.Should().Be(all[j]);
            }

            rows.MoveNext().Should().BeFalse();
        }

        file.ReadBlocks(29_000).First().FirstRow.Should().BeGreaterThan(9_000);
    }
}
