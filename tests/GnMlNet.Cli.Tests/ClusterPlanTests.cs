using System.Text.Json;
using GnMlNet.Cli.Common;

namespace GnMlNet.Cli.Tests;

/// <summary><c>gnml cluster plan</c>.</summary>
public sealed class ClusterPlanTests : IDisposable
{
    private static readonly string[] s_rates =
        ["callSeconds", "coordinatorSecondsOfCall", "bytesPerSecond", "gradientProductsPerSecond", "gramProductsPerSecond", "numbersPerSecond", "solvingProductsPerSecond"];

    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void The_better_way_is_the_one_that_takes_less_time()
    {
        JsonElement plan = Plan("--rows", "100000000", "--most", "64");
        JsonElement[] lines = [.. plan.GetProperty("clusters").EnumerateArray()];
        lines.Select(line => line.GetProperty("silos").GetInt32()).Should().Equal(1, 2, 4, 8, 16, 32, 64);
        foreach (JsonElement line in lines)
            line.GetProperty("better").GetString().Should().Be(Whole(line, "byMembers") < Whole(line, "byRows") ? "Members" : "Rows");
        int fastest = plan.GetProperty("limit").GetProperty("fastest").GetInt32(), pays = plan.GetProperty("limit").GetProperty("paysUpTo").GetInt32();
        pays.Should().BeInRange(1, 64);
        fastest.Should().BeInRange(1, 64);
    }

    [Fact]
    public void A_wire_of_a_tenth_takes_ten_times_as_long()
    {
        double Sending(params string[] more) => Plan(["--rows", "10000000", "--held-iterations", "0", "--iterations", "5", "--most", "2", .. more]).GetProperty("clusters")[1].GetProperty("byRows").GetProperty("iteration").GetProperty("sending").GetDouble();
        Sending("--bandwidth", "100").Should().BeApproximately(10 * Sending("--bandwidth", "1000"), 1e-9);
    }

    [Fact]
    public void Rates_of_a_file_are_taken_and_options_go_before_them()
    {
        string file = _gnml.Write("rates.json", JsonSerializer.Serialize(new { rates = s_rates.ToDictionary(name => name, name => name.EndsWith("PerSecond", StringComparison.Ordinal) ? 1e9 : 1e-3) }));
        JsonElement rates = Plan("--rows", "1000000", "--rates", file, "--latency", "5", "--most", "1").GetProperty("rates");
        rates.GetProperty("gramProductsPerSecond").GetDouble().Should().Be(1e9);
        rates.GetProperty("callSeconds").GetDouble().Should().Be(5e-3);
    }

    [Theory]
    [InlineData("{", "no file of rates")]
    [InlineData("{}", "has no 'rates'")]
    [InlineData("{\"rates\": {\"callSeconds\": 1}}", "has no 'coordinatorSecondsOfCall'")]
    [InlineData("{\"rates\": {\"callSeconds\": -1}}", "'rates.callSeconds' must be a finite number of at least 0; '-1' is not")]
    [InlineData("{\"rates\": {\"callSeconds\": null}}", "'rates.callSeconds' must be")]
    public void A_file_that_holds_no_rates_is_named_with_what_it_lacks(string content, string message)
    {
        string file = _gnml.Write("rates.json", content);
        CommandLine.Fail("cluster", "plan", "--rows", "1000", "--rates", file).Should().Contain(file).And.Contain(message);
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        CommandLine.Run("cluster", "plan").Code.Should().Be(ExitCode.Usage);
        CommandLine.Run("cluster", "plan", "--rows", "0").Code.Should().Be(ExitCode.Usage);
        CommandLine.Run("cluster", "plan", "--rows", "10", "--bandwidth", "0").Code.Should().Be(ExitCode.Usage);
        CommandLine.Fail("cluster", "plan", "--rows", "10", "--rates", _gnml.PathOf("none.json")).Should().Contain(_gnml.PathOf("none.json"));
    }

    [Fact]
    public void The_curves_are_drawn()
    {
        string chart = _gnml.PathOf("plan");
        CommandLine.Succeed("cluster", "plan", "--rows", "1000000", "--most", "100", "--chart", chart).Console.Should().Contain("The rows are spread").And.Contain("The networks are spread").And.Contain("adding silos pays up to");
        File.ReadAllText(chart + ".svg").Should().Contain("10¹⁰ rows").And.Contain("10⁶ rows").And.Contain("silos");
        File.Exists(chart + ".png").Should().BeTrue();
    }

    private static JsonElement Plan(params string[] arguments) => CommandLine.Succeed(["cluster", "plan", .. arguments, "--json"]).Json;

    private static double Whole(JsonElement line, string way) => line.GetProperty(way).GetProperty("whole").GetProperty("seconds").GetDouble();
}
