using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;
using GnMlNet.Core.Tests.Ensembles;

namespace GnMlNet.Core.Tests.Insight;

public class EffectsTests
{
    private static readonly EffectOptions Everything = new() { Rows = 1000, InteractionRows = 1000, GridSteps = 12 };

    private static readonly Lazy<(NetworkEnsemble Ensemble, double[][] Rows)> Trained = new(() =>
    {
        RegressionData data = FriedmanTables.Make(2, 100, 5);
        EnsembleOptions options = new() { Run = new() { HiddenUnits = 5, Threads = 2, Seed = 1 }, Members = 5, MaximumIterations = 15 };
        return (EnsembleTraining.Train(data, options).Ensemble, [.. Problems.Rows(data).Select(row => row.Features)]);
    });

    [Fact]
    public void Partial_dependence_is_the_mean_over_a_table_with_the_column_set_and_single_curves_are_what_it_is_the_mean_of()
    {
        (NetworkEnsemble ensemble, double[][] rows) = Trained.Value;
        EffectReport report = Effects.Of(new ExplainedEnsemble(ensemble), rows, options: Everything with { InteractionColumns = 0 });
        foreach (ColumnEffect effect in report.Columns)
        {
            for (int g = 0; g < effect.Grid.Count; g++)
            {
                double sum = 0;
                foreach (double[] row in rows) sum += ensemble.Predict([.. row.Select((value, k) => k == effect.Column ? effect.Grid[g] : value)]);
                effect.PartialDependence.Values[g].Should().BeApproximately(sum / rows.Length, 1e-9 * Math.Abs(sum));
                effect.Individual.Average(curve => curve[g]).Should().BeApproximately(effect.PartialDependence.Values[g], 1e-9 * Math.Abs(sum));
            }

            // Where a row's own value is on the grid, its curve goes through its prediction.
            double[] sorted = [.. rows.Select(row => row[effect.Column]).Order()];
            effect.Grid[0].Should().Be(sorted[0]);
            effect.Grid[^1].Should().Be(sorted[^1]);
            effect.Grid.Should().BeInAscendingOrder().And.BeSubsetOf(sorted);
            effect.RowCounts.Sum().Should().Be(rows.Length);
        }

        report.MeanPrediction.Should().BeApproximately(rows.Average(row => ensemble.Predict(row)), 1e-9);
        report.Columns.Select(effect => effect.Strength).Should().BeInDescendingOrder();
    }

    [Fact]
    public void Accumulated_local_effects_of_an_additive_function_are_its_parts_however_columns_depend_on_each_other() => Gen.Int[0, 1000].Sample(seed =>
    {
        var random = new Random(seed);
        double[][] rows = Correlated(80, random);
        EffectReport report = Effects.Of(new FunctionModel(3, x => Math.Sin(3 * x[0]) + (x[1] * x[1]) + (2 * x[2])), rows, options: Everything with { InteractionColumns = 0 });
        foreach (ColumnEffect effect in report.Columns)
        {
            double Part(double x) => effect.Column == 0 ? Math.Sin(3 * x) : effect.Column == 1 ? x * x : 2 * x;
            IReadOnlyList<double> values = effect.AccumulatedLocalEffects!.Values;
            for (int g = 1; g < values.Count; g++) (values[g] - values[0]).Should().BeApproximately(Part(effect.Grid[g]) - Part(effect.Grid[0]), 1e-10);
            double mean = 0;
            for (int g = 1; g < values.Count; g++) mean += effect.RowCounts[g] * (values[g - 1] + values[g]) / 2 / rows.Length;
            mean.Should().BeApproximately(0, 1e-12);
        }
    }, iter: 20);

    [Fact]
    public void Where_columns_are_independent_both_curves_of_an_additive_function_differ_by_a_constant()
    {
        double[][] rows = [.. from a in Enumerable.Range(0, 7) from b in Enumerable.Range(0, 5) select new double[] { a, b }];
        ColumnEffect effect = Effects.Of(new FunctionModel(2, x => Math.Exp(x[0] / 3) - x[1]), rows, [0], Everything).Columns[0];
        double[] differences = [.. effect.PartialDependence.Values.Zip(effect.AccumulatedLocalEffects!.Values, (one, other) => one - other)];
        differences.Should().OnlyContain(value => Math.Abs(value - differences[0]) < 1e-12);
        effect.Recommended.Should().Be(EffectKind.PartialDependence);
        effect.Association.Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void Accumulated_local_effects_are_recommended_from_the_limit_of_the_association_on()
    {
        double[][] rows = Correlated(200, new Random(1));
        var model = new FunctionModel(3, x => x.Sum());
        EffectReport report = Effects.Of(model, rows, options: Everything with { InteractionColumns = 0 });
        ColumnEffect first = report.Columns.Single(effect => effect.Column == 0), last = report.Columns.Single(effect => effect.Column == 2);
        (first.AssociatedWith, first.Recommended, last.Recommended).Should().Be(("x1", EffectKind.AccumulatedLocalEffects, EffectKind.PartialDependence));
        foreach (double limit in new[] { first.Association, Math.BitIncrement(first.Association) })
        {
            Effects.Of(model, rows, [0], Everything with { AssociationLimit = limit }).Columns[0].Recommended
                .Should().Be(limit == first.Association ? EffectKind.AccumulatedLocalEffects : EffectKind.PartialDependence);
        }
    }

    [Fact]
    public void H_is_0_for_additive_functions_and_1_for_products_of_centred_columns()
    {
        double[][] rows = [.. from a in Enumerable.Range(-3, 7) from b in Enumerable.Range(-2, 5) from c in Enumerable.Range(0, 2) select new double[] { a, b, c }];
        double H(Func<double[], double> function) => Effects.Of(new FunctionModel(3, function), rows, [0, 1], Everything).Pairs.Should().ContainSingle().Subject.Interaction;
        H(x => Math.Sin(x[0]) + (x[1] * x[1]) + x[2]).Should().BeLessThan(1e-12);
        H(x => x[0] * x[1]).Should().BeApproximately(1, 1e-12);
        H(x => (x[0] * x[1]) + x[0] + x[2]).Should().BeInRange(0.1, 0.99);
        H(x => x[2]).Should().Be(0, "where nothing depends on either there is no interaction");
    }

    [Fact]
    public void The_strongest_interaction_comes_first_with_its_surface_and_its_strength_is_that_of_the_product()
    {
        double[][] rows = [.. from a in Enumerable.Range(-2, 5) from b in Enumerable.Range(-2, 5) from c in Enumerable.Range(-1, 3) select new double[] { a, b, c }];
        EffectReport report = Effects.Of(new FunctionModel(3, x => (2 * x[0] * x[2]) + (0.1 * x[0] * x[1]) + x[1]), rows, options: Everything with { Pairs = 1 });
        PairEffect pair = report.Pairs[0];
        new[] { pair.First, pair.Second }.Should().BeEquivalentTo([0, 2]);
        pair.Strength.Should().BeApproximately(2 * Math.Sqrt(2 * (2.0 / 3)), 1e-12);
        for (int i = 0; i < pair.Surface!.FirstGrid.Count; i++)
        {
            for (int j = 0; j < pair.Surface.SecondGrid.Count; j++) pair.Surface.Values[i][j].Should().BeApproximately(2 * pair.Surface.FirstGrid[i] * pair.Surface.SecondGrid[j], 1e-12);
        }

        report.Pairs.Skip(1).Should().HaveCount(2).And.OnlyContain(other => other.Surface == null);
    }

    [Fact]
    public void Effects_depend_neither_on_the_order_of_the_rows_nor_on_the_number_of_threads()
    {
        (NetworkEnsemble ensemble, double[][] rows) = Trained.Value;
        EffectOptions options = new() { Rows = 30, InteractionRows = 8, GridSteps = 5, PairGridSteps = 3, Pairs = 1, InteractionColumns = 3 };
        EffectReport one = Effects.Of(new ExplainedEnsemble(ensemble, threads: 1), rows, options: options);
        double[][] permuted = [.. rows];
        new Random(4).Shuffle(permuted);
        Effects.Of(new ExplainedEnsemble(ensemble, threads: 3), permuted, options: options).Should().BeEquivalentTo(one, same => same.WithStrictOrdering().ComparingByMembers<ColumnEffect>().ComparingByMembers<PairEffect>());
    }

    [Fact]
    public void The_uncertainty_of_a_single_prediction_is_that_of_its_interval()
    {
        (NetworkEnsemble ensemble, double[][] rows) = Trained.Value;
        ensemble.KernelWeight.Should().BeInRange(0.01, 0.99);
        double[] deviations = new ExplainedEnsemble(ensemble).Deviations(rows[..5], [.. Enumerable.Range(0, 5).Select(j => Enumerable.Range(0, 5).Select(i => i == j ? 1.0 : 0).ToArray())]);
        for (int j = 0; j < 5; j++)
        {
            IntervalPrediction at = ensemble.PredictInterval(rows[j]);
            double variance = Math.Pow(at.StandardDeviation / ensemble.Intervals!.ErrorScale / ensemble.Label.Deviation, 2) - ensemble.Intervals.NoiseVariance;
            (deviations[j] / ensemble.Label.Deviation).Should().BeApproximately(Math.Sqrt(variance), 1e-4);
        }
    }

    [Fact]
    public void A_mean_is_no_less_certain_than_its_terms_are_on_average_and_a_sum_of_nothing_is_certain()
    {
        (NetworkEnsemble ensemble, double[][] rows) = Trained.Value;
        var model = new ExplainedEnsemble(ensemble);
        double[][] single = [.. Enumerable.Range(0, 20).Select(j => Enumerable.Range(0, 20).Select(i => i == j ? 1.0 : 0).ToArray())];
        double[] mean = [.. Enumerable.Repeat(0.05, 20)], nothing = new double[20], twice = [.. Enumerable.Repeat(0.1, 20)];
        double[] deviations = model.Deviations(rows[..20], [mean, nothing, twice, .. single]);
        deviations[0].Should().BePositive().And.BeLessThanOrEqualTo(deviations[3..].Average());
        deviations[1].Should().Be(0);
        deviations[2].Should().BeApproximately(2 * deviations[0], 1e-5 * deviations[0]);
    }

    [Fact]
    public void Indicators_of_a_category_are_one_column_of_levels()
    {
        (NetworkEnsemble ensemble, double[][] rows) = Trained.Value;
        var model = new ExplainedEnsemble(ensemble, ["a", "color.red", "color.blue", "b"], [new CategoryRange(1, 2)]);
        model.Columns.Select(column => (column.Name, Levels: column.Levels is null ? "" : string.Join(' ', column.Levels))).Should().Equal(("a", ""), ("color", "red blue"), ("b", ""));
        double[] features = [rows[0][0], 0, 1, rows[0][3]], row = model.RowOf(features);
        row.Should().Equal(rows[0][0], 1, rows[0][3]);
        model.Predict([row])[0].Should().Be(ensemble.Predict(features));
        model.Slopes(row)[1].State.Should().Be(SlopeState.Categorical);
        model.Slopes(row)[2].Should().Be(ensemble.Slopes(features)[3]);
        ColumnEffect effect = Effects.Of(model, [row, [rows[1][0], 0, rows[1][3]], [rows[2][0], 1, rows[2][3]]], [1], Everything).Columns[0];
        (effect.AccumulatedLocalEffects, effect.Grid.Count).Should().Be((null, 2));
        effect.RowCounts.Should().Equal(1, 2);
    }

    [Fact]
    public void Missing_values_are_no_values_of_a_column()
    {
        double[][] rows = [[1, 2], [double.NaN, 3], [2, double.NaN], [3, 1]];
        EffectReport report = Effects.Of(new FunctionModel(2, x => double.IsNaN(x[0]) ? 0 : x[0]), rows, options: Everything);
        ColumnEffect effect = report.Columns.Single(at => at.Column == 0);
        effect.Grid.Should().Equal(1, 2, 3);
        effect.PartialDependence.Values.Should().Equal(1, 2, 3);
        effect.AccumulatedLocalEffects!.Values[2].Should().BeApproximately(effect.AccumulatedLocalEffects.Values[0] + 2, 1e-14);
        effect.RowCounts.Sum().Should().Be(3);
    }

    [Fact]
    public void What_cannot_be_computed_is_refused_by_name()
    {
        var model = new FunctionModel(2, x => x[0]);
        FluentActions.Invoking(() => Effects.Of(model, [[1, 2]])).Should().Throw<ArgumentException>().WithMessage("*at least 2 rows*");
        FluentActions.Invoking(() => Effects.Of(model, [[1, 2], [1]])).Should().Throw<ArgumentException>().WithMessage("Row 1 has 1 columns*");
        FluentActions.Invoking(() => Effects.Of(model, [[1, 2], [2, 1]], [2])).Should().Throw<ArgumentException>().WithMessage("There is no column 2*");
        FluentActions.Invoking(() => Effects.Of(model, [[1, 2], [2, 1]], options: new EffectOptions { Rows = 1 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Rows*");
        FluentActions.Invoking(() => Effects.Of(model, [[1, 2], [2, 1]], cancellation: new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();
    }

    // The first two columns depend on each other, the third on neither.
    private static double[][] Correlated(int rows, Random random) => [.. Enumerable.Range(0, rows).Select(_ =>
    {
        double x = random.NextDouble();
        return new[] { x, x + (0.2 * random.NextDouble()), random.NextDouble() };
    })];
}
