using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;
using GnMlNet.Core.Tests.Ensembles;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Insight;

public class WhatIfTests
{
    private static readonly double[] Slopes = [1.5, -0.7, 0.4];

    private static readonly FunctionModel Linear = new(3, x => 2 + x.Zip(Slopes, (value, slope) => value * slope).Sum(), _ => Slopes);

    [Fact]
    public void Of_a_linear_model_the_smallest_change_is_the_closed_form() => Gen.Int[0, 10_000].Sample(seed =>
    {
        double[][] rows = Correlated(200, seed);
        double[] row = rows[seed % 200];
        double rise = seed % 2 == 0 ? 0.2 : -0.2, score = Linear.Predict([row])[0];
        WhatIfResult result = WhatIf.Find(Linear, rows, row, WhatIfTarget.Value(score + rise), [0, 1], new WhatIfOptions { UsualShare = 1 });

        // With the covariance S of the chosen columns: S g r / (g S g), of length r / sqrt(g S g).
        Matrix<double> s = Covariance(rows).SubMatrix(0, 2, 0, 2);
        Vector<double> g = Vector<double>.Build.DenseOfArray(Slopes[..2]), change = s * g * rise / (g * s * g), to = Vector<double>.Build.DenseOfArray(row[..2]) + change;
        bool isInside = Enumerable.Range(0, 2).All(k => to[k] >= rows.Min(at => at[k]) && to[k] <= rows.Max(at => at[k])) && result.Unusualness < result.UnusualnessLimit * 0.999;
        if (!isInside) return;
        result.IsFound.Should().BeTrue();
        for (int k = 0; k < 2; k++) (result.Row[k] - row[k]).Should().BeApproximately(change[k], 1e-6);
        result.Distance.Should().BeApproximately(Math.Abs(rise) / Math.Sqrt(g * s * g), 1e-6);
    }, iter: 30);

    [Fact]
    public void What_is_found_is_at_the_target_within_the_ranges_no_more_unusual_than_it_may_be_and_the_rest_is_the_same_bit_by_bit()
    {
        RegressionData data = FriedmanTables.Make(2, 120, 3);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, new EnsembleOptions { Run = new() { HiddenUnits = 5, Threads = 2, Seed = 1 }, Members = 5, MaximumIterations = 15 }).Ensemble;
        double[][] rows = [.. Problems.Rows(data).Select(row => row.Features)];
        double[] scores = [.. rows.Select(row => ensemble.Predict(row))];
        double unit = Math.Sqrt(scores.Average(score => Math.Pow(score - scores.Average(), 2)));
        var model = new ExplainedEnsemble(ensemble);
        int found = 0;
        for (int j = 0; j < 12; j++)
        {
            int[] chosen = j % 3 == 0 ? [2] : [1, 2];
            WhatIfTarget target = j % 2 == 0 ? WhatIfTarget.Value(scores[j] + (0.3 * unit)) : new WhatIfTarget(double.NegativeInfinity, scores[j] - (0.3 * unit));
            WhatIfResult result = WhatIf.Find(model, rows, rows[j], target, chosen);
            double score = ensemble.Predict(result.Row);
            result.Prediction.Score.Should().Be(score);
            result.Prediction.Should().Be(ensemble.PredictInterval(result.Row));
            result.Before.Score.Should().Be(scores[j]);
            foreach (int column in Enumerable.Range(0, 4).Except(chosen)) BitConverter.DoubleToInt64Bits(result.Row[column]).Should().Be(BitConverter.DoubleToInt64Bits(rows[j][column]));
            foreach (int column in chosen) result.Row[column].Should().BeInRange(rows.Min(row => row[column]), rows.Max(row => row[column]));
            result.Unusualness.Should().BeLessThanOrEqualTo(result.UnusualnessLimit * (1 + 1e-8));
            double miss = Math.Max(Math.Max(target.Least - score, score - target.Greatest), 0);
            result.IsFound.Should().Be(miss <= 1e-6 * unit);
            if (result.IsFound) found++;
            miss.Should().BeLessThanOrEqualTo(0.3 * unit * (1 + 1e-9), "one comes no less near than without a change");
        }

        found.Should().BeGreaterThan(7);
    }

    [Fact]
    public void No_smaller_change_of_one_column_reaches_the_target()
    {
        double[][] rows = [.. Enumerable.Range(0, 41).Select(j => new[] { (j - 20) / 10.0, j % 2 })];
        var wave = new FunctionModel(2, x => Math.Sin(2 * x[0]), x => [2 * Math.Cos(2 * x[0]), 0]);
        foreach (double from in new[] { -1.5, -0.4, 0.3, 1.2 })
        {
            foreach (double aim in new[] { -0.8, 0, 0.9 })
            {
                WhatIfResult result = WhatIf.Find(wave, rows, [from, 1], WhatIfTarget.Value(aim), [0], new WhatIfOptions { UsualShare = 1 });
                double nearest = Enumerable.Range(0, 4_000_001).Select(k => -2 + (k * 1e-6)).Where(x => Math.Abs(Math.Sin(2 * x) - aim) < 3e-6).Min(x => Math.Abs(x - from));
                result.IsFound.Should().BeTrue();
                Math.Abs(result.Row[0] - from).Should().BeApproximately(nearest, 1e-5, $"from {from} to {aim}");
            }
        }
    }

    [Fact]
    public void A_range_is_not_left_and_the_rest_of_the_way_is_gone_by_other_columns()
    {
        double[][] rows = [.. from a in Enumerable.Range(0, 5) from b in Enumerable.Range(0, 5) select new double[] { a, b, 0.5 }];
        var model = new FunctionModel(3, x => (10 * x[0]) + x[1], _ => [10, 1, 0]);
        WhatIfResult result = WhatIf.Find(model, rows, [3, 1, 0.5], WhatIfTarget.Value(43), [0, 1], new WhatIfOptions { UsualShare = 1 });
        result.IsFound.Should().BeTrue();
        result.Row[0].Should().BeApproximately(4, 1e-9);
        result.Row[1].Should().BeApproximately(3, 1e-8);
        result.Changes.Select(change => (change.Name, change.From)).Should().Equal(("x0", 3), ("x1", 1));
    }

    [Fact]
    public void A_target_out_of_reach_is_said_to_be_and_how_near_one_comes()
    {
        double[][] rows = [.. from a in Enumerable.Range(0, 5) from b in Enumerable.Range(0, 5) select new double[] { a, b }];
        var model = new FunctionModel(2, x => x[0] + x[1], _ => [1, 1]);
        WhatIfResult result = WhatIf.Find(model, rows, [2, 1], WhatIfTarget.Value(100), [0, 1], new WhatIfOptions { UsualShare = 1 });
        result.IsFound.Should().BeFalse();
        result.Prediction.Score.Should().BeApproximately(8, 1e-6);
        WhatIfResult one = WhatIf.Find(model, rows, [2, 1], WhatIfTarget.Value(100), [0], new WhatIfOptions { UsualShare = 1 });
        (one.IsFound, one.Row[0], one.Row[1]).Should().Be((false, 4, 1));
    }

    [Fact]
    public void Correlations_are_not_left()
    {
        double[][] rows = Correlated(300, 4);
        var model = new FunctionModel(3, x => x[0] - x[1], _ => [1, -1, 0]);
        double far = rows.Max(row => row[0] - row[1]) + 1;
        WhatIfResult result = WhatIf.Find(model, rows, rows[0], WhatIfTarget.Value(far), [0, 1]);
        (result.IsFound, result.HasCorrelations).Should().Be((false, true));
        result.Unusualness.Should().BeLessThanOrEqualTo(result.UnusualnessLimit * (1 + 1e-8));
        result.Prediction.Score.Should().BeInRange(result.Before.Score, far);
    }

    [Fact]
    public void A_row_at_the_target_is_not_changed()
    {
        double[][] rows = Correlated(50, 2);
        WhatIfResult result = WhatIf.Find(Linear, rows, rows[3], new WhatIfTarget(Linear.Predict([rows[3]])[0] - 1, double.PositiveInfinity), [0]);
        (result.IsFound, result.Distance).Should().Be((true, 0));
        result.Row.Should().Equal(rows[3]);
    }

    [Fact]
    public void With_few_rows_every_column_counts_for_itself()
    {
        double[][] rows = Correlated(20, 1);
        double[] row = rows[0];
        WhatIfResult result = WhatIf.Find(Linear, rows, row, WhatIfTarget.Value(Linear.Predict([row])[0] + 0.01), [0, 1], new WhatIfOptions { UsualShare = 1 });
        result.HasCorrelations.Should().BeFalse();
        double[] scaled = [Slopes[0] * Deviation(rows, 0), Slopes[1] * Deviation(rows, 1)];
        result.Distance.Should().BeApproximately(0.01 / Math.Sqrt((scaled[0] * scaled[0]) + (scaled[1] * scaled[1])), 1e-6);
    }

    [Fact]
    public void What_cannot_be_changed_is_refused_by_name()
    {
        double[][] rows = [[1, 0, 2], [2, 1, 2], [3, 0, 2]];
        var model = new FunctionModel(3, x => x[0], _ => [1, 0, 0], [new("length"), new("colour", ["red", "blue"]), new("same")]);
        void Refused(double[] row, int[] columns, string message, WhatIfTarget? target = null) =>
            FluentActions.Invoking(() => WhatIf.Find(model, rows, row, target ?? WhatIfTarget.Value(2), columns)).Should().Throw<ArgumentException>().WithMessage(message);
        Refused([1, 0, 2], [1], "Column 'colour' has levels*");
        Refused([1, 0, 2], [2], "Column 'same' has the same value*");
        Refused([1, 0, double.NaN], [2], "Column 'same' has no value*");
        Refused([1, 0, 2], [], "No column may change*");
        Refused([1, 0, 2], [0, 0], "*twice*");
        Refused([1, 0, 2], [3], "There is no column 3*");
        Refused([double.NaN, 0, 2], [0], "The row has no prediction*");
        Refused([1, 0, 2], [0], "The target from 3 to 2 is empty*", new WhatIfTarget(3, 2));
        FluentActions.Invoking(() => WhatIf.Find(new FunctionModel(1, x => x[0]), [[1], [2]], [1], WhatIfTarget.Value(2), [0])).Should().Throw<ArgumentException>().WithMessage("Column 'x0' is transformed*");
    }

    private static double[][] Correlated(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double x = Normal.Sample(random, 0, 1);
            return new[] { x, (0.8 * x) + Normal.Sample(random, 0, 0.5), Normal.Sample(random, 3, 2) };
        })];
    }

    private static double Deviation(double[][] rows, int column) => Math.Sqrt(Covariance(rows)[column, column]);

    private static Matrix<double> Covariance(double[][] rows)
    {
        double[] means = [.. Enumerable.Range(0, 3).Select(k => rows.Average(row => row[k]))];
        return Matrix<double>.Build.Dense(3, 3, (i, j) => rows.Average(row => (row[i] - means[i]) * (row[j] - means[j])));
    }
}
