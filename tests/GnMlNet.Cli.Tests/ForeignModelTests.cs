using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tests;

/// <summary>Models that other programs trained and saved: gnml scores them as those programs do.</summary>
public sealed class ForeignModelTests : IDisposable
{
    private readonly CommandLine _gnml = new();
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => _gnml.Dispose();

    private string Model => _gnml.PathOf("m.zip");

    private string Table => _gnml.Write("t.csv", "a,b,c,flag,code,kind,y\n" + string.Concat(Enumerable.Range(0, 80).Select(j =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(j):0.0000},{j % 7},{j % 5 * 0.25},{(j % 3 == 0 ? "true" : "false")},{1 + (j % 4)},{(j % 2 == 0 ? "u" : "v")},{Math.Cos(j) + (j % 7):0.0000}\n"))));

    private GaussNewtonRegressionTrainer Trainer(string label = "y") => _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
    {
        LabelColumnName = label,
        NumberOfNetworks = 2,
        NumberOfHiddenUnits = 3,
        MaximumNumberOfIterations = 5,
    });

    private IDataView Load(params TextLoader.Column[] columns) => _context.Data.LoadFromTextFile(Table, columns, separatorChar: ',', hasHeader: true);

    private void IsScoredAlike(IDataView data, EstimatorChain<RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>> pipeline)
    {
        var model = pipeline.Fit(data);
        _context.Model.Save(model, data.Schema, Model);
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        string[] lines = CommandLine.Succeed("predict", Model, "--data", Table).Output.TrimEnd().Split('\n');
        lines.Skip(1).Select(line => float.Parse(line.Trim().Split(',')[^3], CultureInfo.InvariantCulture)).Should().Equal(expected);
        CommandLine.Succeed("info", Model).Console.Should().Contain("Pipeline");
    }

    [Fact]
    public void Vectors_are_found_by_the_names_of_their_slots_or_by_numbers()
    {
        IDataView loaded = Load(new("a", DataKind.Single, 0), new("b", DataKind.Single, 1), new("c", DataKind.Single, 2), new("y", DataKind.Single, 6));
        var pipeline = _context.Transforms.CopyColumns("Features", "x").Append(Trainer());
        IsScoredAlike(_context.Transforms.Concatenate("x", "a", "b", "c").Fit(loaded).Transform(loaded), pipeline);
        string named = CommandLine.Succeed("predict", Model, "--data", Table).Output;
        string numbered = _gnml.Write("numbered.csv", File.ReadAllText(Table).Replace("a,b,c,", "x.0,x.1,x.2,", StringComparison.Ordinal));
        CommandLine.Succeed("predict", Model, "--data", numbered).Output.Split('\n')[1..].Should().Equal(named.Split('\n')[1..]);
        CommandLine.Succeed("evaluate", Model, "--data", Table).Console.Should().Contain("80");
        CommandLine.Fail("predict", Model, "--data", _gnml.Write("lacking.csv", "a,b,y\n1,2,3\n")).Should().Contain("'a', 'b', 'c'");

        IDataView unnamed = Load(new("x", DataKind.Single, 0, 2), new("y", DataKind.Single, 6));
        _context.Model.Save(pipeline.Fit(unnamed), unnamed.Schema, Model);
        CommandLine.Succeed("predict", Model, "--data", numbered).Output.Trim().Split('\n').Should().HaveCount(81);
        CommandLine.Fail("predict", Model, "--data", Table).Should().Contain("'x.0', 'x.1', 'x.2'");
    }

    [Fact]
    public void Whole_numbers_doubles_truth_values_keys_and_text_are_read_as_the_model_takes_them()
    {
        IDataView data = Load(
            new("a", DataKind.Double, 0), new("b", DataKind.Int32, 1), new("c", DataKind.Single, 2), new("flag", DataKind.Boolean, 3), new("code", DataKind.UInt32, [new(4)], new KeyCount(4)), new("kind", DataKind.String, 5), new("y", DataKind.Single, 6));
        var pipeline = _context.Transforms.Conversion.ConvertType("a1", "a").Append(_context.Transforms.Conversion.ConvertType("b1", "b")).Append(_context.Transforms.Conversion.ConvertType("flag1", "flag"))
            .Append(_context.Transforms.Categorical.OneHotEncoding([new("kind1", "kind")])).Append(_context.Transforms.Conversion.MapKeyToVector("code1", "code"))
            .Append(_context.Transforms.Concatenate("Features", "a1", "b1", "c", "flag1", "kind1", "code1")).Append(Trainer());
        IsScoredAlike(data, pipeline);
        CommandLine.Fail("predict", Model, "--data", _gnml.Write("bad.csv", "a,b,c,flag,code,kind\n1,2.5,0,true,1,u\n")).Should().Contain("line 2, column 'b': '2.5' is no whole number");
        CommandLine.Fail("predict", Model, "--data", _gnml.Write("bad.csv", "a,b,c,flag,code,kind\n1,2,0,maybe,1,u\n")).Should().Contain("column 'flag': 'maybe'");
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_found()
    {
        IDataView data = Load(new("A", DataKind.Single, 0), new("B", DataKind.Single, 1), new("Target", DataKind.Single, 6));
        IsScoredAlike(data, _context.Transforms.Concatenate("Features", "A", "B").Append(Trainer("Target")));
    }

    [Fact]
    public void A_model_without_an_input_schema_is_shown_and_says_what_it_lacks()
    {
        IDataView data = Load(new("a", DataKind.Single, 0), new("b", DataKind.Single, 1), new("y", DataKind.Single, 6));
        _context.Model.Save(_context.Transforms.Concatenate("Features", "a", "b").Append(Trainer()).Fit(data), null, Model);
        CommandLine.Succeed("info", Model).Console.Should().Contain("no input schema");
        CommandLine.Succeed("info", Model, "--json").Json.GetProperty("network").GetProperty("inputs").GetInt32().Should().Be(2);
        CommandLine.Fail("predict", Model, "--data", Table).Should().Contain("no input schema").And.Contain("Model.Save");
        CommandLine.Fail("evaluate", Model, "--data", Table).Should().Contain("no input schema");
    }
}
