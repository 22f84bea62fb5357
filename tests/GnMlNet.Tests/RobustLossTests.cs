using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet.Tests;

public class RobustLossTests
{
    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 2, NumberOfHiddenUnits = 5, MaximumNumberOfIterations = 20, Seed = 1 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Wrong_labels_do_not_pull_the_scores_of_either_kind_of_model(int networks)
    {
        IDataView dirty = _context.WithFeatures(WithWrongLabels(Rows.Make(200, 1))), test = _context.WithFeatures(Rows.Make(200, 2));
        double Error(RegressionLoss loss) => Trainer(o => (o.Loss, o.NumberOfNetworks) = (loss, networks)).Fit(dirty).Scores(test).Zip(test.GetColumn<float>("Y"), (score, y) => Math.Pow(score - y, 2)).Average();
        Error(RegressionLoss.Huber).Should().BeLessThan(0.1 * Error(RegressionLoss.SquaredError));
    }

    [Fact]
    public void Outlying_labels_are_counted_in_a_warning_that_names_the_way_out()
    {
        List<string> Warnings(List<Row> rows, RegressionLoss loss = RegressionLoss.SquaredError)
        {
            IDataView data = _context.WithFeatures(rows);
            return _context.LogOf(() => Trainer(o => (o.Loss, o.NumberOfNetworks) = (loss, 1)).Fit(data), entry => entry.Kind == ChannelMessageKind.Warning);
        }

        Warnings(WithWrongLabels(Rows.Make(100, 1))).Should().ContainSingle().Which.Should().Contain("5 of 100 training labels").And.Contain("Loss").And.Contain("Huber");
        Warnings(WithWrongLabels(Rows.Make(100, 1)), RegressionLoss.Huber).Should().BeEmpty("the way out was taken");
        Warnings(Rows.Make(100, 1)).Should().BeEmpty();
    }

    private static List<Row> WithWrongLabels(List<Row> rows)
    {
        for (int j = 0; j < rows.Count; j += 20) rows[j].Y = j % 40 == 0 ? 300 : -300;
        return rows;
    }
}
