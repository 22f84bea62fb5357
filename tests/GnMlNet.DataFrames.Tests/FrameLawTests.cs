using Microsoft.Data.Analysis;

namespace GnMlNet.DataFrames.Tests;

public class FrameLawTests
{
    private static readonly int[] s_wholes = [.. Enumerable.Range(0, 60).Select(j => j * 7 % 61)];

    public static TheoryData<DataFrameColumn> Types =>
    [
        new SByteDataFrameColumn("x", s_wholes.Select(value => (sbyte)value)),
        new ByteDataFrameColumn("x", s_wholes.Select(value => (byte)value)),
        new Int16DataFrameColumn("x", s_wholes.Select(value => (short)value)),
        new UInt16DataFrameColumn("x", s_wholes.Select(value => (ushort)value)),
        new Int32DataFrameColumn("x", s_wholes),
        new UInt32DataFrameColumn("x", s_wholes.Select(value => (uint)value)),
        new Int64DataFrameColumn("x", s_wholes.Select(value => (long)value)),
        new UInt64DataFrameColumn("x", s_wholes.Select(value => (ulong)value)),
        new SingleDataFrameColumn("x", s_wholes.Select(value => (float)value)),
        new DecimalDataFrameColumn("x", s_wholes.Select(value => (decimal)value)),
    ];

    [Theory, MemberData(nameof(Types))]
    public void The_same_numbers_in_another_type_give_the_same_model_and_the_same_predictions(DataFrameColumn column)
    {
        DataFrame doubles = Frames.Mixed().With(new DoubleDataFrameColumn("x", s_wholes.Select(value => (double)value))), others = doubles.With(column);
        GaussNewtonRegressionFrameModel model = doubles.Fit();
        others.Fit().Predict(doubles).Bits().Should().Equal(model.Predict(doubles).Bits());
        model.Predict(others).Bits().Should().Equal(model.Predict(doubles).Bits());
    }

    [Fact]
    public void Truth_values_and_characters_are_the_texts_that_they_are_written_as()
    {
        DataFrame frame = Frames.Mixed();
        DataFrame texts = frame.With(new StringDataFrameColumn("flag", ((BooleanDataFrameColumn)frame["flag"]).Select(value => value?.ToString())));
        texts.Fit().Predict(texts).Bits().Should().Equal(frame.Fit().Predict(frame).Bits());
        DataFrame characters = frame.With(new CharDataFrameColumn("kind", ((StringDataFrameColumn)frame["kind"]).Select(text => text?[0])));
        DataFrame letters = frame.With(new StringDataFrameColumn("kind", ((StringDataFrameColumn)frame["kind"]).Select(text => text?[..1])));
        letters.Fit().Predict(letters).Bits().Should().Equal(characters.Fit().Predict(characters).Bits());
    }

    [Fact]
    public void The_order_of_columns_and_columns_that_the_model_does_not_know_do_not_matter_to_predictions()
    {
        DataFrame frame = Frames.Mixed();
        GaussNewtonRegressionFrameModel model = frame.Fit();
        DataFrame permuted = frame.Select("when", "flag", "x", "kind");
        permuted.Columns.Add(new StringDataFrameColumn("more", Enumerable.Repeat("text", 60)));
        model.Predict(permuted).Bits().Should().Equal(model.Predict(frame).Bits());
    }

    [Fact]
    public void Every_row_has_its_prediction_in_its_place_whatever_rows_are_beside_it()
    {
        DataFrame frame = Frames.Mixed();
        GaussNewtonRegressionFrameModel model = frame.Fit();
        int[] order = [.. Enumerable.Range(0, 60).Reverse().Where(j => j % 3 > 0)];
        DataFrame some = frame[order.AsEnumerable()];
        float[] all = model.Predict(frame).Numbers("Score");
        all.Should().HaveCount(60).And.NotContain(float.NaN);
        model.Predict(some).Numbers("Score").Should().Equal(order.Select(j => all[j]));
    }

    [Fact]
    public void A_missing_number_is_predicted_as_the_mean_of_the_training_rows_and_NaN_is_missing()
    {
        // 0, 1, 2, 3 and 4 in turn: the mean is 2, with one missing of every five of them.
        double?[] x = [.. Enumerable.Range(0, 60).Select(j => j % 5 == 2 ? (double?)null : j % 5)];
        DataFrame frame = Frames.Mixed().With(new DoubleDataFrameColumn("x", x));
        GaussNewtonRegressionFrameModel model = frame.Fit();
        model.Notes.Should().Contain(note => note.StartsWith("Column 'x': 12 missing values were replaced by the mean"));
        int[] expected = model.Predict(frame).Bits();
        foreach (double filler in new[] { 2, double.NaN })
            model.Predict(frame.With(new DoubleDataFrameColumn("x", x.Select(value => value ?? filler)))).Bits().Should().Equal(expected);
        frame.With(new DoubleDataFrameColumn("x", x.Select(value => value ?? double.NaN))).Fit().Predict(frame).Bits().Should().Equal(expected);
    }

    [Fact]
    public void A_missing_text_is_none_of_the_others_and_so_is_one_that_was_not_there()
    {
        DataFrame frame = Frames.Mixed();
        GaussNewtonRegressionFrameModel model = frame.Fit();
        int[] Of(string? kind) => model.Predict(frame.With(new StringDataFrameColumn("kind", Enumerable.Repeat(kind, 60)))).Bits();
        Of(null).Should().Equal(Of("")).And.Equal(Of("a text that was not there"));
        Of(null).Should().NotEqual(Of("red")).And.NotEqual(Of("blue"));
    }

    [Fact]
    public void Rows_without_a_label_do_not_change_the_model_and_are_told()
    {
        DataFrame frame = Frames.Plain();
        GaussNewtonRegressionFrameModel model = frame.Fit();
        DataFrame more = frame.Append(Frames.Plain(7, seed: 9).With(new SingleDataFrameColumn(Frames.Label, new float?[] { null, float.NaN, null, null, null, null, null })).Rows);
        GaussNewtonRegressionFrameModel same = more.Fit();
        same.Notes.Should().Contain("7 rows without a label were left out.");
        same.Predict(frame).Bits().Should().Equal(model.Predict(frame).Bits());
        same.Predict(more).Rows.Count.Should().Be(67);
    }

    [Fact]
    public void Numbers_that_single_precision_would_merge_give_the_model_of_their_distances_from_the_middle()
    {
        const long Far = 5_000_000_000;
        DataFrame Shifted(long shift) => Frames.Plain().With(new DoubleDataFrameColumn("a", Enumerable.Range(-30, 60).Select(k => (double)(k < 0 ? k : k + 1) + shift)));
        GaussNewtonRegressionFrameModel model = Shifted(Far).Fit();
        model.Notes.Should().Contain(note => note.StartsWith("Column 'a': 5000000000 was subtracted"));
        model.Predict(Shifted(Far)).Bits().Should().Equal(Shifted(0).Fit().Predict(Shifted(0)).Bits());
    }

    [Fact]
    public void Dates_are_their_days_hours_and_weekdays()
    {
        DataFrame frame = Frames.Mixed();
        frame.Fit().FeatureNames.Should().ContainInOrder("when.days", "when.hour", "when.weekday");
        DataFrame byHand = frame.Select("x", "kind", "flag");
        IEnumerable<DateTime?> dates = (DateTimeDataFrameColumn)frame["when"];
        byHand.Columns.Add(new DoubleDataFrameColumn("when.days", dates.Select(date => (date - new DateTime(1970, 1, 1))?.TotalDays)));
        byHand.Columns.Add(new DoubleDataFrameColumn("when.hour", dates.Select(date => date?.TimeOfDay.TotalHours)));
        byHand.Columns.Add(new DoubleDataFrameColumn("when.weekday", dates.Select(date => (double?)(((int?)date?.DayOfWeek + 6) % 7 + 1))));
        // What a model wants by the names of the parts it finds in the dates or in columns of these names.
        GaussNewtonRegressionFrameModel model = frame.Fit();
        model.Predict(byHand).Bits().Should().Equal(model.Predict(frame).Bits());
    }

    [Fact]
    public void Codes_are_categories_where_the_caller_says_so()
    {
        DataFrame frame = Frames.Mixed().With(new Int32DataFrameColumn("x", s_wholes.Select(value => value % 4)));
        DataFrame texts = frame.With(new StringDataFrameColumn("x", s_wholes.Select(value => $"{value % 4}")));
        GaussNewtonRegressionFrameModel codes = frame.FitGaussNewtonRegression(Frames.Label, Frames.Quick, categories: ["x"]);
        codes.Predict(frame).Bits().Should().Equal(texts.Fit().Predict(texts).Bits()).And.NotEqual(frame.Fit().Predict(frame).Bits());
    }

    [Fact]
    public void The_options_are_not_changed_and_columns_of_groups_and_weights_are_no_features()
    {
        DataFrame frame = Frames.Plain();
        frame.Columns.Add(new StringDataFrameColumn("specimen", s_wholes.Select(value => $"s{value % 20}")));
        frame.Columns.Add(new DoubleDataFrameColumn("w", s_wholes.Select(value => 1 + (value % 2 / 2.0))));
        GaussNewtonRegressionTrainer.Options options = Frames.Quick;
        (options.GroupColumnName, options.ExampleWeightColumnName) = ("specimen", "w");
        GaussNewtonRegressionFrameModel model = frame.FitGaussNewtonRegression(Frames.Label, options);
        model.FeatureNames.Should().Equal("a", "b");
        (options.GroupColumnName, options.ExampleWeightColumnName, options.LabelColumnName).Should().Be(("specimen", "w", "Label"));
        model.Predict(frame).Bits().Should().NotEqual(frame.FitGaussNewtonRegression(Frames.Label, Frames.Quick, features: ["a", "b"]).Predict(frame).Bits());
    }

    [Fact]
    public void A_label_of_the_name_of_a_prediction_is_predicted_all_the_same()
    {
        DataFrame frame = Frames.Plain(), renamed = new([.. frame.Select("a", "b").Columns, new SingleDataFrameColumn("Score", frame.Numbers(Frames.Label))]);
        GaussNewtonRegressionFrameModel model = renamed.FitGaussNewtonRegression("Score", Frames.Quick);
        model.Label.Should().Be("Score");
        model.Predict(renamed).Bits().Should().Equal(frame.Fit().Predict(frame).Bits());
        model.Evaluate(renamed).RootMeanSquaredError.Should().Be(frame.Fit().Evaluate(frame).RootMeanSquaredError);
    }
}
