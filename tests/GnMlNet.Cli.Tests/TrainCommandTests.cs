using System.Globalization;
using System.Text.Json;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void A_single_network_learns_California_Housing(int seed)
    {
        JsonElement report = CommandLine.Succeed("train", "--ensemble", "1", "--json", "--seed", seed.ToString(CultureInfo.InvariantCulture), "--out", _gnml.PathOf("model.zip")).Json;
        report.GetProperty("trainingRows").GetInt32().Should().Be(16512);
        report.GetProperty("testRows").GetInt32().Should().Be(4128);
        report.GetProperty("features").EnumerateArray().Select(f => f.GetString()).Should().Equal(CaliforniaHousing.Features);
        Dictionary<string, double> errors = TestErrors(report);
        errors["Gauss-Newton network"].Should().BeLessThan(0.56).And.BeLessThan(errors["ML.NET linear (SDCA)"]);
        errors.Should().ContainKey("ML.NET FastTree");
    }

    [Fact]
    public void Train_evaluate_predict_and_info_agree_about_one_model()
    {
        string table = _gnml.WriteTable(), model = _gnml.PathOf("model.zip");
        JsonElement report = CommandLine.Succeed("train", "--data", table, "--label", "y", "--test-fraction", "0", "--ensemble", "1", "--hidden", "6", "--out", model, "--json").Json;
        double trained = report.GetProperty("trainers")[0].GetProperty("training").GetProperty("rootMeanSquaredError").GetDouble();
        trained.Should().BeLessThan(0.1);

        JsonElement evaluated = CommandLine.Succeed("evaluate", model, "--data", table, "--json").Json;
        evaluated.GetProperty("rows").GetInt32().Should().Be(200);
        evaluated.GetProperty("errors").GetProperty("rootMeanSquaredError").GetDouble().Should().BeApproximately(trained, 1e-9);

        string[] lines = CommandLine.Succeed("predict", model, "--data", table).Output.TrimEnd().Split('\n');
        lines[0].TrimEnd().Should().Be("x1,x2,kind,y,Score");
        string[] source = File.ReadAllLines(table);
        lines.Should().HaveCount(source.Length);
        double squares = 0;
        for (int j = 1; j < lines.Length; j++)
        {
            lines[j].Should().StartWith(source[j], "rows keep their cells and their order");
            string[] cells = lines[j].Trim().Split(',');
            squares += Math.Pow(double.Parse(cells[^1], CultureInfo.InvariantCulture) - double.Parse(cells[^2], CultureInfo.InvariantCulture), 2);
        }

        Math.Sqrt(squares / 200).Should().BeApproximately(trained, 1e-6);

        JsonElement info = CommandLine.Succeed("info", model, "--json").Json;
        info.GetProperty("network").GetProperty("hiddenUnits").GetInt32().Should().Be(6);
        info.GetProperty("network").GetProperty("history").GetArrayLength().Should().Be(report.GetProperty("model").GetProperty("history").GetArrayLength());
        CommandLine.Succeed("info", model).Console.Should().Contain("6 hidden units (Tanh)").And.Contain("kind (String)").And.Contain("ended by");
    }

    [Fact]
    public void An_ensemble_predicts_with_intervals_and_info_shows_what_the_rows_determined()
    {
        string table = _gnml.WriteTable(), model = _gnml.PathOf("model.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--kernel", "none", "--hidden", "6", "--iterations", "40", "--test-fraction", "0", "--out", model)
            .Console.Should().Contain("10 networks, each of");
        string[] lines = CommandLine.Succeed("predict", model, "--data", table).Output.TrimEnd().Split('\n');
        lines[0].TrimEnd().Should().Be("x1,x2,kind,y,Score,Lower,Upper");
        int held = lines.Skip(1).Select(line => line.Split(',')[^4..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).Count(at => at[2] <= at[0] && at[0] <= at[3]);
        held.Should().BeInRange(170, 200);

        JsonElement network = CommandLine.Succeed("info", model, "--json").Json.GetProperty("network");
        network.GetProperty("networks").GetInt32().Should().Be(10);
        network.GetProperty("relevance").EnumerateArray().Select(at => at.GetProperty("feature").GetString()).Should().BeEquivalentTo("x1", "x2", "kind.a", "kind.kind, b");
        network.GetProperty("intervals").GetProperty("level").GetDouble().Should().Be(0.9);
        CommandLine.Succeed("info", model).Console.Should().Contain("γ =").And.Contain("b =").And.Contain("Relevance").And.Contain("kind.a");

        CommandLine.Succeed("train", "--data", table, "--label", "y", "--iterations", "2", "--intervals", "None", "--out", model);
        CommandLine.Succeed("predict", model, "--data", table).Output.Split('\n')[0].TrimEnd().Should().Be("x1,x2,kind,y,Score");
    }

    [Fact]
    public void The_page_of_a_training_needs_no_other_file_and_shows_errors_intervals_importance_and_evidence()
    {
        string table = _gnml.WriteTable(), page = _gnml.PathOf("page.html");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--hidden", "6", "--iterations", "30", "--report", page, "--out", _gnml.PathOf("model.zip"));
        string html = File.ReadAllText(page);
        html.Should().Contain("FastTree").And.Contain("Mean width").And.Contain("Rise of RMSE").And.Contain("Evidence by iteration").And.Contain("<td>x1</td>");
        html.Should().NotContain("src=\"http").And.NotContain("href=");
        System.Text.RegularExpressions.Regex.Count(html, "data:image/png;base64,").Should().Be(4);

        CommandLine.Succeed("train", "--data", table, "--label", "y", "--ensemble", "1", "--hidden", "3", "--iterations", "5", "--test-fraction", "0", "--report", page, "--out", _gnml.PathOf("model.zip"));
        File.ReadAllText(page).Should().Contain("Error by iteration").And.NotContain("Mean width");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--report", _gnml.Folder, "--out", _gnml.PathOf("model.zip")).Should().Contain("is a folder");
    }

    [Fact]
    public void Missing_numbers_are_imputed_with_a_note_text_is_encoded_and_other_delimiters_are_found()
    {
        string table = _gnml.WriteTable(withMissing: true, delimiter: ';'), model = _gnml.PathOf("model.zip");
        CommandLine.Outcome outcome = CommandLine.Succeed("train", "--data", table, "--label", "y", "--ensemble", "1", "--out", model);
        outcome.Console.Should().Contain("Column 'x2': 20 missing values were replaced by the mean").And.Contain("Column 'kind' is text with 2 distinct values");
        outcome.Console.Should().Contain("RMSE test").And.Contain("FastTree");
        string unseen = _gnml.Write("unseen.csv", "kind,x2,x1\nnever seen,,0.5\n");
        string score = CommandLine.Succeed("predict", model, "--data", unseen).Output.Trim().Split(',')[^1];
        double.IsFinite(double.Parse(score, CultureInfo.InvariantCulture)).Should().BeTrue();
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_and_only_named_features_are_used()
    {
        string table = _gnml.WriteTable();
        string Predictions(string seed, string threads)
        {
            string model = _gnml.PathOf("model.zip");
            CommandLine.Succeed("train", "--data", table, "--label", "y", "--features", "x1,kind", "--seed", seed, "--threads", threads, "--no-baselines", "--out", model);
            return CommandLine.Succeed("predict", model, "--data", table).Output;
        }

        Predictions("1", "1").Should().Be(Predictions("1", "2")).And.NotBe(Predictions("2", "1"));
        CommandLine.Succeed("info", _gnml.PathOf("model.zip")).Console.Should().NotContain("x2");
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_with_a_note()
    {
        string table = _gnml.WriteTable();
        File.AppendAllText(table, "1,1,a,NA\n1,1,a,\n");
        CommandLine.Outcome outcome = CommandLine.Succeed("train", "--data", table, "--label", "y", "--test-fraction", "0", "--out", _gnml.PathOf("model.zip"));
        outcome.Console.Should().Contain("2 rows without a label were left out");
        CommandLine.Succeed("evaluate", _gnml.PathOf("model.zip"), "--data", table, "--json").Json.GetProperty("rows").GetInt32().Should().Be(200);
    }

    public static TheoryData<string[], string> WrongUsage => new()
    {
        { ["train", "--hidden", "0"], "--hidden must be a whole number of at least 1; '0' is not" },
        { ["train", "--hidden", "many"], "'many' is not" },
        { ["train", "--penalty", "-1"], "--penalty must be a finite number of at least 0" },
        { ["train", "--penalty", "NaN"], "--penalty must be a finite number of at least 0" },
        { ["train", "--penalty", "much"], "'much' is not" },
        { ["train", "--test-fraction", "1"], "--test-fraction must be a number of at least 0 and below 1" },
        { ["train", "--iterations", "-1"], "--iterations must be a whole number of at least 0" },
        { ["train", "--activation", "Relu"], "Relu" },
        { ["train", "--ensemble", "0"], "--ensemble must be a whole number of at least 1; '0' is not" },
        { ["train", "--interval-level", "1"], "--interval-level must be a number above 0 and below 1" },
        { ["train", "--intervals", "Wide"], "Wide" },
        { ["train", "--data", "x.csv"], "--data needs --label" },
        { ["train", "--label", "y"], "need --data" },
        { ["train", "--hiden", "5"], "--hiden" },
        { ["predict", "model.zip"], "--data" },
        { ["fit"], "fit" },
        { [], "command" },
    };

    [Theory, MemberData(nameof(WrongUsage))]
    public void A_wrong_command_line_is_named_and_has_its_own_exit_code(string[] arguments, string message)
    {
        CommandLine.Outcome outcome = CommandLine.Run(arguments);
        outcome.Code.Should().Be(ExitCode.Usage);
        outcome.Errors.Should().Contain(message).And.Contain("--help");
    }

    [Fact]
    public void Several_starts_are_for_a_single_network() =>
        CommandLine.Fail("train", "--ensemble", "5", "--starts", "2").Should().Contain("--starts is for a single network: give --ensemble 1");

    [Fact]
    public void A_model_path_that_cannot_be_written_is_refused_before_training()
    {
        string table = _gnml.WriteTable();
        CommandLine.Fail("train", "--data", table, "--label", "y", "--out", _gnml.Folder).Should().Contain("is a folder");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--out", _gnml.PathOf("no/such/model.zip")).Should().Contain("does not exist");
    }

    [Fact]
    public void A_test_fraction_that_leaves_a_part_empty_is_refused()
    {
        string table = _gnml.Write("small.csv", "x,y\n1,1\n2,2\n3,3\n");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--test-fraction", "0.1", "--out", _gnml.PathOf("m.zip")).Should().Contain("0 test rows");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--test-fraction", "0", "--out", _gnml.PathOf("m.zip"));
    }

    private static Dictionary<string, double> TestErrors(JsonElement report) => report.GetProperty("trainers").EnumerateArray().ToDictionary(
        trainer => trainer.GetProperty("name").GetString()!,
        trainer => trainer.GetProperty("test").GetProperty("rootMeanSquaredError").GetDouble());
}
