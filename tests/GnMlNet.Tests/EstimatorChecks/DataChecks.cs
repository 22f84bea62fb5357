using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet.Tests.EstimatorChecks;

/// <summary>Checks of the rows that are trained on and predicted.</summary>
public class DataChecks : EstimatorCheck
{
    [Theory, MemberData(nameof(Kinds))]
    public void Check_regressors_train(string kind)
    {
        IDataView data = Context.WithFeatures(Rows.Make(120, 1)), test = Context.WithFeatures(Rows.Make(100, 2));
        Context.Regression.Evaluate(Trainer(kind, o => (o.NumberOfHiddenUnits, o.MaximumNumberOfIterations) = (8, 40)).Fit(data).Transform(test), "Y").RSquared.Should().BeGreaterThan(0.5);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_regressors_int(string kind)
    {
        // The label column must be Single; numbers of another type are converted before.
        IDataView data = Context.Data.LoadFromEnumerable(TypedRow.Make());
        GaussNewtonRegressionTrainer Of(string label) => Trainer(kind, o => o.LabelColumnName = label);
        Of("Whole").Invoking(trainer => trainer.Fit(data)).Should().Throw<ArgumentException>().WithMessage("*label column 'Whole'*Single*Int32*");
        var converted = Context.Transforms.Conversion.ConvertType("Whole", outputKind: DataKind.Single).Append(Of("Whole")).Fit(data);
        ShouldSayTheSame(Say(converted, data), Say(Of("Rounded").Fit(data), data));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_dtypes(string kind)
    {
        // The feature column must be of Single; numbers of another type are converted before.
        IDataView data = Context.Data.LoadFromEnumerable(TypedRow.Make());
        GaussNewtonRegressionTrainer Of(string features) => Trainer(kind, o => (o.LabelColumnName, o.FeatureColumnName) = ("Rounded", features));
        float[][] expected = Say(Of("Features").Fit(data), data);
        foreach ((string column, string type) in new[] { ("Doubles", "Double"), ("Integers", "Int32"), ("Longs", "Int64") })
        {
            Of(column).Invoking(trainer => trainer.Fit(data)).Should().Throw<ArgumentException>().WithMessage($"*feature column '{column}'*Single*{type}*");
            ShouldSayTheSame(Say(Context.Transforms.Conversion.ConvertType(column, outputKind: DataKind.Single).Append(Of(column)).Fit(data), data), expected);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_dtype_object(string kind)
    {
        IDataView data = Context.WithFeatures(Rows.Make(20, 1));
        IDataView text = Context.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.String).Fit(data).Transform(data);
        Trainer(kind).Invoking(trainer => trainer.Fit(text)).Should().Throw<ArgumentException>().WithMessage("*feature column 'Features'*Single*String*");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_empty_data_messages(string kind)
    {
        Trainer(kind).Invoking(trainer => trainer.Fit(Context.WithFeatures([]))).Should().Throw<InvalidOperationException>().WithMessage("*training set has no rows*");
        IDataView unsized = Context.Data.LoadFromEnumerable(new[] { new Unsized { Features = [], Y = 1 } });
        Trainer(kind).Invoking(trainer => trainer.Fit(unsized)).Should().Throw<ArgumentException>().WithMessage("*feature column 'Features'*Vector<Single>*");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_nan_inf(string kind)
    {
        // Such rows are skipped in training, with a warning that counts them, and predicted as NaN.
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            List<Row> rows = Rows.Make(40, 1);
            rows[3].B = value;
            IDataView data = Context.WithFeatures(rows), usable = Context.WithFeatures(rows.Where((_, j) => j != 3));
            ITransformer model = null!;
            Context.LogOf(() => model = Trainer(kind).Fit(data), entry => entry.Kind == ChannelMessageKind.Warning).Should().ContainSingle().Which.Should().Contain("Skipped 1 of 40 training rows: 1 with a missing or infinite feature");
            ShouldSayTheSame(Say(model, usable), Say(Trainer(kind).Fit(usable), usable));
            Say(model, data).Select(column => column[3]).Should().OnlyContain(said => float.IsNaN(said));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_supervised_y_no_nan(string kind)
    {
        List<Row> rows = Rows.Make(10, 1);
        foreach (Row row in rows) row.Y = float.PositiveInfinity;
        Trainer(kind).Invoking(trainer => trainer.Fit(Context.WithFeatures(rows))).Should().Throw<InvalidOperationException>().WithMessage("*no usable rows: 10 with a missing or infinite label*");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_supervised_y_2d(string kind)
    {
        IDataView data = Context.WithFeatures(Rows.Make(20, 1));
        IDataView vector = Context.Transforms.Concatenate("Labels", "Y").Fit(data).Transform(data);
        Trainer(kind, o => o.LabelColumnName = "Labels").Invoking(trainer => trainer.Fit(vector)).Should().Throw<ArgumentException>().WithMessage("*label column 'Labels'*Single*Vector<Single*");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_requires_y_none(string kind)
    {
        IDataView data = Context.Transforms.DropColumns("Y").Fit(Context.WithFeatures(Rows.Make(20, 1))).Transform(Context.WithFeatures(Rows.Make(20, 1)));
        Trainer(kind).Invoking(trainer => trainer.Fit(data)).Should().Throw<ArgumentException>().WithMessage("*label column 'Y'*");

        // To predict none is needed.
        IDataView labelled = Context.WithFeatures(Rows.Make(20, 1));
        ITransformer model = Trainer(kind).Fit(labelled);
        ShouldSayTheSame(Say(model, data), Say(model, labelled));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_fit1d(string kind) => Trainer(kind, o => o.FeatureColumnName = "A").Invoking(trainer => trainer.Fit(Context.WithFeatures(Rows.Make(20, 1))))
        .Should().Throw<ArgumentException>().WithMessage("*feature column 'A'*Vector<Single>*Single*");

    [Theory, MemberData(nameof(Kinds))]
    public void Check_fit2d_predict1d(string kind)
    {
        ITransformer model = Trainer(kind).Fit(Context.WithFeatures(Rows.Make(20, 1)));
        IDataView scalars = Context.Transforms.CopyColumns("Features", "A").Fit(Context.Data.LoadFromEnumerable(Rows.Make(20, 1))).Transform(Context.Data.LoadFromEnumerable(Rows.Make(20, 1)));
        model.Invoking(transformer => transformer.Transform(scalars)).Should().Throw<ArgumentException>().WithMessage("*feature column 'Features'*vector of 3 Single*got Single*");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_n_features_in(string kind)
    {
        IDataView data = Context.Data.LoadFromEnumerable(Rows.Make(30, 1));
        foreach (int size in new[] { 1, 2, 3 })
        {
            IDataView some = Context.Transforms.Concatenate("Features", [.. new[] { "A", "B", "C" }.Take(size)]).Fit(data).Transform(data);
            Trainer(kind).Fit(some).Model.InputSize.Should().Be(size);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_n_features_in_after_fitting(string kind)
    {
        ITransformer model = Trainer(kind).Fit(Context.WithFeatures(Rows.Make(30, 1)));
        IDataView data = Context.Data.LoadFromEnumerable(Rows.Make(30, 1));
        foreach (string[] columns in new string[][] { ["A", "B"], ["A", "B", "C", "A"] })
        {
            IDataView other = Context.Transforms.Concatenate("Features", columns).Fit(data).Transform(data);
            model.Invoking(transformer => Say(transformer, other)).Should().Throw<ArgumentException>().WithMessage($"*'Features'*3*{columns.Length}*");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_fit2d_1sample(string kind)
    {
        List<Row> one = Rows.Make(1, 1);
        ITransformer model = Trainer(kind).Fit(Context.WithFeatures(one));
        Say(model, Context.WithFeatures(Rows.Make(20, 2)))[0].Should().OnlyContain(score => score == one[0].Y, "of one row nothing but its label is known");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_fit2d_1feature(string kind)
    {
        IDataView data = Context.Data.LoadFromEnumerable(Rows.Make(40, 1));
        data = Context.Transforms.Concatenate("Features", "A").Fit(data).Transform(data);
        Say(Trainer(kind).Fit(data), data)[0].Should().OnlyContain(score => float.IsFinite(score));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_methods_sample_order_invariance(string kind)
    {
        List<Row> rows = Rows.Make(30, 2);
        ITransformer model = Trainer(kind).Fit(Context.WithFeatures(Rows.Make(40, 1)));
        float[][] inOrder = Say(model, Context.WithFeatures(rows)), reversed = Say(model, Context.WithFeatures(Enumerable.Reverse(rows)));
        ShouldSayTheSame([.. reversed.Select(column => column.Reverse().ToArray())], inOrder);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_methods_subset_invariance(string kind)
    {
        List<Row> rows = Rows.Make(30, 2);
        ITransformer model = Trainer(kind).Fit(Context.WithFeatures(Rows.Make(40, 1)));
        float[][] together = Say(model, Context.WithFeatures(rows));
        float[][][] batches = [.. rows.Chunk(7).Select(batch => Say(model, Context.WithFeatures(batch)))], single = [.. rows.Select(row => Say(model, Context.WithFeatures([row])))];
        foreach (float[][][] parts in new[] { batches, single }) ShouldSayTheSame([.. together.Select((_, k) => parts.SelectMany(part => part[k]).ToArray())], together);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_pipeline_consistency(string kind)
    {
        IDataView raw = Context.Data.LoadFromEnumerable(Rows.Make(40, 1)), data = Context.WithFeatures(Rows.Make(40, 1));
        ShouldSayTheSame(Say(Context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer(kind)).Fit(raw), raw), Say(Trainer(kind).Fit(data), data));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimator_sparse_array(string kind)
    {
        IDataView View(bool isSparse) => Context.Data.LoadFromEnumerable(Rows.Make(40, 1).Select((row, j) => new WeightChecks.SparseRow(row, j, isSparse)));
        ShouldSayTheSame(Say(Trainer(kind).Fit(View(isSparse: true)), View(isSparse: true)), Say(Trainer(kind).Fit(View(isSparse: false)), View(isSparse: false)));
        ShouldSayTheSame(Say(Trainer(kind).Fit(View(isSparse: true)), View(isSparse: false)), Say(Trainer(kind).Fit(View(isSparse: false)), View(isSparse: true)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_f_contiguous_array_estimator(string kind)
    {
        // A data frame keeps its columns together, a list its rows.
        List<Row> rows = Rows.Make(40, 1);
        DataFrame frame = rows.ToFrame();
        IDataView data = Context.WithFeatures(rows);
        var pipeline = Context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer(kind));
        ShouldSayTheSame(Say(pipeline.Fit(frame), frame), Say(Trainer(kind).Fit(data), data));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_regressor_data_not_an_array(string kind)
    {
        // Rows that are made as they are read, and rows in memory.
        IEnumerable<Row> Lazily()
        {
            foreach (Row row in Rows.Make(40, 1)) yield return row;
        }

        IDataView lazy = Context.WithFeatures(Lazily()), cached = Context.Data.Cache(lazy);
        ShouldSayTheSame(Say(Trainer(kind).Fit(lazy), lazy), Say(Trainer(kind).Fit(cached), cached));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_regressors_no_decision_function(string kind)
    {
        IDataView data = Context.WithFeatures(Rows.Make(30, 1));
        IEnumerable<string> added = Trainer(kind).Fit(data).Transform(data).Schema.Select(column => column.Name).Except(data.Schema.Select(column => column.Name));
        added.Should().Equal(kind == "a single network" ? ["Score"] : ["Score", "Lower", "Upper", "StandardDeviation"], "neither a label nor a probability is predicted");
    }

    /// <summary>The same whole numbers in columns of several types.</summary>
    private sealed class TypedRow
    {
        public int Whole { get; set; }

        public float Rounded { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(3)]
        public double[] Doubles { get; set; } = [];

        [VectorType(3)]
        public int[] Integers { get; set; } = [];

        [VectorType(3)]
        public long[] Longs { get; set; } = [];

        internal static IEnumerable<TypedRow> Make() => Rows.Make(40, 1).Select(row =>
        {
            int[] features = [(int)(10 * row.A), (int)(10 * row.B), (int)(10 * row.C)];
            int label = (int)(5 * row.Y);
            return new TypedRow
            {
                Whole = label,
                Rounded = label,
                Features = [.. features.Select(value => (float)value)],
                Doubles = [.. features.Select(value => (double)value)],
                Integers = features,
                Longs = [.. features.Select(value => (long)value)],
            };
        });
    }

    private sealed class Unsized
    {
        public float[] Features { get; set; } = [];

        public float Y { get; set; }
    }
}
