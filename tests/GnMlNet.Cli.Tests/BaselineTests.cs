using GnMlNet.Cli.Tables;
using GnMlNet.Cli.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace GnMlNet.Cli.Tests;

public class BaselineTests
{
    // The columns that ML.NET is told of by name.
    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Y { get; set; }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(48), InlineData(1400)]
    public void On_few_rows_the_linear_model_makes_no_more_than_a_thousand_passes(int rows) => Baselines.Passes(rows).Should().Be(1000);

    [Theory, InlineData(2000), InlineData(16512), InlineData(400_000), InlineData(2_000_000)]
    public void On_many_rows_it_has_the_limit_that_it_sets_itself(int rows)
    {
        // A trainer writes the limit that it finds by itself into its options.
        (IDataView data, MLContext context) = Table(rows);
        var options = new SdcaRegressionTrainer.Options { LabelColumnName = "Y", FeatureColumnName = RegressionTable.FeatureColumn, NumberOfThreads = 1, ConvergenceTolerance = 0.9f };
        context.Regression.Trainers.Sdca(options).Fit(data);
        options.MaximumNumberOfIterations.Should().Be(Baselines.Passes(rows));
    }

    [Fact]
    public void Where_its_own_limit_is_the_lower_one_its_predictions_are_those_of_the_trainer_at_its_defaults()
    {
        IDataView data = Table(3000).Data;
        float[] Scores(IEstimator<ITransformer> trainer) => [.. trainer.Fit(data).Transform(data).GetColumn<float>(RegressionTable.ScoreColumn)];
        var context = new MLContext(seed: 1);
        var defaults = new SdcaRegressionTrainer.Options { LabelColumnName = "Y", FeatureColumnName = RegressionTable.FeatureColumn, NumberOfThreads = 1 };
        Scores(Baselines.Create("Y", rows: 3000, seed: 1).First().Trainer)
            .Should().Equal(Scores(context.Transforms.NormalizeMeanVariance(RegressionTable.FeatureColumn, fixZero: false).Append(context.Regression.Trainers.Sdca(defaults))));
    }

    [Fact]
    public void A_single_row_is_fitted_by_every_baseline()
    {
        IDataView data = Table(1).Data;
        foreach ((string _, IEstimator<ITransformer> trainer) in Baselines.Create("Y", rows: 1, seed: 1))
            trainer.Fit(data).Transform(data).GetColumn<float>(RegressionTable.ScoreColumn).Should().ContainSingle().Which.Should().NotBe(float.NaN);
    }

    private static (IDataView Data, MLContext Context) Table(int rows)
    {
        var context = new MLContext(seed: 1);
        IEnumerable<Row> made = Enumerable.Range(0, rows).Select(j => new Row { Features = [j % 7, j % 5], Y = j % 3 });
        return (context.Data.LoadFromEnumerable(made), context);
    }
}
