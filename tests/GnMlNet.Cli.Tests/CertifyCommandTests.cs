using System.Globalization;
using System.Text.Json;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Models;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tests;

public sealed class CertifyCommandTests : IDisposable
{
    private const int Units = 3;

    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void A_trained_network_is_not_converged_and_a_polished_one_is_certified_when_it_is_read_again()
    {
        string table = Table(), model = Train(table);
        CommandLine.Outcome before = CommandLine.Run("certify", model, "--data", table);
        (before.Code, Flat(before).Contains("not certified")).Should().Be((ExitCode.Failure, true));
        Flat(before).Should().Contain("13 weights on 160 rows").And.Contain("has not converged").And.Contain("--polish");

        string polished = _gnml.PathOf("p.zip");
        CommandLine.Outcome polishing = CommandLine.Succeed("certify", model, "--data", table, "--polish", "--out", polished);
        Flat(polishing).Should().Contain("damped Newton steps").And.Contain("certified. A strict local minimum exists within").And.Contain("is the only stationary point within").And.Contain("Model saved");

        JsonElement certificate = CommandLine.Succeed("certify", polished, "--data", table, "--json").Json.EnumerateArray().Single();
        certificate.GetProperty("verdict").GetString().Should().Be("Certified");
        double existence = certificate.GetProperty("minimumWithin").GetDouble(), uniqueness = certificate.GetProperty("onlyOneWithin").GetDouble();
        existence.Should().BePositive().And.BeLessThan(1e-12);
        uniqueness.Should().BeGreaterThan(1e-9);
        certificate.GetProperty("objectiveGap").GetDouble().Should().BeInRange(0, 1e-20);
        certificate.GetProperty("criterion").GetDouble().Should().BeLessThan(0.5);
        // Training recorded what polishing made of it, and it fell.
        JsonElement info = CommandLine.Succeed("info", polished, "--json").Json.GetProperty("network");
        JsonElement[] history = [.. info.GetProperty("history").EnumerateArray()];
        history[^1].GetProperty("loss").GetDouble().Should().BeApproximately(certificate.GetProperty("objective").GetDouble(), 1e-15).And.BeLessThan(history[^2].GetProperty("loss").GetDouble());
        CommandLine.Succeed("evaluate", polished, "--data", table).Console.Should().Contain("200");
        Flat(CommandLine.Succeed("certify", polished, "--data", table, "--polish", "--out", _gnml.PathOf("again.zip"))).Should().Contain("certified as it is; nothing was saved");
        File.Exists(_gnml.PathOf("again.zip")).Should().BeFalse();
    }

    [Fact]
    public void A_polished_model_keeps_the_rest_of_its_pipeline_and_stands_beside_the_model_where_no_name_is_given()
    {
        // A text column, missing values, and a label that the score would hide.
        string table = _gnml.WriteTable(withMissing: true);
        File.WriteAllText(table, File.ReadAllText(table).Replace(",y\n", ",Score\n", StringComparison.Ordinal));
        string model = _gnml.PathOf("m.zip"), polished = _gnml.PathOf("m-polished.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "Score", "--ensemble", "1", "--hidden", "2", "--no-baselines", "--lower-bound", "-1", "--test-fraction", "0", "--out", model);
        CommandLine.Outcome outcome = CommandLine.Run("certify", model, "--data", table, "--test-fraction", "0", "--polish");
        outcome.Code.Should().Be(ExitCode.Success, outcome.Console);
        JsonElement[] infos = [.. new[] { model, polished }.Select(path => CommandLine.Succeed("info", path, "--json").Json.GetProperty("network"))];
        foreach (string property in new[] { "label", "inputs", "hiddenUnits", "bounds" }) infos[1].GetProperty(property).GetRawText().Should().Be(infos[0].GetProperty(property).GetRawText());
        CommandLine.Succeed("predict", polished, "--data", table, "--out", _gnml.PathOf("scores.csv"));
        File.ReadAllLines(_gnml.PathOf("scores.csv")).Should().HaveCount(201);
        // The part of the pipeline for training alone is still there.
        CommandLine.Succeed("certify", polished, "--data", table, "--test-fraction", "0");
    }

    [Fact]
    public void Training_in_double_ends_near_a_minimum_and_polishing_goes_the_rest_of_the_way()
    {
        string table = Table(), model = _gnml.PathOf("m.zip");
        TrainInProgram(table, model);
        JsonElement before = CommandLine.Run("certify", model, "--data", table, "--test-fraction", "0", "--json").Json.EnumerateArray().Single();
        // Where rounding hides that the loss falls.
        before.GetProperty("newtonStep").GetDouble().Should().BeInRange(0, 1e-5);
        JsonElement after = CommandLine.Succeed("certify", model, "--data", table, "--test-fraction", "0", "--polish", "--json").Json.EnumerateArray().Single();
        after.GetProperty("verdict").GetString().Should().Be("Certified");
        after.GetProperty("polished").GetProperty("dampedSteps").GetInt32().Should().BeLessThan(3);
        after.GetProperty("minimumWithin").GetDouble().Should().BeLessThan(before.GetProperty("newtonStep").GetDouble());
    }

    [Fact]
    public void Other_rows_another_split_and_another_penalty_are_told_by_what_training_recorded()
    {
        string table = Table(), model = Train(table);
        Refused(model, Table("other.csv", seed: 8)).Should().Contain("not the objective that it was trained for").And.Contain("with a gradient of the length").And.Contain("not the rows of training");
        Refused(model, table, "--test-fraction", "0").Should().Contain("not the rows of training").And.Contain("--test-fraction");
        Refused(model, table, "--seed", "2").Should().Contain("not the rows of training");
        Refused(model, table, "--penalty", "0.01").Should().Contain("the penalty is not").And.Contain("about 0.0001");
        string huber = Train(table, "--loss", "huber");
        Refused(huber, table).Should().Contain("--loss huber");
        // Nothing is polished toward another objective.
        Refused(model, table, "--penalty", "0.01", "--polish").Should().Contain("Nothing was saved");
        File.Exists(_gnml.PathOf("m-polished.zip")).Should().BeFalse();

        string other = Train(table, "--penalty", "0.0005");
        Refused(other, table).Should().Contain("about 0.0005");
        CommandLine.Succeed("certify", other, "--data", table, "--penalty", "0.0005", "--polish");
    }

    [Fact]
    public void A_saddle_is_refused_with_its_direction_in_the_names_of_the_table()
    {
        string table = Table(), model = Train(table), saddle = _gnml.PathOf("saddle.zip");
        double mean = Rows(table).Select(row => (double)(float)row[2]).Average();
        // Zeros and the mean of the labels: stationary, and no minimum.
        Replace(model, saddle, [.. new double[Units * 4], mean], loss: 1);
        CommandLine.Outcome outcome = CommandLine.Run("certify", saddle, "--data", table, "--test-fraction", "0");
        outcome.Code.Should().Be(ExitCode.Failure);
        Flat(outcome).Should().Contain("at a saddle").And.Contain("the Hessian is indefinite").And.Contain("no local minimum lies within").And.Contain("the output weight of unit").And.MatchRegex("the weight of x[12] in unit [123]");
        JsonElement json = CommandLine.Run("certify", saddle, "--data", table, "--test-fraction", "0", "--json").Json.EnumerateArray().Single();
        json.GetProperty("curvature").GetDouble().Should().BeNegative();
        json.GetProperty("direction").GetArrayLength().Should().Be(13);
        json.GetProperty("minimumWithin").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public void What_is_neither_proved_nor_refuted_has_an_exit_status_of_its_own()
    {
        // Labels that the features tell nothing of: weights of zeros are at a minimum, and hidden biases move nothing.
        string table = _gnml.Write("flat.csv", $"x1,x2,y\n{string.Concat(Enumerable.Repeat("1,1,1\n1,1,-1\n-1,1,1\n-1,1,-1\n1,-1,1\n1,-1,-1\n-1,-1,1\n-1,-1,-1\n", 3))}");
        string model = _gnml.PathOf("m.zip"), flat = _gnml.PathOf("flat.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--ensemble", "1", "--hidden", "3", "--no-baselines", "--test-fraction", "0", "--out", model);
        Replace(model, flat, new double[13], loss: 1);
        CommandLine.Outcome outcome = CommandLine.Run("certify", flat, "--data", table, "--test-fraction", "0");
        outcome.Code.Should().Be(ExitCode.Undecided, outcome.Console);
        Flat(outcome).Should().Contain("undecided. The smallest eigenvalue of the Hessian is between").And.Contain("has no strict minimum");
    }

    [Fact]
    public void An_ensemble_that_left_out_rows_stopped_is_refused_as_intended_and_not_polished()
    {
        string table = Table(rows: 120), model = _gnml.PathOf("e.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--ensemble", "3", "--hidden", "3", "--kernel", "none", "--no-baselines", "--out", model);
        CommandLine.Outcome outcome = CommandLine.Run("certify", model, "--data", table);
        outcome.Code.Should().Be(ExitCode.Failure);
        Flat(outcome).Should().Contain("network 3 of 3, 13 weights on 96 rows: not certified").And.Contain("stopped early by left-out rows: its networks are not at a minimum, which is intended").And.NotContain("kernel block");
        CommandLine.Fail("certify", model, "--data", table, "--polish").Should().Contain("--polish is for a single network");
    }

    [Fact]
    public void A_kernel_block_is_no_part_of_the_certificate_and_weights_of_rows_are_refused()
    {
        string table = Table(rows: 120), model = _gnml.PathOf("e.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--ensemble", "2", "--hidden", "3", "--loss", "huber", "--no-baselines", "--out", model);
        CommandLine.Fail("certify", model, "--data", table).Should().Contain("weights of rows, as --loss huber gives them");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--ensemble", "2", "--hidden", "3", "--no-baselines", "--out", model);
        CommandLine.Outcome outcome = CommandLine.Run("certify", model, "--data", table);
        outcome.Code.Should().Be(ExitCode.Failure);
        $"{Flat(outcome)}{outcome.Errors}".Should().Contain("not part of this certificate");
    }

    [Fact]
    public void What_cannot_be_used_is_said_in_one_line()
    {
        string table = Table(), model = Train(table);
        CommandLine.Fail("certify", model, "--data", _gnml.Write("wrong.csv", "a,b\n1,2\n")).Should().Contain("needs the columns 'x1', 'x2', 'y'");
        CommandLine.Fail("certify", model, "--data", _gnml.Write("constant.csv", "x1,x2,y\n1,2,3\n4,5,3\n"), "--test-fraction", "0").Should().Contain("all labels of these rows are the same");
        CommandLine.Fail("certify", _gnml.PathOf("none.zip"), "--data", table).Should().Contain("There is no file");
        CommandLine.Fail("certify", Train(table, "--validation-fraction", "0.2"), "--data", table).Should().Contain("stopped early by validation rows: not at a minimum, which is intended");
        CommandLine.Outcome usage = CommandLine.Run("certify", model, "--data", table, "--out", _gnml.PathOf("p.zip"));
        (usage.Code, usage.Errors.Contains("--out needs --polish", StringComparison.Ordinal)).Should().Be((ExitCode.Usage, true));
        CommandLine.Run("certify", model, "--data", table, "--penalty", "-1").Code.Should().Be(ExitCode.Usage);
    }

    private static string Flat(CommandLine.Outcome outcome) => string.Join(' ', outcome.Console.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Refused(params string[] arguments)
    {
        CommandLine.Outcome outcome = CommandLine.Run(["certify", arguments[0], "--data", .. arguments[1..]]);
        outcome.Code.Should().Be(ExitCode.Failure, outcome.Errors);
        return Flat(outcome);
    }

    private static IEnumerable<double[]> Rows(string table) => File.ReadLines(table).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());

    /// <summary>The model with other weights, and the loss that training would have recorded for them.</summary>
    private static void Replace(string path, string target, double[] weights, double loss)
    {
        SavedModel model = SavedModel.Load(path);
        using FileStream stream = File.Create(target);
        var last = new TrainingIteration { Loss = loss, MeanSquaredError = loss, ValidationError = double.NaN };
        model.SaveWith(schema => PolishedModel.Of(model.Context, model.Transformer, schema, weights, last), stream);
    }

    private static void TrainInProgram(string table, string target)
    {
        var context = new MLContext(seed: 1);
        IDataView rows = context.Data.LoadFromTextFile(table, [new TextLoader.Column("x1", DataKind.Single, 0), new TextLoader.Column("x2", DataKind.Single, 1), new TextLoader.Column("y", DataKind.Single, 2)], ',', hasHeader: true);
        var options = new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = "y",
            NumberOfNetworks = 1,
            NumberOfHiddenUnits = Units,
            LossTolerance = 0,
            StepTolerance = 0,
            GradientTolerance = 1e-14,
            MaximumNumberOfIterations = 20_000,
        };
        ITransformer model = context.Transforms.Concatenate("Features", "x1", "x2").Append(context.Regression.Trainers.GaussNewtonRegression(options)).Fit(rows);
        context.Model.Save(model, rows.Schema, target);
    }

    private string Train(string table, params string[] more)
    {
        string model = _gnml.PathOf("m.zip");
        CommandLine.Succeed(["train", "--data", table, "--label", "y", "--ensemble", "1", "--hidden", CommandLine.Text(Units), "--no-baselines", "--out", model, .. more]);
        return model;
    }

    private string Table(string name = "table.csv", int rows = 200, int seed = 5)
    {
        var random = new Random(seed);
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(_ =>
        {
            double x1 = (4 * random.NextDouble()) - 2, x2 = random.NextDouble(), y = (x1 * x1) + (3 * Math.Sin(4 * x2)) + (0.1 * random.NextDouble());
            return $"{CommandLine.Text(x1)},{CommandLine.Text(x2)},{CommandLine.Text(y)}";
        });
        return _gnml.Write(name, $"x1,x2,y\n{string.Join('\n', lines)}\n");
    }
}
