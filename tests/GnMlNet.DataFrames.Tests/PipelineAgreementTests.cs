using GnMlNet.Core.Insight;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.DataFrames.Tests;

public class PipelineAgreementTests
{
    [Fact]
    public void Predictions_are_those_of_the_plain_ML_NET_pipeline_bit_for_bit()
    {
        DataFrame frame = Frames.Plain();
        var context = new MLContext(seed: 3);
        // A data frame is a data view, too.
        GaussNewtonRegressionTrainer.Options options = Frames.Quick;
        options.LabelColumnName = Frames.Label;
        var plain = context.Transforms.Concatenate("Features", "a", "b").Append(context.Regression.Trainers.GaussNewtonRegression(options)).Fit(frame);
        IDataView scored = plain.Transform(frame);
        DataFrame predictions = frame.Fit().Predict(frame);
        predictions.Columns.Select(column => column.Name).Should().Equal("Score", "Lower", "Upper", "StandardDeviation");
        foreach (DataFrameColumn column in predictions.Columns) predictions.Numbers(column.Name).Should().Equal(scored.GetColumn<float>(column.Name));
    }

    [Fact]
    public void A_saved_model_predicts_the_same_bits_when_loaded_here_or_by_ML_NET()
    {
        DataFrame frame = Frames.Plain();
        GaussNewtonRegressionFrameModel model = frame.Fit();
        string path = Path.Combine(Directory.CreateTempSubdirectory("gnml-frames").FullName, "model.zip");
        try
        {
            File.WriteAllText(path, "what was there before");
            model.Save(path);
            Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
            GaussNewtonRegressionFrameModel loaded = GaussNewtonRegressionFrameModel.Load(path);
            loaded.Predict(frame).Bits().Should().Equal(model.Predict(frame).Bits());
            loaded.Evaluate(frame).RootMeanSquaredError.Should().Be(model.Evaluate(frame).RootMeanSquaredError);
            (loaded.Label, loaded.Notes.Count).Should().Be((Frames.Label, 0));
            new MLContext().Model.Load(path, out _).Transform(frame).GetColumn<float>("Score").Should().Equal(model.Predict(frame).Numbers("Score"));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void Errors_are_those_of_the_predictions_of_the_rows_that_have_a_label()
    {
        DataFrame frame = Frames.Plain();
        GaussNewtonRegressionFrameModel model = frame.Fit();
        DataFrame some = frame.With(new SingleDataFrameColumn(Frames.Label, frame.Numbers(Frames.Label).Select((label, j) => j % 4 == 0 ? (float?)null : label)));
        double[] errors = [.. frame.Numbers(Frames.Label).Zip(model.Predict(frame).Numbers("Score"), (label, score) => (double)label - score).Where((_, j) => j % 4 != 0)];
        RegressionMetrics metrics = model.Evaluate(some);
        metrics.RootMeanSquaredError.Should().BeApproximately(Math.Sqrt(errors.Average(error => error * error)), 1e-6);
        metrics.MeanAbsoluteError.Should().BeApproximately(errors.Average(Math.Abs), 1e-6);
    }

    [Fact]
    public void The_history_and_the_relevance_are_those_of_the_model()
    {
        GaussNewtonRegressionFrameModel model = Frames.Mixed().Fit();
        DataFrame history = model.History(), relevance = model.Relevance();
        ((DoubleDataFrameColumn)history["Loss"]).Should().Equal(model.Parameters.TrainingHistory.Select(iteration => (double?)iteration.Loss));
        history["ValidationError"].NullCount.Should().Be(model.Parameters.TrainingHistory.Count(iteration => double.IsNaN(iteration.ValidationError)));
        ((DoubleDataFrameColumn)relevance["Relevance"]).Should().BeInDescendingOrder();
        ((StringDataFrameColumn)relevance["Feature"]).Zip((DoubleDataFrameColumn)relevance["Relevance"])
            .Should().BeEquivalentTo(model.FeatureNames.Zip(model.Parameters.Ensemble!.Relevance, (name, value) => (name, (double?)value)));
    }

    [Fact]
    public void Effects_are_mean_predictions_of_frames_with_one_column_set()
    {
        DataFrame frame = Frames.Mixed();
        GaussNewtonRegressionFrameModel model = frame.Fit();
        DataFrame effects = model.Effects(frame, new EffectOptions { Rows = 60 });
        string[] columns = [.. (StringDataFrameColumn)effects["Column"]];
        columns.Distinct().Should().BeEquivalentTo("x", "kind", "flag", "when.days", "when.hour", "when.weekday");
        for (int k = 0; k < columns.Length; k++)
        {
            if (columns[k] is not ("x" or "kind")) continue;
            DataFrameColumn set = columns[k] == "x" ? new DoubleDataFrameColumn("x", Enumerable.Repeat((double)effects["Value"][k], 60)) : new StringDataFrameColumn("kind", Enumerable.Repeat((string)effects["Level"][k], 60));
            ((double)effects["PartialDependence"][k]).Should().BeApproximately(model.Predict(frame.With(set)).Numbers("Score").Average(score => (double)score), 1e-5);
            (effects["Value"][k] is null).Should().Be(columns[k] == "kind");
        }
    }

    [Fact]
    public void A_single_network_gives_scores_alone_and_says_that_it_has_no_relevance()
    {
        GaussNewtonRegressionTrainer.Options options = Frames.Quick;
        options.NumberOfNetworks = 1;
        DataFrame frame = Frames.Plain();
        GaussNewtonRegressionFrameModel model = frame.FitGaussNewtonRegression(Frames.Label, options);
        model.Predict(frame).Columns.Should().ContainSingle().Which.Name.Should().Be("Score");
        model.Invoking(at => at.Relevance()).Should().Throw<InvalidOperationException>().WithMessage("*NumberOfNetworks*");
    }
}
