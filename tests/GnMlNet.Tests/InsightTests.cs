using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

/// <summary>Effects, slopes and changes by the columns that go into a pipeline.</summary>
public class InsightTests
{
    private static readonly MLContext Context = new(seed: 1);

    private static readonly List<MixedRow> Table = Make(150);

    private static readonly Lazy<ITransformer> Model = new(() => Pipeline(5).Fit(Context.Data.LoadFromEnumerable(Table)));

    private static IDataView Data => Context.Data.LoadFromEnumerable(Table);

    [Fact]
    public void The_columns_are_those_that_the_model_depends_on_and_their_changed_rows_are_scored_like_any_others()
    {
        ExplainedPipeline pipeline = ExplainedPipeline.Of(Model.Value, Data);
        pipeline.Columns.Select(column => column.Name).Should().Equal("A", "Squared", "Kind", "Whole");
        pipeline.Columns[2].Levels.Should().BeEquivalentTo("red", "blue", "green");
        pipeline.Rows.Should().HaveCount(150);
        double[] scores = pipeline.Predict(pipeline.Rows);
        float[] stock = Model.Value.Scores(Data);
        scores.Select(score => (float)score).Should().Equal(stock);

        double[] changed = [.. pipeline.Rows[0]];
        changed[0] = 0.25;
        changed[2] = pipeline.Columns[2].Levels!.ToList().IndexOf("green");
        var same = new MixedRow { A = 0.25f, Squared = Table[0].Squared, Kind = "green", Whole = Table[0].Whole };
        ((float)pipeline.Predict([changed])[0]).Should().Be(Model.Value.Scores(Context.Data.LoadFromEnumerable([same]))[0]);
        pipeline.PredictInterval(changed).Score.Should().Be(pipeline.Predict([changed])[0]);
    }

    [Fact]
    public void Partial_dependence_on_a_raw_column_is_the_mean_score_of_a_table_where_all_rows_have_its_value()
    {
        EffectReport report = Context.Regression.FeatureEffects(Model.Value, Data, ["Kind", "A"], new EffectOptions { Rows = 150, GridSteps = 3, InteractionColumns = 0 });
        report.Columns.Should().HaveCount(2);
        foreach (ColumnEffect effect in report.Columns)
        {
            for (int g = 0; g < effect.Grid.Count; g++)
            {
                List<MixedRow> set = [.. Table.Select(row => effect.Name == "A" ? row.With(a: (float)effect.Grid[g]) : row.With(kind: effect.Levels![(int)effect.Grid[g]]))];
                effect.PartialDependence.Values[g].Should().BeApproximately(Model.Value.Scores(Context.Data.LoadFromEnumerable(set)).Average(score => (double)score), 1e-5);
                effect.PartialDependence.Deviations[g].Should().BePositive();
            }
        }
    }

    [Fact]
    public void Effects_do_not_depend_on_the_order_of_the_rows_and_slopes_of_a_row_not_on_the_rows_beside_it()
    {
        MixedRow[] shuffled = [.. Table];
        new Random(3).Shuffle(shuffled);
        var few = new EffectOptions { Rows = 30, GridSteps = 4, InteractionColumns = 0 };
        ColumnEffect[] Effects(IEnumerable<MixedRow> rows) => [.. Context.Regression.FeatureEffects(Model.Value, Context.Data.LoadFromEnumerable(rows), options: few).Columns];
        foreach ((ColumnEffect one, ColumnEffect other) in Effects(Table).Zip(Effects(shuffled)))
        {
            other.Name.Should().Be(one.Name);
            other.PartialDependence.Values.Should().Equal(one.PartialDependence.Values);
            other.Strength.Should().Be(one.Strength);
        }

        IReadOnlyDictionary<string, IReadOnlyList<Slope>> all = Context.Regression.Slopes(Model.Value, Data), alone = Context.Regression.Slopes(Model.Value, Context.Data.LoadFromEnumerable([Table[7]]));
        foreach (string column in all.Keys) alone[column].Should().Equal(all[column][7]);
    }

    [Fact]
    public void Slopes_by_raw_columns_are_known_where_they_are_passed_on_unchanged_and_said_not_to_be_elsewhere()
    {
        IReadOnlyDictionary<string, IReadOnlyList<Slope>> slopes = Context.Regression.Slopes(Model.Value, Data);
        slopes["Kind"].Should().OnlyContain(slope => slope.State == SlopeState.Categorical);
        slopes["Squared"].Should().OnlyContain(slope => slope.State == SlopeState.Transformed && double.IsNaN(slope.Value));
        slopes["Whole"].Should().OnlyContain(slope => slope.State == SlopeState.Exists || slope.State == SlopeState.Kink);

        GaussNewtonRegressionModelParameters network = Last(Model.Value).Model;
        float[][] features = [.. Model.Value.Transform(Data).GetColumn<float[]>("Features")];
        for (int j = 0; j < 20; j++) slopes["A"][j].Should().Be(network.Slopes(features[j])[0]);
    }

    [Theory, InlineData(1, false), InlineData(1, true), InlineData(4, false)]
    public void Model_parameters_tell_the_slopes_of_every_kind_of_model(int networks, bool isFlow)
    {
        IDataView rows = Context.WithFeatures(Rows.Make(60, seed: 2));
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = networks, NumberOfHiddenUnits = 6, MaximumNumberOfIterations = 10, Seed = 1, NumberOfThreads = 1 };
        if (isFlow) options.Flow = new();
        GaussNewtonRegressionModelParameters model = Context.Regression.Trainers.GaussNewtonRegression(options).Fit(rows).Model;
        float[] x = [0.5f, -0.25f, 0.75f];
        Slope[] slopes = model.Slopes(x);
        for (int k = 0; k < 3; k++)
        {
            double At(double by)
            {
                double[] shifted = [.. x.Select((value, at) => at == k ? value + by : value)];
                return model.Ensemble?.Predict(shifted) ?? ((NetworkMember)model.Members[0]).Network.Predict(shifted);
            }

            slopes[k].State.Should().Be(SlopeState.Exists);
            slopes[k].Value.Should().BeApproximately((At(1e-5) - At(-1e-5)) / 2e-5, 1e-6);
        }
    }

    [Fact]
    public void A_changed_row_is_scored_at_the_target()
    {
        IDataView data = Data;
        float score = Model.Value.Scores(data)[4], rise = Table[4].A < 0 ? 0.3f : -0.3f;
        WhatIfResult result = Context.Regression.WhatIf(Model.Value, data, 4, WhatIfTarget.Value(score + rise), ["A"]);
        result.IsFound.Should().BeTrue();
        Model.Value.Scores(Context.Data.LoadFromEnumerable([Table[4].With(a: (float)result.Row[0])]))[0].Should().BeApproximately(score + rise, 1e-5f);
        result.Row.Skip(1).Should().Equal(ExplainedPipeline.Of(Model.Value, data).Rows[4].Skip(1));
    }

    [Fact]
    public void What_cannot_be_explained_is_refused_by_name()
    {
        FluentActions.Invoking(() => Context.Regression.FeatureEffects(Model.Value, Data, ["Nothing"])).Should().Throw<ArgumentException>().WithMessage("The model depends on no column 'Nothing'; it depends on 'A', 'Squared', 'Kind', 'Whole'*");
        FluentActions.Invoking(() => Context.Regression.WhatIf(Model.Value, Data, 150, WhatIfTarget.Value(1), ["A"])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*150 rows*");
        FluentActions.Invoking(() => Context.Regression.WhatIf(Model.Value, Data, 0, WhatIfTarget.Value(1), ["Squared"])).Should().Throw<ArgumentException>().WithMessage("Column 'Squared' is transformed*");
        FluentActions.Invoking(() => Context.Regression.WhatIf(Model.Value, Data, 0, WhatIfTarget.Value(1), ["Kind"])).Should().Throw<ArgumentException>().WithMessage("Column 'Kind' has levels*");
        ITransformer linear = Context.Regression.Trainers.Sdca(labelColumnName: "Y", maximumNumberOfIterations: 2).Fit(Context.WithFeatures(Rows.Make(20, 1)));
        FluentActions.Invoking(() => Context.Regression.FeatureEffects(linear, Data)).Should().Throw<ArgumentException>().WithMessage("The pipeline does not end in a Gauss-Newton model*");
        FluentActions.Invoking(() => Context.Regression.FeatureEffects(Model.Value, Context.Data.LoadFromEnumerable(new List<MixedRow>()))).Should().Throw<ArgumentException>().WithMessage("The data have no rows*");
    }

    [Fact]
    public void A_model_without_a_pipeline_is_explained_by_the_slots_of_its_features()
    {
        IDataView rows = Context.WithFeatures(Rows.Make(60, seed: 2));
        ITransformer model = Context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 2, Kernel = null, NumberOfHiddenUnits = 3, MaximumNumberOfIterations = 5 }).Fit(rows);
        ExplainedPipeline pipeline = ExplainedPipeline.Of(model, rows);
        pipeline.Columns.Select(column => column.Name).Should().Equal("A", "B", "C");
        pipeline.Predict(pipeline.Rows).Select(score => (float)score).Should().Equal(model.Scores(rows));
        pipeline.Slopes(pipeline.Rows[0]).Should().OnlyContain(slope => slope.State == SlopeState.Exists);
    }

    private static EstimatorChain<RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>> Pipeline(int networks) => Context.Transforms.Categorical.OneHotEncoding("Kind")
        .Append(Context.Transforms.Expression("Squared", "x => x * x", "Squared"))
        .Append(Context.Transforms.Conversion.ConvertType("WholeSingle", "Whole"))
        .Append(Context.Transforms.ReplaceMissingValues("A"))
        .Append(Context.Transforms.Concatenate("Features", "A", "Squared", "Kind", "WholeSingle"))
        .Append(Context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = networks, NumberOfHiddenUnits = 5, MaximumNumberOfIterations = 15, Seed = 1 }));

    private static RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Last(ITransformer model) => (RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>)((IEnumerable<ITransformer>)model).Last();

    private static List<MixedRow> Make(int count)
    {
        var random = new Random(3);
        string[] kinds = ["red", "blue", "green"];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var row = new MixedRow { A = (float)((2 * random.NextDouble()) - 1), Squared = (float)((2 * random.NextDouble()) - 1), Kind = kinds[random.Next(3)], Whole = random.Next(5), Unused = (float)random.NextDouble() };
            row.Y = (float)(Math.Sin(2 * row.A) + (row.Squared * row.Squared) + (row.Kind == "red" ? 1 : 0) + (0.2 * row.Whole) + (0.02 * random.NextDouble()));
            return row;
        })];
    }

    private sealed record MixedRow
    {
        public float A { get; set; }

        public float Squared { get; set; }

        public string Kind { get; set; } = "";

        public int Whole { get; set; }

        public float Unused { get; set; }

        public float Y { get; set; }

        public MixedRow With(float? a = null, string? kind = null) => this with { A = a ?? A, Kind = kind ?? Kind };
    }
}
