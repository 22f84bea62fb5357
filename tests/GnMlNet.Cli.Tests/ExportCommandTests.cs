using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace GnMlNet.Cli.Tests;

/// <summary><c>gnml export</c>: the ONNX file takes the table's own columns and gives what the model gives; what cannot be exported is said in one line, and nothing is written.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => _gnml.Dispose();

    private string Onnx => _gnml.PathOf("m.onnx");

    private string Train(string table, int networks = 3)
    {
        string model = _gnml.PathOf("m.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--out", model, "--hidden", "3", "--ensemble", CommandLine.Text(networks), "--iterations", "8", "--no-baselines");
        return model;
    }

    private string[] Inputs()
    {
        using var session = new InferenceSession(Onnx);
        return [.. session.InputNames];
    }

    [Fact]
    public void Text_and_missing_values_are_prepared_within_the_file_and_the_check_passes()
    {
        string table = _gnml.WriteTable(rows: 120, withMissing: true), model = Train(table);
        CommandLine.Outcome outcome = CommandLine.Succeed("export", model, "--onnx", Onnx, "--check", table);
        outcome.Console.Should().Contain("Score").And.Contain("Lower").And.Contain("Upper").And.Contain("StandardDeviation").And.Contain("120 rows").And.Contain("bytes written");
        Inputs().Should().BeEquivalentTo("x1", "x2", "kind");
        Directory.GetFiles(_gnml.Folder, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public void A_single_network_and_numbers_less_an_offset_pass_the_check()
    {
        string table = _gnml.Write("t.csv", "stamp,x,y\n" + string.Concat(Enumerable.Range(0, 80).Select(j =>
            string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000.25 + (j * 3)},{j % 7},{(0.1 * j) + (j % 7 * j % 5)}\n"))));
        string model = Train(table, networks: 1);
        CommandLine.Succeed("export", model, "--onnx", Onnx, "--check", table).Console.Should().Contain("80 rows");
        using var session = new InferenceSession(Onnx);
        session.InputMetadata["stamp"].ElementType.Should().Be<double>();
        session.OutputNames.Should().Equal("Score.output");
    }

    [Fact]
    public void Ratios_of_columns_pass_the_check_and_other_expressions_are_named()
    {
        string table = _gnml.WriteTable(rows: 80);
        IDataView data = _context.Data.LoadFromTextFile(table, [new("x1", DataKind.Single, 0), new("x2", DataKind.Single, 1), new("y", DataKind.Single, 3)], separatorChar: ',', hasHeader: true);
        string Save(string expression)
        {
            var trainer = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = "y", NumberOfNetworks = 1, NumberOfHiddenUnits = 3, MaximumNumberOfIterations = 5 });
            var model = _context.Transforms.Expression("z", expression, "x1", "x2").Append(_context.Transforms.Concatenate("Features", "x1", "z")).Append(trainer).Fit(data);
            _context.Model.Save(model, data.Schema, _gnml.PathOf("foreign.zip"));
            return _gnml.PathOf("foreign.zip");
        }

        CommandLine.Succeed("export", Save("(a, b) => single((-a + 2) / (b + 1.5d) - a * 3)"), "--onnx", Onnx, "--check", table);
        Inputs().Should().BeEquivalentTo("x1", "x2");
        File.Delete(Onnx);
        CommandLine.Fail("export", Save("(a, b) => exp(a) + b"), "--onnx", Onnx).Should().Contain("Step 1").And.Contain("exp(a) + b").And.Contain("docs/onnx.md");
        File.Exists(Onnx).Should().BeFalse();
    }

    [Fact]
    public void A_step_that_ML_NET_cannot_export_is_named()
    {
        string table = _gnml.WriteTable(rows: 60);
        IDataView data = _context.Data.LoadFromTextFile(table, [new("x", DataKind.Single, 0, 1), new("y", DataKind.Single, 3)], separatorChar: ',', hasHeader: true);
        var trainer = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = "y", NumberOfNetworks = 1, NumberOfHiddenUnits = 3, MaximumNumberOfIterations = 5 });
        _context.Model.Save(_context.Transforms.NormalizeBinning("x").Append(_context.Transforms.CopyColumns("Features", "x")).Append(trainer).Fit(data), data.Schema, _gnml.PathOf("foreign.zip"));
        CommandLine.Fail("export", _gnml.PathOf("foreign.zip"), "--onnx", Onnx).Should().Contain("Step 1").And.Contain("NormalizingTransformer");
        File.Exists(Onnx).Should().BeFalse();
    }

    [Fact]
    public void Bad_files_are_one_line_and_leave_what_was_there()
    {
        string table = _gnml.WriteTable(rows: 60), model = Train(table);
        File.WriteAllText(Onnx, "before");
        CommandLine.Fail("export", _gnml.PathOf("none.zip"), "--onnx", Onnx).Should().Contain("none.zip");
        CommandLine.Fail("export", table, "--onnx", Onnx).Should().Contain("cannot be loaded as a model");
        CommandLine.Fail("export", model, "--onnx", Onnx, "--check", _gnml.PathOf("none.csv")).Should().Contain("none.csv");
        CommandLine.Fail("export", model, "--onnx", Onnx, "--check", _gnml.Write("lacking.csv", "x1,kind\n1,a\n")).Should().Contain("'x2'");
        CommandLine.Fail("export", model, "--onnx", Path.Combine(_gnml.Folder, "no", "folder.onnx")).Should().Contain("does not exist");
        File.ReadAllText(Onnx).Should().Be("before");
        CommandLine.Run("export", model).Code.Should().Be(2);
        CommandLine.Succeed("export", model, "--onnx", Onnx);
        File.ReadAllText(Onnx).Should().NotBe("before");
    }
}
