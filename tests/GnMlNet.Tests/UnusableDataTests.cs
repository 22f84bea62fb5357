using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet.Tests;

public class UnusableDataTests
{
    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(string label = "Y", string? weight = "Weight") =>
        _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = label,
            ExampleWeightColumnName = weight,
            NumberOfNetworks = 1,
            NumberOfHiddenUnits = 3,
            MaximumNumberOfIterations = 10,
            Seed = 1,
        });

    public static TheoryData<string, float> Unusable => new()
    {
        { "label", float.NaN },
        { "label", float.PositiveInfinity },
        { "label", float.NegativeInfinity },
        { "feature", float.NaN },
        { "feature", float.PositiveInfinity },
        { "weight", float.NaN },
        { "weight", float.PositiveInfinity },
        { "weight", 0 },
        { "weight", -1 },
    };

    [Theory, MemberData(nameof(Unusable))]
    public void A_row_that_cannot_be_trained_on_is_skipped_and_counted_in_a_warning(string column, float value)
    {
        List<Row> rows = Rows.Make(50, 1), kept = Rows.Make(50, 1);
        foreach (Row row in rows.Take(2))
        {
            if (column == "label") row.Y = value;
            else if (column == "feature") row.B = value;
            else row.Weight = value;
        }

        IDataView data = _context.WithFeatures(rows), usable = _context.WithFeatures(kept.Skip(2));
        ITransformer? model = null;
        List<string> warnings = _context.LogOf(() => model = Trainer().Fit(data), entry => entry.Kind == ChannelMessageKind.Warning);
        warnings.Should().ContainSingle().Which.Should().Contain("Skipped 2 of 50 training rows: 2 with").And.Contain(column);
        model!.Scores(usable).Should().Equal(Trainer().Fit(usable).Scores(usable), "skipped rows must not count in any way");
    }

    [Fact]
    public void An_empty_set_and_a_set_of_unusable_rows_are_errors()
    {
        IDataView empty = _context.WithFeatures([]);
        Trainer().Invoking(t => t.Fit(empty)).Should().Throw<InvalidOperationException>().WithMessage("*training set has no rows*");

        List<Row> rows = Rows.Make(10, 1);
        foreach (Row row in rows) row.A = float.NaN;
        Trainer().Invoking(t => t.Fit(_context.WithFeatures(rows))).Should().Throw<InvalidOperationException>().WithMessage("*no usable rows: 10 with a missing or infinite feature*");
        Trainer().Invoking(t => t.Fit(_context.WithFeatures(Rows.Make(10, 1)), empty)).Should().Throw<InvalidOperationException>().WithMessage("*validation set has no rows*");
    }

    [Fact]
    public void A_missing_or_wrong_column_is_an_error_that_names_it()
    {
        IDataView data = _context.WithFeatures(Rows.Make(10, 1));
        Trainer(label: "Price").Invoking(t => t.Fit(data)).Should().Throw<ArgumentException>().WithMessage("*label*Price*");
        Trainer(weight: "Importance").Invoking(t => t.Fit(data)).Should().Throw<ArgumentException>().WithMessage("*weight*Importance*");
        Trainer(label: "Features").Invoking(t => t.Fit(data)).Should().Throw<ArgumentException>().WithMessage("*label*Features*");
        Trainer().Invoking(t => t.Fit(_context.Data.LoadFromEnumerable(Rows.Make(10, 1)))).Should().Throw<ArgumentException>().WithMessage("*feature*Features*");

        IDataView text = _context.Transforms.Conversion.ConvertType("Y", outputKind: DataKind.String).Fit(data).Transform(data);
        Trainer().Invoking(t => t.Fit(text)).Should().Throw<ArgumentException>().WithMessage("*label*Y*");
    }

    public static TheoryData<string, Action<GaussNewtonRegressionTrainer.Options>> BadOptions => new()
    {
        { "NumberOfHiddenUnits", o => o.NumberOfHiddenUnits = 0 },
        { "L2Regularization", o => o.L2Regularization = -1e-9 },
        { "L2Regularization", o => o.L2Regularization = double.NaN },
        { "MaximumNumberOfIterations", o => o.MaximumNumberOfIterations = -1 },
        { "GradientTolerance", o => o.GradientTolerance = -1 },
        { "StepTolerance", o => o.StepTolerance = double.NaN },
        { "LossTolerance", o => o.LossTolerance = -1 },
        { "ValidationFraction", o => o.ValidationFraction = 1 },
        { "EarlyStoppingPatience", o => o.EarlyStoppingPatience = 0 },
        { "NumberOfStarts", o => o.NumberOfStarts = 0 },
        { "NumberOfThreads", o => o.NumberOfThreads = 0 },
        { "MemoryLimit", o => o.MemoryLimit = 0 },
        { "Activation", o => o.Activation = null! },
    };

    [Theory, MemberData(nameof(BadOptions))]
    public void An_option_out_of_range_is_refused_by_name_before_any_data_is_read(string name, Action<GaussNewtonRegressionTrainer.Options> set)
    {
        var options = new GaussNewtonRegressionTrainer.Options();
        set(options);
        FluentActions.Invoking(() => _context.Regression.Trainers.GaussNewtonRegression(options)).Should().Throw<ArgumentException>().WithMessage($"*{name}*");
    }

    [Fact]
    public void Constant_and_duplicate_columns_and_few_rows_give_a_finite_model()
    {
        List<Row> rows = Rows.Make(4, 1);
        foreach (Row row in rows) (row.B, row.C) = (row.A, 3);
        IDataView data = _context.WithFeatures(rows);
        Trainer().Fit(data).Scores(data).Should().OnlyContain(score => float.IsFinite(score));
    }

    [Fact]
    public void One_row_or_equal_labels_give_that_constant()
    {
        IDataView one = _context.WithFeatures(Rows.Make(1, 1)), many = _context.WithFeatures(Rows.Make(30, 2));
        Trainer().Fit(one).Scores(many).Should().OnlyContain(score => score == one.GetColumn<float>("Y").Single());

        List<Row> rows = Rows.Make(30, 3);
        foreach (Row row in rows) row.Y = 0.3f;
        Trainer().Fit(_context.WithFeatures(rows)).Scores(many).Should().OnlyContain(score => score == 0.3f);
    }

    [Theory, InlineData(1e30f), InlineData(3e38f), InlineData(1e-30f)]
    public void Values_of_any_size_give_a_finite_model(float size)
    {
        List<Row> rows = Rows.Make(60, 1);
        foreach (Row row in rows)
        {
            row.A *= size / 2;
            row.Y *= size / 10;
        }

        IDataView data = _context.WithFeatures(rows);
        Trainer().Fit(data).Scores(data).Should().OnlyContain(score => float.IsFinite(score));
    }
}
