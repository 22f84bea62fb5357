using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using GnMlNet.Models;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms;

namespace GnMlNet.Tests;

/// <summary>Exported graphs compute what the models do: every column, every kind of members, rows near and far.</summary>
public class OnnxExportTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Settings => [.. s_settings.Keys];

    private static readonly Dictionary<string, Action<GaussNewtonRegressionTrainer.Options>> s_settings = new()
    {
        ["networks and kernel block"] = _ => { },
        ["logistic units"] = options => options.Activation = Activation.Logistic,
        ["networks alone"] = options => options.Kernel = null,
        ["smooth"] = options => options.Kernel = new() { Smooth = true },
        ["sparse"] = options => options.Kernel = new() { Form = KernelForm.Sparse, Centres = 40, EvidenceRows = 60 },
        ["Huber's loss"] = options => options.Loss = RegressionLoss.Huber,
        ["bounds"] = options => (options.LowerBound, options.UpperBound) = (-2, 5.5f),
        ["held-out rows"] = options => options.Intervals = IntervalKind.HeldOutRows,
        ["without intervals"] = options => options.Intervals = IntervalKind.None,
        ["a single network"] = options => (options.NumberOfNetworks, options.LowerBound) = (1, -2),
        ["a flow"] = options => (options.NumberOfNetworks, options.Flow) = (1, new FlowOptions { ScalingFactor = 4, Damping = 0.01, Duration = 0.5 }),
    };

    private GaussNewtonRegressionTrainer Trainer(Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 3, NumberOfHiddenUnits = 4, MaximumNumberOfIterations = 8, Seed = 5 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    /// <summary>Rows like those of the training, and rows far from them on both sides.</summary>
    private IDataView NewRows(int count) => _context.WithFeatures(Rows.Make(count, 77).Concat(Rows.Make(count / 2, 78).Select(row => new Row { A = 3 * row.A, B = 5 * row.B, C = 40 * row.C, Y = row.Y })));

    private static double Deviation(IDataView data, string label = "Y") => data.GetColumn<float>(label).PopulationStandardDeviation();

    [Theory, MemberData(nameof(Settings))]
    public void The_graph_gives_every_row_what_the_model_gives_it(string setting)
    {
        IDataView data = _context.WithFeatures(Rows.Make(150, 1));
        var model = Trainer(s_settings[setting]).Fit(data);
        IDataView rows = NewRows(400);
        OnnxGraphs.ShouldAgree(_context.ToOnnx(model, rows), model, rows, Deviation(data));
    }

    [Fact]
    public void The_graph_of_another_model_is_told_apart()
    {
        IDataView data = _context.WithFeatures(Rows.Make(150, 1));
        var one = Trainer(options => options.NumberOfNetworks = 1).Fit(data);
        var other = Trainer(options => (options.NumberOfNetworks, options.Seed) = (1, 6)).Fit(data);
        OnnxGraphs.Distance(one.Scores(data), OnnxGraphs.Run(_context.ToOnnx(other, data), data)["Score"]).Should().BeGreaterThan(1e-5 * Deviation(data));
    }

    [Fact]
    public void Each_kind_of_members_alone_is_exported_with_open_intervals_kinks_and_constant_columns()
    {
        IDataView data = _context.WithFeatures(Rows.Make(150, 1)), rows = NewRows(400);
        NetworkEnsemble whole = Trainer().Fit(data).Model.Ensemble!;
        EnsembleMember[] networks = [.. Trainer(options => options.Kernel = null).Fit(data).Model.Members], kernel = [.. whole.Members.OfType<KernelMember>()];
        (networks.Length, kernel.Length).Should().Be((3, 4), "both kinds are combined");
        // A narrow range lets intervals open to either side; a map with a soft end, one of power 0 and one of a constant column stand beside that of training.
        var range = new LabelRange(-0.4, 0.6);
        FeatureMap map = whole.Maps[0];
        ColumnMap first = map.Columns[0];
        var strange = new FeatureMap([first with { Power = 0, Least = -1, Greatest = 1, BentScale = new ColumnScale(0.1, 0.7), Softness = 0.5 }, first with { Power = -3.5, Least = -0.5, Greatest = 0.8, BentScale = new ColumnScale(0, 2) }, ColumnMap.Plain(new ColumnScale(3, 0))]);
        FeatureMap[] maps = [map, strange];
        foreach (bool isPlain in new[] { false, true })
        {
            PredictionIntervals intervals = whole.Intervals! with { ConstantLeverage = 0.25 }, unknown = intervals with { Quantile = double.PositiveInfinity, ErrorScale = double.PositiveInfinity };
            NetworkEnsemble[] ensembles =
            [
                new(maps, [.. networks, .. kernel], whole.Label, range, 0.3) { Intervals = intervals, HasPlainMeans = isPlain },
                new(maps, networks, whole.Label, range) { Intervals = intervals, HasPlainMeans = isPlain, Bounds = new LabelBounds(lower: 0) },
                new(maps, kernel, whole.Label, range, 1) { Intervals = unknown, HasPlainMeans = isPlain },
                new(maps, kernel[..1], whole.Label, range, 1) { Intervals = intervals, HasPlainMeans = isPlain },
                new(maps, networks[..2], new ColumnScale(3, 0), LabelRange.Unlimited) { Intervals = intervals, HasPlainMeans = isPlain },
            ];
            foreach (NetworkEnsemble ensemble in ensembles)
            {
                var model = Transformer(ensemble, data);
                OnnxGraphs.ShouldAgree(_context.ToOnnx(model, rows), model, rows, Deviation(data));
            }

            IDataView scored = Transformer(ensembles[0], data).Transform(rows);
            scored.GetColumn<float>("Lower").Should().Contain(float.NegativeInfinity);
            scored.GetColumn<float>("Upper").Should().Contain(float.PositiveInfinity);
        }
    }

    [Fact]
    public void A_block_that_the_model_evaluates_in_single_precision_is_exported_in_double()
    {
        IDataView data = _context.WithFeatures(Rows.Make(150, 1)), rows = NewRows(400);
        var exact = Trainer(options => options.Kernel = new() { Form = KernelForm.ConjugateGradients, Centres = 40, EvidenceRows = 60 }).Fit(data);
        NetworkEnsemble ensemble = exact.Model.Ensemble!;
        ensemble.Members.OfType<KernelMember>().Should().NotBeEmpty();
        EnsembleMember InSingle(EnsembleMember member) => member is KernelMember kernel
            ? new KernelMember(kernel.Map, kernel.Form, new KernelExpansion(kernel.Expansion.Kernel, kernel.Expansion.CentreTable, kernel.Expansion.Coefficients.ToArray(), inSinglePrecision: true), kernel.NoiseVariance, kernel.LogEvidence, kernel.Posterior)
            : member;
        var single = new NetworkEnsemble(ensemble.Maps, [.. ensemble.Members.Select(InSingle)], ensemble.Label, ensemble.Range, ensemble.KernelWeight) { Intervals = ensemble.Intervals };
        OnnxGraphs.ShouldAgree(_context.ToOnnx(Transformer(single, data), rows), exact, rows, Deviation(data));
    }

    [Fact]
    public void A_missing_or_infinite_feature_gives_NaN_in_every_column_and_no_other_row_hears_of_it()
    {
        IDataView data = _context.WithFeatures(Rows.Make(150, 1));
        foreach (bool isSingle in new[] { false, true })
        {
            var model = Trainer(options => options.NumberOfNetworks = isSingle ? 1 : 3).Fit(data);
            List<Row> rows = Rows.Make(6, 3);
            (rows[1].A, rows[2].B, rows[4].C) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
            IDataView view = _context.WithFeatures(rows);
            byte[] onnx = _context.ToOnnx(model, view);
            OnnxGraphs.ShouldAgree(onnx, model, view, Deviation(data));
            foreach (float[] column in OnnxGraphs.Run(onnx, view).Values) column.Select(float.IsNaN).Should().Equal(false, true, true, false, true, false);
        }
    }

    [Fact]
    public void A_batch_of_rows_gives_what_rows_one_by_one_give()
    {
        IDataView data = _context.WithFeatures(Rows.Make(150, 1));
        List<Row> rows = Rows.Make(40, 77);
        using InferenceSession session = OnnxGraphs.Open(_context.ToOnnx(Trainer().Fit(data), data));
        Dictionary<string, float[]> batch = OnnxGraphs.Run(session, _context.WithFeatures(rows));
        Dictionary<string, float[]>[] single = [.. rows.Select(row => OnnxGraphs.Run(session, _context.WithFeatures([row])))];
        foreach (string name in OnnxGraphs.Columns) OnnxGraphs.Distance(batch[name], [.. single.Select(row => row[name].Single())]).Should().BeLessThanOrEqualTo(1e-6 * Deviation(data), name);
    }

    [Fact]
    public void A_realistic_pipeline_exports_with_missing_values_indicators_categories_and_normalization()
    {
        var random = new Random(3);
        string[] kinds = ["red", "green", "blue", ""];
        House[] Make(int count) => [.. Enumerable.Range(0, count).Select(i => new House
        {
            Area = i % 10 == 0 ? float.NaN : (float)(50 + (100 * random.NextDouble())),
            Kind = kinds[random.Next(kinds.Length)],
            Rooms = i % 7,
            Price = (i % 3 * 50) + (i % 7 * 10) + (float)random.NextDouble(),
        })];
        IDataView data = _context.Data.LoadFromEnumerable(Make(200)), rows = _context.Data.LoadFromEnumerable(Make(300).Append(new House { Area = 70, Kind = "never seen", Rooms = 2 }));
        var pipeline = _context.Transforms.IndicateMissingValues("NoArea", "Area").Append(_context.Transforms.Conversion.ConvertType("NoArea"))
            .Append(_context.Transforms.ReplaceMissingValues("Area", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(_context.Transforms.Categorical.OneHotEncoding("Kind"))
            .Append(_context.Transforms.NormalizeMeanVariance("Area"))
            .Append(_context.Transforms.Concatenate("Features", "Area", "NoArea", "Rooms", "Kind"))
            .Append(Trainer(options => options.LabelColumnName = "Price"));
        var model = pipeline.Fit(data);
        OnnxGraphs.ShouldAgree(_context.ToOnnx(model, rows), model, rows, Deviation(data, "Price"));
    }

    [Fact]
    public void A_table_of_more_columns_than_rows_exports_in_its_dual_form()
    {
        var random = new Random(9);
        Wide[] Make(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, 80).Select(_ => (float)random.NextDouble())];
            return new Wide { Features = features, Y = features[0] + (features[1] * features[2]) };
        })];
        IDataView data = _context.Data.LoadFromEnumerable(Make(50)), rows = _context.Data.LoadFromEnumerable(Make(100));
        var model = Trainer(options => options.MaximumNumberOfIterations = 4).Fit(data);
        OnnxGraphs.ShouldAgree(_context.ToOnnx(model, rows), model, rows, Deviation(data));
    }

    [Fact]
    public void A_saved_pipeline_exports_after_loading_and_names_its_columns_as_the_table_does()
    {
        IDataView data = _context.Data.LoadFromEnumerable(Rows.Make(150, 1));
        var model = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer()).Fit(data);
        using var file = new MemoryStream();
        _context.Model.Save(model, data.Schema, file);
        byte[] onnx = _context.ToOnnx(new MLContext().Model.Load(file, out _), data);
        OnnxGraphs.ShouldAgree(onnx, model, data, Deviation(data));
        using InferenceSession session = OnnxGraphs.Open(onnx);
        session.InputNames.Should().Contain(["A", "B", "C"]);
        session.OutputNames.Should().Contain(["Score.output", "Lower.output", "Upper.output", "StandardDeviation.output"]);
        session.OutputMetadata["Score.output"].Dimensions.Should().Equal(-1, 1);
    }

    [Fact]
    public void An_operator_set_that_is_too_old_is_refused_with_the_one_that_is_needed()
    {
        IDataView data = _context.WithFeatures(Rows.Make(60, 1));
        var model = Trainer(options => options.NumberOfNetworks = 1).Fit(data);
        Action export = () => _context.Model.ConvertToOnnx(model, data, 9, Stream.Null);
        export.Should().Throw<Exception>().WithMessage("*11*");
    }

    private RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Transformer(NetworkEnsemble ensemble, IDataView data)
    {
        var model = (EnsembleModel)Trainer(options => options.MaximumNumberOfIterations = 1).Fit(data).Model.Trained;
        return NetworkReplacement.Transformer(_context, model with { Ensemble = ensemble }, data.Schema, "Features");
    }

    private sealed class House
    {
        public float Area { get; set; }

        public string Kind { get; set; } = "";

        public float Rooms { get; set; }

        public float Price { get; set; }
    }

    private sealed class Wide
    {
        [VectorType(80)]
        public float[] Features { get; set; } = [];

        public float Y { get; set; }
    }
}
