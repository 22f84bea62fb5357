using System.Text.Json;
using GnMlNet.Cli.Common;

namespace GnMlNet.Cli.Tests;

public sealed class TraceCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void A_training_run_is_written_down_with_its_charts()
    {
        string table = _gnml.WriteTable(), folder = _gnml.PathOf("trace");
        string console = CommandLine.Succeed("trace", "--data", table, "--label", "y", "--features", "x1,x2", "--hidden", "3", "--iterations", "5", "--spectrum", "--out", folder).Console;
        console.Should().Contain("200 rows, 2 features, label 'y'").And.Contain("5 iterations");
        JsonElement[] lines = Lines(folder);
        lines.Should().HaveCount(1 + 200 + 6);
        lines[0].GetProperty("kind").GetString().Should().Be("training");
        lines[0].GetProperty("features").EnumerateArray().Select(name => name.GetString()).Should().Equal("x1", "x2");
        lines[^1].GetProperty("condition").GetDouble().Should().BeGreaterThan(1);

        string[] rows = File.ReadAllLines(Path.Combine(folder, "trace.csv"));
        rows.Should().HaveCount(7);
        rows[^1].Split(',')[1].Should().Be(CommandLine.Text(lines[^1].GetProperty("loss").GetDouble()));
        foreach (string chart in new[] { "loss", "gradient", "damping", "spectrum" }) File.Exists(Path.Combine(folder, $"{chart}.png")).Should().BeTrue(chart);
    }

    [Fact]
    public void A_flow_is_written_down_with_the_scales_of_its_features()
    {
        string table = _gnml.WriteTable(), folder = _gnml.PathOf("trace");
        CommandLine.Succeed("trace", "--flow", "--data", table, "--label", "y", "--features", "x1,x2", "--rows", "50", "--hidden", "4", "--anti-symmetric", "--rho", "0.1", "--time", "0.2", "--out", folder)
            .Console.Should().Contain("ended by Duration");
        JsonElement[] lines = Lines(folder);
        lines.Should().HaveCount(1 + 50 + 21);
        lines[0].GetProperty("featureMeans").EnumerateArray().Should().HaveCount(2);
        double[] first = [.. lines[1..51].Select(row => row.GetProperty("x")[0].GetDouble())];
        first.Average().Should().BeApproximately(0, 1e-12);
        first.Average(x => x * x).Should().BeApproximately(1, 1e-12);
        File.Exists(Path.Combine(folder, "energy.svg")).Should().BeTrue();
    }

    [Fact]
    public void Rank_deficiency_is_told_with_its_time_and_what_to_do()
    {
        string console = CommandLine.Succeed("trace", "--flow", "--data", _gnml.Write("t.csv", string.Join('\n', ["a,b,y", .. Enumerable.Range(0, 30).Select(j => $"{j},{j},{j % 7}")])), "--label", "y", "--hidden", "2", "--out", _gnml.Folder).Console;
        console.Should().Contain("ended by RankDeficient").And.Contain("rank-deficient at t = 0: raise --rho or --alpha");
    }

    [Theory]
    [InlineData("--alpha needs --flow", "--alpha", "2")]
    [InlineData("--penalty has no meaning with --flow", "--flow", "--penalty", "2")]
    [InlineData("--rho must be a number from 0 to 1", "--flow", "--rho", "1.5")]
    [InlineData("--step must be a finite number above 0", "--flow", "--step", "0")]
    [InlineData("--rows must be a whole number of at least 1", "--rows", "0")]
    [InlineData("--label and --features need --data", "--label", "y")]
    public void Options_that_do_not_go_together_are_refused(string message, params string[] arguments)
    {
        CommandLine.Outcome outcome = CommandLine.Run(["trace", .. arguments]);
        (outcome.Code, outcome.Errors.Contains(message, StringComparison.Ordinal)).Should().Be((ExitCode.Usage, true), outcome.Errors);
    }

    [Fact]
    public void More_weights_than_rows_need_damping()
    {
        CommandLine.Fail("trace", "--flow", "--rows", "100", "--out", _gnml.Folder).Should().Contain("240 parameters and 100 rows").And.Contain("rho");
        Directory.GetFiles(_gnml.Folder).Should().BeEmpty("nothing is left half-written");
    }

    private static JsonElement[] Lines(string folder) => [.. File.ReadAllLines(Path.Combine(folder, "trace.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
