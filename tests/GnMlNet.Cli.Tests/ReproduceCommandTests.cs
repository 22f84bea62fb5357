using System.Text.Json;

namespace GnMlNet.Cli.Tests;

public sealed class ReproduceCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void The_default_experiment_shows_what_the_paper_shows()
    {
        JsonElement summary = CommandLine.Succeed("reproduce", "--json", "--out", _gnml.Folder).Json;
        JsonElement[] flows = [.. summary.GetProperty("flows").EnumerateArray()];
        flows.Select(flow => flow.GetProperty("alpha").GetDouble()).Should().Equal(0.125, 8, 16, 256);
        double Loss(int i) => flows[i].GetProperty("loss").GetDouble();

        Loss(1).Should().BeLessThan(Loss(2));
        Loss(2).Should().BeLessThan(Loss(3));
        summary.GetProperty("subsets").EnumerateArray().Count(subset => subset.GetProperty("isOrdered").GetBoolean()).Should().BeGreaterThanOrEqualTo(5);

        flows[0].GetProperty("rankLossTime").GetDouble().Should().BeInRange(0.01, 0.5);
        flows[0].GetProperty("lossRises").GetInt32().Should().BePositive();
        foreach (JsonElement flow in flows[1..])
        {
            flow.GetProperty("rankLossTime").ValueKind.Should().Be(JsonValueKind.Null);
            flow.GetProperty("lossRises").GetInt32().Should().Be(0);
            flow.GetProperty("loss").GetDouble().Should().BeLessThan(flow.GetProperty("gradientFlowLoss").GetDouble());
            flow.GetProperty("timeToBeatGradientFlow").GetDouble().Should().BeLessThan(5);
            flow.GetProperty("bestInClass").GetDouble().Should().BeLessThanOrEqualTo(flow.GetProperty("loss").GetDouble() * (1 + 1e-12));
        }

        JsonElement theorem = summary.GetProperty("theoremFive");
        theorem.GetProperty("alpha").GetDouble().Should().BeGreaterThan(1e5);
        theorem.GetProperty("gradientVariations").EnumerateArray().Should().OnlyContain(variation => variation.GetDouble() < theorem.GetProperty("gradientNorm").GetDouble());
        JsonElement over = summary.GetProperty("overparameterized");
        (over.GetProperty("largestEigenvalue").GetDouble() / over.GetProperty("smallestEigenvalue").GetDouble()).Should().BeGreaterThan(1e4);
        over.GetProperty("flows").EnumerateArray().Select(flow => flow.GetProperty("loss").GetDouble()).Should().BeInAscendingOrder("less damping, faster");

        string report = File.ReadAllText(_gnml.PathOf("report.html"));
        report.Should().Contain("none of these α meets its hypotheses").And.Contain("fails for every α here").And.NotContain("http://").And.NotContain("https://");
        foreach (string figure in new[] { "figure-1a", "figure-1b", "figure-2a", "figure-2b", "figure-3", "overparameterized" })
        {
            File.Exists(_gnml.PathOf($"{figure}.svg")).Should().BeTrue();
            report.Should().Contain(Convert.ToBase64String(File.ReadAllBytes(_gnml.PathOf($"{figure}.png"))));
        }

        File.ReadAllLines(_gnml.PathOf("gauss-newton-alpha-8.csv")).Should().HaveCount(1002);
    }

    [Fact]
    public void Another_size_and_one_thread_or_two_give_the_same_figures()
    {
        string Figures(string threads)
        {
            CommandLine.Succeed(
                "reproduce", "--rows", "60", "--hidden", "4", "--alpha", "1/4,32", "--subsets", "1", "--seed", "2", "--subset-seed", "3", "--threads", threads, "--out", _gnml.PathOf(threads));
            return string.Concat(Directory.GetFiles(_gnml.PathOf(threads), "*.csv").Order().Select(File.ReadAllText));
        }

        Figures("1").Should().Be(Figures("2"));
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_before_any_work()
    {
        CommandLine.Fail("reproduce", "--rows", "100", "--out", _gnml.Folder).Should().Contain("144 weights, more than 100 rows");
        CommandLine.Fail("reproduce", "--out", _gnml.Write("file", "")).Should().Contain("it is a file");
        foreach (string bad in new[] { "0", "-1", "8,x", "1/0", "" })
            CommandLine.Run("reproduce", "--alpha", bad).Errors.Should().Contain("--alpha must be positive numbers");
    }
}
