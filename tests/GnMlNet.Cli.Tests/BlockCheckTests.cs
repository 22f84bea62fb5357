using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using GnMlNet.Cli.Common;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tests;

/// <summary>What the commands make of a model whose kernel block has all the weight: its networks have one unit and took no step, on a smooth function without noise.</summary>
public sealed class BlockCheckTests : IDisposable
{
    private readonly CommandLine _gnml = new();
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void Every_member_of_a_block_without_networks_is_certified()
    {
        string table = WriteTable(60), model = Train(table, new KernelOptions { Members = 2 });
        JsonElement[] checks = [.. Check(model, table, ExitCode.Success, "--json").Json.EnumerateArray()], members = checks[..2];
        checks.Should().HaveCount(3);
        (Text(checks[2], "verdict"), checks[2].GetProperty("rows").GetInt32()).Should().Be(("Proved", 20));
        checks[2].GetProperty("errors").EnumerateArray().Select(error => Text(error, "quantity")).Should().Equal("Score", "Lower", "Upper", "StandardDeviation", "BlockVariance1", "BlockVariance2");
        foreach (JsonElement member in members)
        {
            (Text(member, "form"), Text(member, "isPositiveDefinite"), Text(member, "isWithinBounds"), member.GetProperty("rows").GetInt32()).Should().Be(("Exact", "Proved", "Proved", 60));
            (string, double, int)[] errors = [.. member.GetProperty("errors").EnumerateArray().Select(error => (Text(error, "quantity"), error.GetProperty("bound").GetDouble(), error.GetProperty("count").GetInt32()))];
            errors.Should().SatisfyRespectively(
                at => at.Should().Match<(string Name, double Bound, int Count)>(error => error.Name == "Coefficients" && error.Bound < 1e-4 && error.Count == 1),
                at => at.Should().Match<(string Name, double Bound, int Count)>(error => error.Name == "BackwardError" && error.Bound < 1e-13 && error.Count == 1),
                at => at.Should().Match<(string Name, double Bound, int Count)>(error => error.Name == "Predictions" && error.Bound < 1e-2 && error.Count == 20));
        }

        File.Exists(Path.Combine(_gnml.PathOf("check"), "m-block-member-2.json")).Should().BeTrue();
        File.Exists(Path.Combine(_gnml.PathOf("check"), "m-predictions.json")).Should().BeTrue();
    }

    [Fact]
    public void A_coefficient_that_was_moved_by_a_hundred_millionth_is_found_and_the_command_fails()
    {
        string table = WriteTable(60), model = Train(table, new KernelOptions { Members = 1 });
        double[] coefficients = Members(model)[0].Expansion.Coefficients.ToArray();
        double size = Math.Sqrt(coefficients.Sum(a => a * a));
        Replace(model, BitConverter.GetBytes(coefficients[7]), BitConverter.GetBytes(coefficients[7] + (1e-8 * size)));
        CommandLine.Outcome outcome = Check(model, table, ExitCode.Failure);
        outcome.Console.Should().Contain("block member 1 of m.zip: an error is proved to be beyond its bound");
    }

    [Theory]
    [InlineData(KernelForm.Sparse, 60, "1 member of the kernel block of m.zip: not checked, since the sparse form")]
    [InlineData(KernelForm.ConjugateGradients, 60, "nothing is promised of conjugate gradients")]
    [InlineData(KernelForm.Exact, 1001, "1 member of the kernel block of m.zip: not checked, since there are 1001 units")]
    public void Of_what_nothing_is_promised_one_line_says_so(KernelForm form, int rows, string line)
    {
        string table = WriteTable(rows, noise: 0.5), model = Train(table, new KernelOptions { Members = 1, Form = form, Centres = 20, EvidenceRows = 20 });
        // Of the sparse form and of many units something that was asked for is not proved.
        Check(model, table, form == KernelForm.ConjugateGradients ? ExitCode.Success : ExitCode.Undecided).Console.Should().Contain(line);
    }

    [Fact]
    public void Other_commands_read_a_model_without_networks()
    {
        string table = WriteTable(60), model = Train(table, new KernelOptions { Members = 1, Smooth = true });
        CommandLine.Succeed("audit", "--model", model, "--data", table).Console.Should().Contain("m.zip has no networks to audit");
        CommandLine.Succeed("info", model).Console.Should().Contain("all the weight").And.Contain("features and labels of training rows").And.Contain("networks were left out");
        JsonElement network = CommandLine.Succeed("info", model, "--json").Json.GetProperty("network");
        (network.GetProperty("networks").GetInt32(), network.GetProperty("kernelBlock").GetArrayLength()).Should().Be((0, 1));
        CommandLine.Succeed("evaluate", model, "--data", table, "--json").Json.GetProperty("rows").GetInt32().Should().Be(60);
        CommandLine.Succeed("predict", model, "--data", table).Output.Should().Contain("Score,Lower,Upper");
    }

    private string WriteTable(int rows, double noise = 0)
    {
        var random = new Random(5);
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(_ =>
        {
            double x1 = (4 * random.NextDouble()) - 2, x2 = random.NextDouble();
            return string.Join(',', CommandLine.Text(x1), CommandLine.Text(x2), CommandLine.Text((x1 * x1) + x2 + (noise * random.NextDouble())));
        });
        return _gnml.Write("table.csv", string.Join('\n', ["x1,x2,y", .. lines]) + "\n");
    }

    private string Train(string table, KernelOptions kernel)
    {
        IDataView rows = _context.Data.LoadFromTextFile(
            table,
            new TextLoader.Options { HasHeader = true, Separators = [','], Columns = [new("x1", DataKind.Single, 0), new("x2", DataKind.Single, 1), new("y", DataKind.Single, 2)] });
        var trainer = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = "y",
            NumberOfNetworks = 2,
            NumberOfHiddenUnits = 1,
            MaximumNumberOfIterations = 0,
            Kernel = kernel,
        });
        string path = _gnml.PathOf("m.zip");
        _context.Model.Save(_context.Transforms.Concatenate("Features", "x1", "x2").Append(trainer).Fit(rows), rows.Schema, path);
        Members(path).Should().HaveCount(kernel.Members);
        return path;
    }

    private CommandLine.Outcome Check(string model, string table, int code, params string[] options)
    {
        CommandLine.Outcome outcome = CommandLine.Run(["crosscheck", "--model", model, "--data", table, "--out", _gnml.PathOf("check"), .. options]);
        outcome.Code.Should().Be(code, outcome.Errors);
        return outcome;
    }

    private KernelMember[] Members(string model)
    {
        var chain = (IEnumerable<ITransformer>)_context.Model.Load(model, out _);
        GaussNewtonRegressionModelParameters last = ((RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>)chain.Last()).Model;
        return [.. last.Members.OfType<KernelMember>()];
    }

    /// <summary>Replaces some bytes of the model's body and makes its hash match again.</summary>
    private static void Replace(string model, byte[] bytes, byte[] replacement)
    {
        using ZipArchive zip = ZipFile.Open(model, ZipArchiveMode.Update);
        foreach (ZipArchiveEntry entry in zip.Entries.ToArray())
        {
            byte[] content = new byte[entry.Length];
            using (Stream source = entry.Open()) source.ReadExactly(content);
            int at = content.AsSpan().IndexOf(bytes);
            if (at < 0) continue;
            (int body, int length) = Body(content);
            replacement.CopyTo(content, at);
            SHA256.HashData(content.AsSpan(body, length)).CopyTo(content, body - 32);
            using Stream target = entry.Open();
            target.Write(content);
            return;
        }

        throw new InvalidOperationException("The model does not hold these bytes.");
    }

    private static (int Start, int Length) Body(byte[] content)
    {
        int LengthAt(int start) => BitConverter.ToInt32(content, start - 36);
        bool IsBody(int start) => LengthAt(start) is int length && length > 0 && length <= content.Length - start && SHA256.HashData(content.AsSpan(start, length)).AsSpan().SequenceEqual(content.AsSpan(start - 32, 32));
        int body = Enumerable.Range(36, content.Length - 36).First(IsBody);
        return (body, LengthAt(body));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
