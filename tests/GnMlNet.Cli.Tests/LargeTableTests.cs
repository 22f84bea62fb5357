using System.Globalization;
using System.Text.Json;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Tests;

/// <summary>Tables whose rows need not fit into memory.</summary>
public sealed class LargeTableTests : IDisposable
{
    // From 65,536 training rows on training passes over them.
    private const int Rows = 90_000;
    private const string TestFraction = "0.25";

    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Theory, InlineData("512MiB", 512L << 20), InlineData("1.5GiB", 3L << 29), InlineData("2GB", 2_000_000_000), InlineData("4096", 4096), InlineData("7 kb", 7000), InlineData("0.5KiB", 512), InlineData("3B", 3)]
    public void Sizes_have_units_of_1000_and_of_1024(string text, long bytes) => Sizes.Parse(text).Should().Be(bytes);

    [Theory, InlineData(""), InlineData("GiB"), InlineData("0"), InlineData("0.1B"), InlineData("-1GiB"), InlineData("1e9"), InlineData("5 apples"), InlineData("1,5GB"), InlineData("99999999TiB"), InlineData("NaN")]
    public void What_is_no_size_is_refused_and_the_option_named(string text)
    {
        Sizes.Parse(text).Should().BeNull();
        if (text.Length == 0) return;
        foreach (string option in new[] { "--memory-limit", "--temporary-limit" })
        {
            CommandLine.Outcome outcome = CommandLine.Run("train", $"{option}={text}");
            outcome.Code.Should().Be(Common.ExitCode.Usage);
            outcome.Errors.Should().Contain($"{option} must be a size such as 512MiB");
        }
    }

    [Fact]
    public void The_model_does_not_depend_on_where_the_rows_are_nor_on_the_format_of_the_file()
    {
        (string csv, string parquet) = Write();
        JsonElement report = Train(csv, "memory.zip", []);
        report.GetProperty("trainingRows").GetInt32().Should().Be(67_500);
        report.GetProperty("trainingRowsMeasured").GetInt32().Should().Be(67_500);
        string[] little = ["--memory-limit", LittleMemory(csv), "--temporary-folder", _gnml.Folder];
        Train(csv, "disk.zip", little);
        Train(parquet, "parquet.zip", little);
        Contents("disk.zip").Should().Equal(Contents("memory.zip"));
        Contents("parquet.zip").Should().Equal(Contents("memory.zip"));
        Directory.GetFiles(_gnml.Folder, "*.rows").Should().BeEmpty("temporary files go with training");

        string model = _gnml.PathOf("folder.zip");
        CommandLine.Fail([.. Words(csv, model), "--temporary-folder", _gnml.PathOf("none")]).Should().Contain("--temporary-folder: there is no folder").And.Contain(_gnml.PathOf("none"));
        CommandLine.Fail([.. Words(csv, model), .. little, "--temporary-limit", "100KiB"]).Should().Contain(_gnml.Folder).And.Contain("100.0 KiB").And.Contain("--temporary-limit");
        CommandLine.Fail([.. Words(csv, model), "--memory-limit", "100KiB"]).Should().Contain("100.0 KiB").And.Contain("a greater --memory-limit");
        Directory.GetFiles(_gnml.Folder).Select(Path.GetFileName).Should().BeEquivalentTo("t.csv", "t.parquet", "memory.zip", "disk.zip", "parquet.zip", "trial.zip");
    }

    [Fact]
    public void Without_a_share_a_fifth_of_the_rows_are_test_rows_and_of_very_many_a_hundred_thousand()
    {
        foreach (int rows in new[] { 5, 1001, 500_000 }) new RowSplit(rows, null, seed: 1).TestCount.Should().Be(new RowSplit(rows, 0.2, seed: 1).TestCount);
        foreach (int rows in new[] { 500_001, 3_000_000 }) new RowSplit(rows, null, seed: 1).TestCount.Should().Be(100_000);
        new RowSplit([.. Enumerable.Range(0, 600_000).Select(row => row / 2)], null, seed: 1).TestCount.Should().Be(100_000);
    }

    [Fact]
    public void Of_very_many_rows_exactly_the_wanted_number_is_drawn_evenly_and_the_seed_decides()
    {
        const int all = 800_000, count = 200_000, parts = 8;
        bool[] drawn = RowSplit.Draw(all, count, seed: 3);
        drawn.Count(isDrawn => isDrawn).Should().Be(count);
        // Six standard deviations of a hypergeometric count.
        drawn.Chunk(all / parts).Should().OnlyContain(part => Math.Abs(part.Count(isDrawn => isDrawn) - (count / parts)) < 6 * 130);
        RowSplit.Draw(all, count, seed: 3).Should().Equal(drawn);
        RowSplit.Draw(all, count, seed: 4).Should().NotEqual(drawn);
    }

    [Fact]
    public void Chosen_rows_are_as_many_as_asked_for_of_those_that_may_be_and_spread_evenly()
    {
        Func<int, bool> isOdd = row => row % 2 == 1;
        var spread = RowChoice.Spread(isOdd, 500, 50);
        int[] rows = [.. Enumerable.Range(0, 1000).Where(spread.Contains)];
        rows.Should().HaveCount(50).And.OnlyContain(row => row % 2 == 1);
        rows.Zip(rows.Skip(1), (one, next) => next - one).Should().OnlyContain(gap => gap == 20);
        RowChoice.Spread(isOdd, 500, 600).Count.Should().Be(500);
        var drawn = RowChoice.Draw(isOdd, 500, 50, seed: 1);
        Enumerable.Range(0, 1000).Where(drawn.Contains).Should().HaveCount(50).And.OnlyContain(row => row % 2 == 1);
    }

    [Fact]
    public void Of_many_training_rows_it_is_told_how_many_were_measured_and_on_how_many_baselines_were_trained()
    {
        string csv = _gnml.PathOf("many.csv");
        File.WriteAllLines(csv, ["x,y", .. Enumerable.Range(0, 130_000).Select(j => string.Create(CultureInfo.InvariantCulture, $"{j % 101},{(j % 101) + (j % 7)}"))]);
        string[] words = ["train", "--data", csv, "--label", "y", "--test-fraction", "0.1", "--kernel", "none", "--ensemble", "2", "--hidden", "2", "--iterations", "1", "--memory-limit", "24MB", "--out", _gnml.PathOf("m.zip")];
        JsonElement report = CommandLine.Succeed([.. words, "--json"]).Json;
        (report.GetProperty("trainingRows").GetInt32(), report.GetProperty("trainingRowsMeasured").GetInt32()).Should().Be((117_000, 100_000));
        int[] trainedOn = [.. report.GetProperty("trainers").EnumerateArray().Select(trainer => trainer.GetProperty("trainingRows").GetInt32())];
        trainedOn[0].Should().Be(117_000);
        trainedOn[1..].Should().HaveCount(2).And.OnlyContain(rows => rows == 100_000);
        CommandLine.Succeed(words).Console.Should().Contain("FastTree on 100000 rows").And.Contain("100000 spread evenly");
    }

    // The least that training takes beside the rows, which then go to disk.
    private string LittleMemory(string csv)
    {
        for (long limit = 1 << 24; ; limit += limit / 8)
        {
            string size = limit.ToString(CultureInfo.InvariantCulture);
            CommandLine.Outcome outcome = CommandLine.Run([.. Words(csv, _gnml.PathOf("trial.zip"), iterations: "0"), "--memory-limit", size]);
            if (outcome.Code == Common.ExitCode.Success) return size;
            outcome.Errors.Should().Contain("--memory-limit");
        }
    }

    private JsonElement Train(string data, string model, string[] more) => CommandLine.Succeed([.. Words(data, _gnml.PathOf(model)), .. more, "--json"]).Json;

    private static string[] Words(string data, string model, string iterations = "2") =>
        ["train", "--data", data, "--label", "y", "--test-fraction", TestFraction, "--kernel", "none", "--ensemble", "2", "--hidden", "2", "--iterations", iterations, "--no-baselines", "--out", model];

    private (string Csv, string Parquet) Write()
    {
        (string, Func<int, double>)[] columns = [("x1", j => Math.Sin(j)), ("x2", j => j % 17), ("y", j => Math.Sin(j) + (j % 17 / 8.0))];
        string csv = _gnml.PathOf("t.csv"), parquet = _gnml.PathOf("t.parquet");
        using (StreamWriter writer = File.CreateText(csv)) NumberCsv.Write(writer, columns, Enumerable.Range(0, Rows));
        using (FileStream stream = File.Create(parquet)) NumberParquet.Write(stream, columns, Enumerable.Range(0, Rows));
        return (csv, parquet);
    }

    private IReadOnlyList<string> Contents(string model) => SavedModelContents.Of(_gnml.PathOf(model));
}
