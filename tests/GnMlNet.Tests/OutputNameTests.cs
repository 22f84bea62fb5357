using GnMlNet.Core.Ensembles;
using Microsoft.ML;

namespace GnMlNet.Tests;

/// <summary>A model adds columns; a label of the same name would be hidden from whoever evaluates the model.</summary>
public class OutputNameTests
{
    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(string label, Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = label, NumberOfNetworks = 2, NumberOfHiddenUnits = 4, MaximumNumberOfIterations = 5, Seed = 1 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    private IDataView With(string name, string from = "Y") => Renamed(_context.WithFeatures(Rows.Make(80, 1)), name, from);

    private IDataView Renamed(IDataView data, string name, string from) => _context.Transforms.CopyColumns(name, from).Fit(data).Transform(data);

    [Theory, InlineData("Score"), InlineData("Lower"), InlineData("Upper"), InlineData("StandardDeviation")]
    public void A_label_that_a_column_of_the_model_would_hide_is_refused_with_the_way_out(string name)
    {
        IDataView data = With(name);
        string message = $"*'{name}'*CopyColumns*{(name == "Score" ? "" : "Intervals to None")}*";
        Trainer(name).Invoking(t => t.Fit(data)).Should().Throw<ArgumentException>().WithMessage(message);
        Trainer(name).Invoking(t => t.Fit(data, data)).Should().Throw<ArgumentException>().WithMessage(message);
        // A chain asks for the schema first.
        Trainer(name).Append(_context.Transforms.CopyColumns("Copy", "Score")).Invoking(chain => chain.Fit(data)).Should().Throw<ArgumentException>().WithMessage(message);
        _context.Regression.Invoking(r => r.CrossValidate(data, Trainer(name), 2, name)).Should().Throw<ArgumentException>().WithMessage(message);

        // The way out.
        IDataView copied = Renamed(data, "Target", name);
        double byWayOut = _context.Regression.Evaluate(Trainer("Target").Fit(copied).Transform(copied), "Target").RootMeanSquaredError;
        IDataView plain = With("Target");
        byWayOut.Should().Be(_context.Regression.Evaluate(Trainer("Target").Fit(plain).Transform(plain), "Target").RootMeanSquaredError);
    }

    [Theory, InlineData("Lower"), InlineData("Upper"), InlineData("StandardDeviation")]
    public void Without_intervals_only_Score_is_hidden_so_that_the_metrics_are_those_under_another_name(string name)
    {
        foreach (Action<GaussNewtonRegressionTrainer.Options> set in new Action<GaussNewtonRegressionTrainer.Options>[] { o => o.Intervals = IntervalKind.None, o => o.NumberOfNetworks = 1 })
        {
            IDataView data = With(name), plain = With("Target");
            _context.Regression.Evaluate(Trainer(name, set).Fit(data).Transform(data), name).RSquared
                .Should().Be(_context.Regression.Evaluate(Trainer("Target", set).Fit(plain).Transform(plain), "Target").RSquared);
            IDataView score = With("Score");
            Trainer("Score", set).Invoking(t => t.Fit(score)).Should().Throw<ArgumentException>().WithMessage("*'Score'*CopyColumns*").Which.Message.Should().NotContain("None");
        }
    }

    [Theory, InlineData("Score"), InlineData("Lower"), InlineData("StandardDeviation")]
    public void Weights_features_and_groups_of_such_a_name_do_no_harm(string name)
    {
        IDataView plain = _context.WithFeatures(Rows.Make(80, 1));
        float[] expected = Trainer("Y", o => o.ExampleWeightColumnName = "Weight").Fit(plain).Scores(plain);
        IDataView weighted = Renamed(plain, name, "Weight");
        Trainer("Y", o => o.ExampleWeightColumnName = name).Fit(weighted).Scores(weighted).Should().Equal(expected);

        IDataView features = Renamed(plain, name, "Features");
        Trainer("Y", o => o.FeatureColumnName = name).Fit(features).Scores(features).Should().Equal(expected);

        IDataView grouped = Renamed(plain, name, "C"), other = Renamed(plain, "Group", "C");
        Trainer("Y", o => o.GroupColumnName = name).Fit(grouped).Scores(grouped).Should().Equal(Trainer("Y", o => o.GroupColumnName = "Group").Fit(other).Scores(other));
    }

    [Fact]
    public void A_label_that_is_the_feature_column_is_refused_by_name_and_type() =>
        Trainer("Features").Invoking(t => t.Fit(_context.WithFeatures(Rows.Make(20, 1)))).Should().Throw<ArgumentException>().WithMessage("*label column 'Features'*Single*");
}
