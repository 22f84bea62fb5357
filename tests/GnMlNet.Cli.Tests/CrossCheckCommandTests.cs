using System.Text.Json;
using GnMlNet.Cli.Common;

namespace GnMlNet.Cli.Tests;

public sealed class CrossCheckCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void A_training_run_that_gnml_traced_is_certified()
    {
        JsonElement run = Check("--data", _gnml.WriteTable(), "--label", "y", "--features", "x1,x2", "--hidden", "3", "--iterations", "5").EnumerateArray().Single();
        run.GetProperty("isWithinBounds").GetString().Should().Be("Proved");
        run.GetProperty("iterates").GetArrayLength().Should().Be(6);
        foreach (JsonElement worst in run.GetProperty("worst").EnumerateArray()) worst.GetProperty("relative").GetDouble().Should().BeLessThan(1e-10);
        File.Exists(Path.Combine(_gnml.PathOf("check"), "trace.png")).Should().BeTrue();
    }

    [Fact]
    public void A_flow_that_gnml_traced_is_certified()
    {
        JsonElement run = Check("--flow", "--rows", "60", "--hidden", "4", "--time", "0.1", "--rho", "0.01").EnumerateArray().Single();
        run.GetProperty("isWithinBounds").GetString().Should().Be("Proved");
        run.GetProperty("iterates").EnumerateArray().Should().OnlyContain(iterate => iterate.GetProperty("isPositiveDefinite").GetString() == "Proved");
    }

    [Fact]
    public void The_certificate_of_the_worst_step_is_confirmed_and_an_altered_one_is_not()
    {
        Check("--flow", "--rows", "60", "--hidden", "4", "--time", "0.1", "--rho", "0.01");
        string path = Path.Combine(_gnml.PathOf("check"), "trace-certificate.json"), text = File.ReadAllText(path);
        CommandLine.Succeed("verify", path).Output.Should().StartWith("Proved: The recorded step of iteration");
        int at = text.IndexOf("\"distance\":\"", StringComparison.Ordinal) + "\"distance\":\"".Length;
        string smaller = _gnml.Write("smaller.json", $"{text[..at]}1*2^-300{text[text.IndexOf('"', at)..]}");
        CommandLine.Outcome outcome = CommandLine.Run("verify", smaller);
        (outcome.Code, outcome.Output.StartsWith("Undecided: The distance", StringComparison.Ordinal)).Should().Be((ExitCode.Undecided, true));
        CommandLine.Fail("verify", _gnml.Write("cut.json", text[..(text.Length / 2)])).Should().Contain("not a whole certificate");
        CommandLine.Fail("verify", _gnml.PathOf("none.json")).Should().Contain("There is no file");
    }

    [Fact]
    public void A_step_that_was_altered_by_a_ten_thousandth_is_found_and_the_command_fails()
    {
        CommandLine.Succeed("trace", "--flow", "--rows", "60", "--hidden", "4", "--time", "0.02", "--out", _gnml.PathOf("trace"));
        string path = Path.Combine(_gnml.PathOf("trace"), "trace.jsonl");
        string[] lines = File.ReadAllLines(path);
        int at = lines[^1].IndexOf("\"direction\":[", StringComparison.Ordinal) + "\"direction\":[".Length, comma = lines[^1].IndexOf(',', at);
        double entry = double.Parse(lines[^1][at..comma], System.Globalization.CultureInfo.InvariantCulture);
        lines[^1] = $"{lines[^1][..at]}{CommandLine.Text(entry * 1.0001)}{lines[^1][comma..]}";
        File.WriteAllLines(path, lines);
        CommandLine.Outcome outcome = CommandLine.Run("crosscheck", "--trace", path, "--out", _gnml.PathOf("check"));
        outcome.Code.Should().Be(ExitCode.Failure);
        outcome.Console.Should().Contain("not every error is proved to be within its bound");
    }

    [Fact]
    public void The_exact_trajectory_and_the_constants_of_a_flow_stand_beside_it()
    {
        CommandLine.Succeed("trace", "--flow", "--rows", "60", "--hidden", "4", "--time", "0.1", "--out", _gnml.PathOf("trace"));
        JsonElement run = CommandLine.Succeed("crosscheck", "--trace", Path.Combine(_gnml.PathOf("trace"), "trace.jsonl"), "--trajectory", "--out", _gnml.PathOf("check"), "--json").Json.EnumerateArray().Single();
        JsonElement trajectory = run.GetProperty("trajectory");
        trajectory.GetProperty("end").GetString().Should().Be("RunEnded");
        trajectory.GetProperty("points").GetArrayLength().Should().Be(11);
        trajectory.GetProperty("points").EnumerateArray().Should().OnlyContain(point => point.GetProperty("relativeDivergence").GetDouble() < 1e-12);
        run.GetProperty("constants").GetProperty("lambda0").GetString().Should().Contain("+/-");
        File.Exists(Path.Combine(_gnml.PathOf("check"), "trace-trajectory.png")).Should().BeTrue();
    }

    [Fact]
    public void A_saved_model_is_certified_on_rows_of_a_table_with_its_scores()
    {
        string table = _gnml.WriteTable(), model = _gnml.PathOf("m.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--features", "x1,x2", "--ensemble", "1", "--hidden", "3", "--no-baselines", "--out", model);
        JsonElement run = CommandLine.Succeed("crosscheck", "--model", model, "--data", table, "--rows", "50", "--out", _gnml.PathOf("check"), "--json").Json.EnumerateArray().Single();
        run.GetProperty("rows").GetInt32().Should().Be(50);
        run.GetProperty("isWithinBounds").GetString().Should().Be("Proved");
        double Relative(string quantity) => run.GetProperty("worst").EnumerateArray().Single(worst => worst.GetProperty("quantity").GetString() == quantity).GetProperty("relative").GetDouble();
        Relative("Outputs").Should().BeLessThan(1e-13);
        // A score is an output rounded to single precision.
        Relative("Scores").Should().BeInRange(1e-9, 1e-7);
    }

    [Fact]
    public void Every_network_of_a_saved_ensemble_is_certified()
    {
        string table = _gnml.WriteTable(), model = _gnml.PathOf("m.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--features", "x1,x2", "--ensemble", "4", "--kernel", "none", "--hidden", "3", "--iterations", "20", "--no-baselines", "--out", model);
        JsonElement[] runs = [.. CommandLine.Succeed("crosscheck", "--model", model, "--data", table, "--rows", "30", "--out", _gnml.PathOf("check"), "--json").Json.EnumerateArray()];
        runs.Should().HaveCount(4).And.OnlyContain(run => run.GetProperty("isWithinBounds").GetString() == "Proved");
        File.Exists(Path.Combine(_gnml.PathOf("check"), "m-member-4.json")).Should().BeTrue();
    }

    [Fact]
    public void A_table_is_trained_on_and_certified()
    {
        JsonElement run = CommandLine.Succeed("crosscheck", "--data", _gnml.WriteTable(), "--label", "y", "--features", "x1,x2", "--rows", "40", "--every", "50", "--out", _gnml.PathOf("check"), "--json").Json.EnumerateArray().Single();
        run.GetProperty("rows").GetInt32().Should().Be(40);
        run.GetProperty("worst").EnumerateArray().Should().Contain(worst => worst.GetProperty("quantity").GetString() == "Step");
    }

    [Theory]
    [InlineData("--trace holds its rows", "--trace", "a", "--model", "b")]
    [InlineData("--model knows its label", "--model", "a", "--label", "y")]
    [InlineData("--trajectory needs a run", "--model", "a", "--trajectory")]
    [InlineData("--data needs --label", "--data", "a")]
    [InlineData("need --data", "--label", "a")]
    public void Options_that_do_not_go_together_are_refused(string message, params string[] options)
    {
        CommandLine.Outcome outcome = CommandLine.Run(["crosscheck", .. options, "--out", _gnml.PathOf("check")]);
        (outcome.Code, outcome.Errors.Contains(message, StringComparison.Ordinal)).Should().Be((ExitCode.Usage, true), outcome.Errors);
    }

    [Fact]
    public void A_file_that_is_no_trace_is_refused_by_line() =>
        CommandLine.Fail("crosscheck", "--trace", _gnml.Write("x.jsonl", "{\"format\":\"other\"}"), "--out", _gnml.PathOf("check")).Should().Contain("line 1: this is not the header of a GnMlNet trace");

    private JsonElement Check(params string[] trace)
    {
        CommandLine.Succeed(["trace", .. trace, "--out", _gnml.PathOf("trace")]);
        return CommandLine.Succeed("crosscheck", "--trace", Path.Combine(_gnml.PathOf("trace"), "trace.jsonl"), "--out", _gnml.PathOf("check"), "--json").Json;
    }
}
