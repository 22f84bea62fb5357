using System.Text.Json;
using System.Text.Json.Nodes;
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
        outcome.Console.Should().Contain("refuted").And.Contain("Refuted: Step at iteration 2");
    }

    [Fact]
    public void A_flow_in_reverse_fails_and_so_does_one_of_longer_steps_with_its_trajectory()
    {
        string[] lines = Flow("flow", "0.05", "0.01"), longer = Flow("longer", "0.5", "0.1");
        int rows = lines.Length - 6;
        CrossCheck("right", lines, "--trajectory").Should().Be(ExitCode.Success);
        CrossCheck("reversed", [.. lines[..rows], .. lines[rows..].Reverse()]).Should().Be(ExitCode.Failure);
        CrossCheck("shuffled", [.. lines[..rows], .. new[] { 0, 4, 2, 5, 1, 3 }.Select(k => lines[rows + k])]).Should().Be(ExitCode.Failure);
        string[] mixed = [.. lines[..rows], .. lines[rows..].Zip(longer[rows..], WithTimesOf)];
        CrossCheck("mixed", mixed).Should().Be(ExitCode.Failure);
        CrossCheck("followed", mixed, "--trajectory").Should().Be(ExitCode.Failure);
    }

    [Fact]
    public void Steps_or_losses_that_are_left_out_are_errors_that_name_the_line()
    {
        CommandLine.Succeed("trace", "--data", _gnml.WriteTable(), "--label", "y", "--features", "x1,x2", "--hidden", "3", "--iterations", "3", "--out", _gnml.PathOf("trace"));
        string[] lines = File.ReadAllLines(Path.Combine(_gnml.PathOf("trace"), "trace.jsonl"));
        string Refusal(params string[] names) =>
            CommandLine.Fail("crosscheck", "--trace", _gnml.Write("x.jsonl", string.Join('\n', lines.Select(line => line.Contains("\"iteration\"", StringComparison.Ordinal) ? Without(line, names) : line))), "--out", _gnml.PathOf("check"));
        Refusal("step", "metric", "damping", "curvatureRows", "curvatureInSinglePrecision").Should().Contain($"line {lines.Length - 2}: 'damping' is missing");
        Refusal("loss").Should().Contain($"line {lines.Length - 3}: 'loss' is missing, and the run goes on");
    }

    [Fact]
    public void What_is_undecided_has_a_status_of_its_own_and_a_list_of_it_is_exact()
    {
        // With another direction at the end of what the run says of it: H is rank-deficient there.
        string[] lines = Flow("flow", "0.05", "0.01");
        lines[^1] = Without(lines[^1], "direction", "riemannianGradientNorm");
        string loss = lines[^1].Replace("\"loss\":", "\"loss\":1", StringComparison.Ordinal);
        CrossCheck("lost", [.. lines[..^1], loss]).Should().Be(ExitCode.Failure);

        // A run whose points in between were not recorded.
        CommandLine.Succeed(["trace", "--data", Small(), "--label", "y", "--hidden", "2", "--flow", "--alpha", "4", "--rho", "0.01", "--time", "0.2", "--scheme", "DormandPrince", "--record", "0.1", "--out", _gnml.PathOf("sparse")]);
        string[] sparse = File.ReadAllLines(Path.Combine(_gnml.PathOf("sparse"), "trace.jsonl"));
        CrossCheck("sparse", sparse).Should().Be(ExitCode.Undecided);
        string figures = string.Concat(sparse[^2..].Select(line => $"sparse NextIterate {JsonDocument.Parse(line).RootElement.GetProperty("steps").GetInt32()} # as it is\n"));
        CrossCheck("sparse", sparse, "--expect-undecided", _gnml.Write("all.txt", figures)).Should().Be(ExitCode.Success);
        CrossCheck("sparse", sparse, "--expect-undecided", _gnml.Write("few.txt", figures.Split('\n')[0])).Should().Be(ExitCode.Undecided);
        CrossCheck("sparse", sparse, "--expect-undecided", _gnml.Write("more.txt", $"{figures}sparse Loss 0\n")).Should().Be(ExitCode.Undecided);
        CrossCheck("sparse", sparse, "--expect-undecided", _gnml.Write("not.txt", "sparse Loss\n")).Should().Be(ExitCode.Failure);
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
        JsonElement[] checks = [.. CommandLine.Succeed("crosscheck", "--model", model, "--data", table, "--rows", "30", "--out", _gnml.PathOf("check"), "--json").Json.EnumerateArray()], runs = checks[..4];
        checks.Should().HaveCount(5);
        checks[4].GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("quantity").GetString(), error.GetProperty("isWithinBound").GetString())).Should().Equal(
            ("Score", "Proved"), ("Lower", "Proved"), ("Upper", "Proved"), ("StandardDeviation", "Proved"));
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

    private int CrossCheck(string name, string[] lines, params string[] options) =>
        CommandLine.Run(["crosscheck", "--trace", _gnml.Write($"{name}.jsonl", string.Join('\n', lines)), "--out", _gnml.PathOf("check"), .. options]).Code;

    private string[] Flow(string name, string time, string step)
    {
        CommandLine.Succeed("trace", "--data", Small(), "--label", "y", "--hidden", "2", "--flow", "--alpha", "4", "--rho", "0.01", "--time", time, "--step", step, "--out", _gnml.PathOf(name));
        return File.ReadAllLines(Path.Combine(_gnml.PathOf(name), "trace.jsonl"));
    }

    private string Small()
    {
        var random = new Random(5);
        return _gnml.Write("small.csv", $"a,b,y\n{string.Concat(Enumerable.Range(0, 14).Select(_ => $"{CommandLine.Text(random.NextDouble())},{CommandLine.Text(random.NextDouble())},{CommandLine.Text(random.NextDouble())}\n"))}");
    }

    private static string WithTimesOf(string times, string line)
    {
        var at = JsonNode.Parse(line)!.AsObject();
        JsonObject from = JsonNode.Parse(times)!.AsObject();
        foreach (string name in new[] { "time", "steps", "stepSize" }) at[name] = from[name]!.DeepClone();
        return at.ToJsonString();
    }

    private static string Without(string line, params string[] names)
    {
        var at = JsonNode.Parse(line)!.AsObject();
        foreach (string name in names) at.Remove(name);
        return at.ToJsonString();
    }

    private JsonElement Check(params string[] trace)
    {
        CommandLine.Succeed(["trace", .. trace, "--out", _gnml.PathOf("trace")]);
        return CommandLine.Succeed("crosscheck", "--trace", Path.Combine(_gnml.PathOf("trace"), "trace.jsonl"), "--out", _gnml.PathOf("check"), "--json").Json;
    }
}
