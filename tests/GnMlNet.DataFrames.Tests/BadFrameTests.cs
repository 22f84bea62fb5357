using Microsoft.Data.Analysis;

namespace GnMlNet.DataFrames.Tests;

public class BadFrameTests
{
    private static string FailToFit(DataFrame frame, string label = Frames.Label, string[]? features = null) =>
        FluentActions.Invoking(() => frame.FitGaussNewtonRegression(label, Frames.Quick, features)).Should().Throw<ArgumentException>().Which.Message;

    private static string FailToPredict(DataFrame frame) => Frames.Mixed().Fit().Invoking(model => model.Predict(frame)).Should().Throw<ArgumentException>().Which.Message;

    [Fact]
    public void A_column_that_is_not_there_is_named_with_those_that_are()
    {
        FailToFit(Frames.Plain(), "z").Should().Contain("no column 'z'").And.Contain("a, b, y");
        FailToFit(Frames.Plain(), features: ["a", "c"]).Should().Contain("no column 'c'");
    }

    [Fact]
    public void A_label_that_is_no_number_is_refused()
    {
        FailToFit(Frames.Mixed(), "kind").Should().Contain("'kind' holds text, such as 'red'");
        FailToFit(Frames.Mixed(), "flag").Should().Contain("'flag' holds text, such as 'True'");
        FailToFit(Frames.Mixed(), "when").Should().Contain("'when' holds dates");
    }

    [Fact]
    public void Frames_without_rows_labels_or_features_are_refused()
    {
        FailToFit(new DataFrame()).Should().Contain("no rows");
        FailToFit(new DataFrame(new DoubleDataFrameColumn("a", 0), new DoubleDataFrameColumn(Frames.Label, 0))).Should().Contain("no rows");
        FailToFit(Frames.Plain().With(new SingleDataFrameColumn(Frames.Label, new float?[60]))).Should().Contain("'y' is empty");
        FailToFit(Frames.Plain().Select(Frames.Label)).Should().Contain("no column to predict 'y' from");
        FailToFit(new DataFrame(new StringDataFrameColumn("a", new string?[60]), Frames.Plain()[Frames.Label])).Should().Contain("no column to predict 'y' from");
    }

    [Fact]
    public void A_column_of_nulls_is_left_out_and_told() =>
        Frames.Plain().With(new SingleDataFrameColumn("b", new float?[60])).Fit().Notes.Should().Contain("Column 'b' is empty and was left out.");

    [Fact]
    public void Too_many_texts_are_refused_with_the_way_out()
    {
        DataFrame frame = Frames.Plain(150);
        frame.Columns.Add(new StringDataFrameColumn("id", Enumerable.Range(0, 150).Select(j => $"n{j}")));
        FailToFit(frame).Should().Contain("'id'").And.Contain("'n0'").And.Contain("more than 100").And.Contain("exclude: [\"id\"]");
        frame.FitGaussNewtonRegression(Frames.Label, Frames.Quick, exclude: ["id"]).FeatureNames.Should().Equal("a", "b");
    }

    [Fact]
    public void Infinity_is_named_with_its_column_and_row()
    {
        DataFrame singles = Frames.Plain(), doubles = Frames.Mixed();
        ((SingleDataFrameColumn)singles["a"])[17] = float.PositiveInfinity;
        ((DoubleDataFrameColumn)doubles["x"])[18] = double.NegativeInfinity;
        FailToFit(singles).Should().Contain("'a', row 17");
        FailToFit(doubles).Should().Contain("'x', row 18");
        FailToPredict(doubles).Should().Contain("'x', row 18");
        ((DoubleDataFrameColumn)doubles["x"])[18] = 1e300;
        FailToPredict(doubles).Should().Contain("'x', row 18").And.Contain("3.4e38");
    }

    [Fact]
    public void A_column_of_the_name_of_a_part_of_dates_is_refused_used_or_not()
    {
        DataFrame dates = Frames.Mixed();
        dates.Columns.Add(new DoubleDataFrameColumn("when.days", 60));
        FailToFit(dates).Should().Contain("'when.days'").And.Contain("'when'");
        FailToFit(dates, features: ["x", "when"]).Should().Contain("'when.days'").And.Contain("'when'");
    }

    [Fact]
    public void A_frame_to_predict_that_lacks_a_column_or_has_it_in_another_type_is_told_which()
    {
        DataFrame frame = Frames.Mixed();
        FailToPredict(frame.Select("x", "kind", "when")).Should().Contain("the column 'flag'").And.Contain("x, kind, when");
        FailToPredict(frame.Select("x", "kind", "flag")).Should().Contain("'when.days', 'when.hour', 'when.weekday'");
        FailToPredict(frame.With(new StringDataFrameColumn("x", Enumerable.Repeat("1", 60)))).Should().Contain("'x' holds text").And.Contain("numbers are wanted");
        FailToPredict(frame.With(new DoubleDataFrameColumn("kind", new double[60]))).Should().Contain("'kind' holds numbers").And.Contain("such as 'red'");
        FailToPredict(frame.With(new DateTimeDataFrameColumn("kind", new DateTime[60]))).Should().Contain("'kind' holds dates");
        FailToPredict(frame.With(new DoubleDataFrameColumn("when", new double[60]))).Should().Contain("'when' holds numbers").And.Contain("dates are wanted");
        FailToPredict(new DataFrame()).Should().Contain("no rows");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_column_of_groups_or_weights_that_is_not_there_is_named(bool namesFeatures)
    {
        DataFrame frame = Frames.Plain();
        string[]? features = namesFeatures ? ["a", "b"] : null;
        GaussNewtonRegressionTrainer.Options groups = Frames.Quick, weights = Frames.Quick;
        (groups.GroupColumnName, weights.ExampleWeightColumnName) = ("batch", "weihgt");
        frame.Invoking(at => at.FitGaussNewtonRegression(Frames.Label, groups, features)).Should().Throw<ArgumentException>().WithMessage("*no column 'batch'*");
        frame.Invoking(at => at.FitGaussNewtonRegression(Frames.Label, weights, features)).Should().Throw<ArgumentException>().WithMessage("*no column 'weihgt'*");
    }

    [Fact]
    public void Errors_need_a_label()
    {
        GaussNewtonRegressionFrameModel model = Frames.Plain().Fit();
        model.Invoking(at => at.Evaluate(Frames.Plain().Select("a", "b"))).Should().Throw<ArgumentException>().WithMessage("*'y'*");
        model.Invoking(at => at.Evaluate(Frames.Plain().With(new SingleDataFrameColumn(Frames.Label, new float?[60])))).Should().Throw<ArgumentException>().WithMessage("No row*'y'*");
    }

    [Fact]
    public void A_file_that_is_no_model_is_named()
    {
        string path = Path.GetTempFileName();
        try
        {
            FluentActions.Invoking(() => GaussNewtonRegressionFrameModel.Load(path)).Should().Throw<InvalidDataException>().WithMessage($"*{path}*");
            FluentActions.Invoking(() => GaussNewtonRegressionFrameModel.Load(path + ".zip")).Should().Throw<FileNotFoundException>().WithMessage($"*{path}.zip*");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
