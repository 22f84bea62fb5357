using System.Globalization;
using GnMlNet.DataFrames;
using Microsoft.Data.Analysis;

namespace GnMlNet.Cli.Tests;

/// <summary>The command line and data frames make the same model of the same table.</summary>
public sealed class DataFrameAgreementTests : IDisposable
{
    private const int RowCount = 90;

    private readonly CommandLine _gnml = new();

    private static GaussNewtonRegressionTrainer.Options Quick => new() { NumberOfNetworks = 2, NumberOfHiddenUnits = 3, MaximumNumberOfIterations = 3, Kernel = null, Seed = 5 };

    [Theory, InlineData(false), InlineData(true)]
    public void The_same_table_gives_the_same_predictions_from_a_frame_and_from_a_CSV_file(bool withGroups)
    {
        DataFrame frame = Frame();
        string csv = _gnml.Write("table.csv", Csv(frame)), trained = _gnml.PathOf("trained.zip"), saved = _gnml.PathOf("saved.zip");
        string[] groups = withGroups ? ["--group", "code"] : [];
        CommandLine.Outcome outcome = CommandLine.Succeed([
            "train", "--data", csv, "--label", "y", "--categories", "code", "--test-fraction", "0", "--seed", "5", "--ensemble", "2", "--hidden", "3", "--iterations", "3", "--kernel", "none", "--no-baselines", "--out", trained, .. groups]);
        GaussNewtonRegressionTrainer.Options options = Quick;
        if (withGroups) options.GroupColumnName = "code";
        GaussNewtonRegressionFrameModel model = frame.FitGaussNewtonRegression("y", options, categories: ["code"]);
        model.Save(saved);

        string[] expected = Lines(model.Predict(frame));
        Lines(GaussNewtonRegressionFrameModel.Load(trained).Predict(frame)).Should().Equal(expected);
        foreach (string file in new[] { trained, saved }) Predicted(file, csv).Should().Equal(expected);
        model.Notes.Where(note => !note.Contains("dates", StringComparison.Ordinal)).Should().OnlyContain(note => outcome.Console.Contains(note) || outcome.Errors.Contains(note));
    }

    [Fact]
    public void Both_refuse_the_same_columns_each_with_the_way_out_in_its_own_words()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("id", Enumerable.Range(0, 150).Select(j => $"n{j}")), new DoubleDataFrameColumn("x", Enumerable.Range(0, 150).Select(j => j / 8.0)), new DoubleDataFrameColumn("y", Enumerable.Range(0, 150).Select(j => j % 9 / 4.0)));
        string ofFrame = FluentActions.Invoking(() => frame.FitGaussNewtonRegression("y", Quick)).Should().Throw<ArgumentException>().Which.Message;
        string ofFile = CommandLine.Fail("train", "--data", _gnml.Write("table.csv", Csv(frame)), "--label", "y", "--out", _gnml.PathOf("model.zip"));
        const string Finding = "column 'id' is text with more than 100 distinct values, such as 'n0', too many to encode. Leave it out with ";
        ofFrame.Should().Contain(Finding + "exclude: [\"id\"]");
        ofFile.Should().Contain(Finding + "--exclude 'id'");
    }

    [Fact]
    public void A_file_that_lacks_the_dates_of_a_model_is_told_so()
    {
        DataFrame frame = Frame();
        string model = _gnml.PathOf("model.zip");
        frame.FitGaussNewtonRegression("y", Quick).Save(model);
        frame.Columns.Remove("when");
        CommandLine.Fail("predict", model, "--data", _gnml.Write("table.csv", Csv(frame)), "--out", _gnml.PathOf("out.csv")).Should().Contain("'when.days'");
    }

    public void Dispose() => _gnml.Dispose();

    private static DataFrame Frame()
    {
        IEnumerable<int> all = Enumerable.Range(0, RowCount);
        return new DataFrame(
            new DoubleDataFrameColumn("x", all.Select(j => j % 7 == 2 ? (double?)null : Math.Round(Math.Sin(j), 5))),
            new StringDataFrameColumn("kind", all.Select(j => j % 5 == 1 ? null : j % 3 == 0 ? "red" : "dark blue")),
            new BooleanDataFrameColumn("flag", all.Select(j => j % 6 == 3 ? (bool?)null : j % 2 == 0)),
            new DateTimeDataFrameColumn("when", all.Select(j => j % 9 == 4 ? (DateTime?)null : new DateTime(2024, 1, 1).AddMinutes(613 * j))),
            new Int64DataFrameColumn("serial", all.Select(j => 7_000_000_000 + (j * j))),
            new Int32DataFrameColumn("code", all.Select(j => j * 7 % 12)),
            new SingleDataFrameColumn("z", all.Select(j => (float)Math.Cos(3 * j))),
            new DecimalDataFrameColumn("y", all.Select(j => j % 8 == 5 ? (decimal?)null : Math.Round((decimal)(Math.Sin(j) + (j % 3)), 6))));
    }

    private static string Csv(DataFrame frame) =>
        string.Join('\n', [string.Join(',', frame.Columns.Select(column => column.Name)), .. Enumerable.Range(0, (int)frame.Rows.Count).Select(j => string.Join(',', frame.Columns.Select(column => Cell(column[j]))))]) + "\n";

    private static string Cell(object? value) => value is DateTime date ? date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string[] Lines(DataFrame predictions) =>
        [.. Enumerable.Range(0, (int)predictions.Rows.Count).Select(j => string.Join(',', new[] { "Score", "Lower", "Upper" }.Select(name => ((float)predictions[name][j]).ToString("R", CultureInfo.InvariantCulture))))];

    private string[] Predicted(string model, string csv)
    {
        CommandLine.Succeed("predict", model, "--data", csv, "--out", _gnml.PathOf("predictions.csv"));
        return [.. File.ReadLines(_gnml.PathOf("predictions.csv")).Skip(1).Select(line => string.Join(',', line.Split(',')[^3..]))];
    }
}
