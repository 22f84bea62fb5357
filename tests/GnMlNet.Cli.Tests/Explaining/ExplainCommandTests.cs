using System.Globalization;
using System.Text.Json;

namespace GnMlNet.Cli.Tests.Explaining;

public sealed class ExplainCommandTests(ExplainedFile file) : IClassFixture<ExplainedFile>
{
    private string Page => file.Gnml.PathOf("page.html");

    [Fact]
    public void Curves_are_what_predict_says_of_a_file_with_the_cells_changed()
    {
        JsonElement report = Explain("--rows", "200", "--pairs", "0").Json;
        report.GetProperty("meanPrediction").GetDouble().Should().BeApproximately(file.Predict(cells => cells).Average(), 1e-5);
        JsonElement numbers = Column(report, "x1"), texts = Column(report, "kind");
        foreach (int g in new[] { 0, 7, 20 })
        {
            double value = numbers.GetProperty("values")[g].GetDouble();
            numbers.GetProperty("partialDependence").GetProperty("values")[g].GetDouble().Should().BeApproximately(file.Predict(cells => [CommandLine.Text(value), .. cells[1..]]).Average(), 1e-5);
        }

        texts.GetProperty("values").EnumerateArray().Select(value => value.GetString()).Should().BeEquivalentTo("a", "kind, b");
        for (int g = 0; g < 2; g++)
        {
            string level = texts.GetProperty("values")[g].GetString() == "a" ? "a" : "b";
            texts.GetProperty("partialDependence").GetProperty("values")[g].GetDouble().Should().BeApproximately(file.Predict(cells => [cells[0], cells[1], level, cells[3]]).Average(), 1e-5);
        }
    }

    [Fact]
    public void The_strongest_inputs_come_first_with_their_effects_in_words()
    {
        string shown = CommandLine.Succeed("explain", file.Model, "--data", file.Table, "--rows", "60", "--out", Page).Console;
        shown.IndexOf("x2", StringComparison.Ordinal).Should().BeGreaterThan(shown.IndexOf("x1", StringComparison.Ordinal)).And.BeGreaterThan(shown.IndexOf("kind", StringComparison.Ordinal));
        shown.Should().Contain("Predictions fall by").And.Contain("and rise by").And.Contain("Least for a, greatest for kind, b").And.Contain("Strongest pair: H = ").And.Contain("Page written to");
        string html = File.ReadAllText(Page);
        html.Should().Contain("Content-Security-Policy").And.Contain("x1 &#215; x2").And.NotContain("http://").And.NotContain("https://");
    }

    [Fact]
    public void Only_the_columns_that_are_asked_for_are_explained_and_curves_are_written_as_files()
    {
        string folder = file.Gnml.PathOf("curves");
        JsonElement report = Explain("--columns", "x1,kind", "--rows", "40", "--csv", folder).Json;
        report.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()).Should().BeEquivalentTo("x1", "kind");
        report.GetProperty("pairs").GetArrayLength().Should().Be(1);

        string[][] rows = [.. File.ReadLines(Path.Combine(folder, "effects.csv")).Skip(1).Where(line => line.StartsWith("x1,", StringComparison.Ordinal)).Select(line => line.Split(','))];
        double[] Written(string curve) => [.. rows.Where(row => row[3] == curve).Select(row => double.Parse(row[4], CultureInfo.InvariantCulture))];
        double[] Reported(string curve) => [.. Column(report, "x1").GetProperty(curve).GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
        Written("partial dependence").Should().Equal(Reported("partialDependence"));
        Written("accumulated local effects").Should().Equal(Reported("accumulatedLocalEffects"));
        File.ReadLines(Path.Combine(folder, "rows.csv")).Count().Should().Be(1 + (40 * (Reported("partialDependence").Length + 2)));
        File.ReadLines(Path.Combine(folder, "surfaces.csv")).Count().Should().Be(1 + (11 * 2));
        File.ReadLines(Path.Combine(folder, "pairs.csv")).Should().HaveCount(2);
    }

    [Fact]
    public void The_result_depends_on_no_number_of_threads()
    {
        string one = Explain("--rows", "30", "--threads", "1").Output;
        Explain("--rows", "30", "--threads", "3").Output.Should().Be(one);
    }

    [Theory, InlineData("2"), InlineData("1.5..2.5"), InlineData("2..")]
    public void A_changed_row_is_predicted_at_the_target(string target)
    {
        JsonElement change = Explain("--rows", "10", "--pairs", "0", "--columns", "x1", "--target", target, "--row", "2", "--change", "x1").Json.GetProperty("change");
        change.GetProperty("isFound").GetBoolean().Should().BeTrue();
        double to = change.GetProperty("changes")[0].GetProperty("to").GetDouble(), least = change.GetProperty("target").GetProperty("least").GetDouble();
        double greatest = change.GetProperty("target").GetProperty("greatest") is { ValueKind: JsonValueKind.Number } end ? end.GetDouble() : double.PositiveInfinity;
        int row = 0;
        file.Predict(cells => row++ == 1 ? [CommandLine.Text(to), .. cells[1..]] : cells)[1].Should().BeInRange(least - 1e-5, greatest + 1e-5);
    }

    [Fact]
    public void Slopes_at_a_row_are_those_of_predictions_beside_it()
    {
        JsonElement row = Explain("--rows", "10", "--pairs", "0", "--columns", "x1", "--row", "3").Json.GetProperty("row");
        JsonElement[] slopes = [.. row.GetProperty("slopes").EnumerateArray()];
        slopes.Single(slope => slope.GetProperty("name").GetString() == "kind").GetProperty("state").GetString().Should().Be("Categorical");
        JsonElement along = slopes.Single(slope => slope.GetProperty("name").GetString() == "x1");
        // Scores have single precision, so steps are long enough to be seen and each side has its own.
        const double step = 1e-2;
        double At(double by)
        {
            int number = 0;
            return file.Predict(cells => number++ == 2 ? [CommandLine.Text(double.Parse(cells[0], CultureInfo.InvariantCulture) + by), .. cells[1..]] : cells)[2];
        }

        row.GetProperty("prediction").GetProperty("score").GetDouble().Should().BeApproximately(At(0), 1e-6);
        along.GetProperty("right").GetDouble().Should().BeApproximately((At(step) - At(0)) / step, 0.1);
        along.GetProperty("left").GetDouble().Should().BeApproximately((At(0) - At(-step)) / step, 0.1);
        CommandLine.Succeed("explain", file.Model, "--data", file.Table, "--rows", "10", "--row", "3", "--out", Page).Console.Should().Contain("none: levels");
        File.ReadAllText(Page).Should().Contain("Row 3");
    }

    [Fact]
    public void A_target_out_of_reach_is_said_to_be()
    {
        string shown = CommandLine.Succeed("explain", file.Model, "--data", file.Table, "--rows", "10", "--pairs", "0", "--out", Page, "--target", "1000", "--row", "1", "--change", "x1").Console;
        shown.Should().Contain("No change of these columns").And.Contain("The nearest is");
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        string Failed(params string[] arguments) => CommandLine.Fail(["explain", file.Model, "--data", file.Table, "--out", Page, "--rows", "10", .. arguments]);
        Failed("--columns", "x1,x9").Should().Contain("--columns: the model depends on no column 'x9'; it depends on 'x1', 'x2', 'kind'");
        Failed("--target", "2", "--row", "201", "--change", "x1").Should().Contain("--row must be from 1 to 200");
        Failed("--target", "2", "--row", "1", "--change", "y").Should().Contain("--change: the model depends on no column 'y'");
        Failed("--target", "2", "--row", "1", "--change", "kind").Should().Contain("'kind' has levels");
        Failed("--target", "2", "--row", "1", "--change", "x2").Should().EndWith("Column 'x2' has no value in the row, so that it cannot be changed.\n");
        CommandLine.Fail("explain", file.Model, "--data", file.Table, "--out", file.Gnml.Folder).Should().Contain("is a folder");
        Failed("--csv", file.Table).Should().Contain("it is a file");
        CommandLine.Fail("explain", file.Model, "--data", file.Gnml.Write("other.csv", "a,b\n1,2\n"), "--out", Page).Should().Contain("needs the columns 'x1'");
        Directory.GetFiles(file.Gnml.Folder, "*.tmp").Should().BeEmpty();
    }

    [Theory]
    [InlineData("--target", "2")]
    [InlineData("--row", "1", "--change", "x1")]
    [InlineData("--target", "high", "--row", "1", "--change", "x1")]
    [InlineData("--target", "3..2", "--row", "1", "--change", "x1")]
    [InlineData("--rows", "1")]
    public void Options_that_do_not_fit_are_a_matter_of_usage(params string[] arguments) =>
        CommandLine.Run(["explain", file.Model, "--data", file.Table, .. arguments]).Code.Should().Be(GnMlNet.Cli.Common.ExitCode.Usage);

    private CommandLine.Outcome Explain(params string[] arguments) => CommandLine.Succeed(["explain", file.Model, "--data", file.Table, "--json", "--out", Page, .. arguments]);

    private static JsonElement Column(JsonElement report, string name) => report.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == name);
}
