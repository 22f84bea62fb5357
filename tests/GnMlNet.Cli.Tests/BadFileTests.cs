namespace GnMlNet.Cli.Tests;

public sealed class BadFileTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    private string FailToTrain(string content, string label = "y", params string[] more) =>
        CommandLine.Fail(["train", "--data", _gnml.Write("bad.csv", content), "--label", label, "--test-fraction", "0", "--out", _gnml.PathOf("m.zip"), .. more]);

    private static string Numbers(int rows) => string.Concat(Enumerable.Range(0, rows).Select(j => $"{j},{j % 7}\n"));

    [Fact]
    public void A_bad_cell_is_named_by_file_line_and_column()
    {
        string error = FailToTrain("x,y\n" + Numbers(20) + "3,oops\n");
        error.Should().Contain("bad.csv, line 22, column 'y': 'oops' is not a number");
        FailToTrain("x,y\n" + Numbers(20) + "1e300,3\n").Should().Contain("line 22, column 'x'").And.Contain("single precision");
    }

    [Fact]
    public void A_line_number_counts_lines_inside_quoted_cells()
    {
        string error = FailToTrain("x,note,y\n1,\"two\nlines\",2\n" + string.Concat(Enumerable.Range(0, 20).Select(j => $"{j},a,{j}\n")) + "bad,a,1\n");
        error.Should().Contain("line 24, column 'x'");
    }

    [Fact]
    public void A_row_of_another_length_is_named_by_line() =>
        FailToTrain("x,y\n1,2\n1,2,3\n").Should().Contain("line 3: the row has 3 cells, the header 2");

    [Fact]
    public void A_malformed_quote_is_named_by_line() => FailToTrain("x,y\n1,2\n1\"2,3\n").Should().Contain("line 3").And.Contain("quoted");

    [Fact]
    public void Text_with_too_many_values_is_refused_by_column_and_the_way_out_works()
    {
        string content = "x,id,y\n" + string.Concat(Enumerable.Range(0, 150).Select(j => $"{j},name{j},{j % 9}\n"));
        FailToTrain(content).Should().Contain("'id'").And.Contain("100").And.Contain("--features");
        CommandLine.Succeed("train", "--data", _gnml.Write("bad.csv", content), "--label", "y", "--features", "x", "--out", _gnml.PathOf("m.zip"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("x,y\n", "no rows")]
    [InlineData("x,z\n1,2\n", "no column 'y'")]
    [InlineData("x,y\n1,high\n2,low\n", "'y' holds text")]
    [InlineData("x,y\n1,\n2,NA\n", "'y' is empty")]
    [InlineData("y\n1\n2\n", "no column to predict 'y' from")]
    [InlineData("x,y\n,1\nNA,2\n", "no column to predict 'y' from")]
    public void A_table_that_cannot_be_trained_on_says_why(string content, string message) => FailToTrain(content).Should().Contain(message);

    [Fact]
    public void An_unknown_feature_is_refused()
    {
        FailToTrain("x,y\n1,2\n", more: ["--features", "x,z"]).Should().Contain("no column 'z'").And.Contain("x, y");
    }

    [Fact]
    public void A_missing_file_or_model_is_named()
    {
        CommandLine.Fail("train", "--data", _gnml.PathOf("none.csv"), "--label", "y").Should().Contain("no file").And.Contain("none.csv");
        CommandLine.Fail("evaluate", _gnml.PathOf("none.zip")).Should().Contain("no file").And.Contain("none.zip");
        CommandLine.Fail("evaluate", _gnml.WriteTable()).Should().Contain("cannot be loaded as a model");
    }

    [Fact]
    public void A_damaged_model_is_refused_with_the_reason()
    {
        string model = _gnml.PathOf("m.zip");
        CommandLine.Succeed("train", "--data", _gnml.WriteTable(), "--label", "y", "--no-baselines", "--out", model);
        byte[] bytes = File.ReadAllBytes(model);
        File.WriteAllBytes(model, bytes[..(bytes.Length / 2)]);
        CommandLine.Fail("info", model).Should().Contain("cannot be loaded as a model");
    }

    [Fact]
    public void A_table_without_the_models_columns_is_refused_by_name_and_a_failed_prediction_leaves_the_old_file()
    {
        string model = _gnml.PathOf("m.zip");
        CommandLine.Succeed("train", "--data", _gnml.WriteTable(), "--label", "y", "--no-baselines", "--out", model);
        string lacking = _gnml.Write("lacking.csv", "x1,y\n1,2\n");
        CommandLine.Fail("predict", model, "--data", lacking).Should().Contain("'x2', 'kind'");
        CommandLine.Fail("evaluate", model, "--data", _gnml.Write("nolabel.csv", "x1,x2,kind\n1,2,a\n")).Should().Contain("'y'");

        string result = _gnml.Write("out.csv", "old");
        string bad = _gnml.Write("bad.csv", "x1,x2,kind\n1,2,a\n1,oops,a\n");
        CommandLine.Fail("predict", model, "--data", bad, "--out", result).Should().Contain("line 3, column 'x2'");
        File.ReadAllText(result).Should().Be("old");
        Directory.GetFiles(_gnml.Folder, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public void Blank_lines_and_spaces_around_cells_do_not_matter()
    {
        string plain = _gnml.Write("plain.csv", "x,y\n" + Numbers(30)), spaced = _gnml.Write("spaced.csv", "x , y\n\n" + Numbers(30).Replace(",", " , ", StringComparison.Ordinal) + "\n\n");
        string Train(string table)
        {
            CommandLine.Succeed("train", "--data", table, "--label", "y", "--no-baselines", "--out", _gnml.PathOf("m.zip"));
            return CommandLine.Succeed("predict", _gnml.PathOf("m.zip"), "--data", plain).Output;
        }

        Train(spaced).Should().Be(Train(plain));
    }
}
