using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.Kernels;

public class DistinctRowsTests
{
    [Fact]
    public void Every_row_is_a_copy_of_its_distinct_row_and_of_no_other() => Gen.Select(Gen.Int[1, 120], Gen.Int[1, 3], Gen.Int).Sample((count, inputs, seed) =>
    {
        (double[] Features, double Label, double Weight)[] rows = Rows(count, inputs, seed);
        DistinctRows distinct = DistinctRows.Of(Table(rows));
        distinct.Count.Should().Be(rows.Select(row => string.Join(' ', row.Features)).Distinct().Count());
        for (int j = 0; j < count; j++) rows[distinct.Firsts[distinct.Places[j]]].Features.Should().Equal(rows[j].Features);
        distinct.Firsts.Should().BeInAscendingOrder("distinct rows keep the order of their first appearance");
        distinct.Firsts.Select((first, place) => distinct.Places[first] == place).Should().NotContain(false);

        int[][] copies = distinct.Copies();
        copies.SelectMany(of => of).Order().Should().Equal(Enumerable.Range(0, count));
        for (int i = 0; i < distinct.Count; i++)
        {
            copies[i].Should().OnlyContain(row => distinct.Places[row] == i);
            distinct.Weights[i].Should().BeApproximately(copies[i].Sum(row => rows[row].Weight), 1e-12);
        }
    });

    [Fact]
    public void Means_are_weighted_means_over_the_copies_and_points_are_those_of_a_copy() => Gen.Select(Gen.Int[1, 300], Gen.Int).Sample((count, seed) =>
    {
        (double[] Features, double Label, double Weight)[] rows = Rows(count, 2, seed);
        RegressionData table = Table(rows);
        DistinctRows distinct = DistinctRows.Of(table);
        double[] means = distinct.Means(table.Labels(), table.Weights());
        int[][] copies = distinct.Copies();
        for (int i = 0; i < distinct.Count; i++)
            means[i].Should().BeApproximately(copies[i].Sum(row => rows[row].Weight * rows[row].Label) / copies[i].Sum(row => rows[row].Weight), 1e-12);
        distinct.Points(table).Table.Should().Equal(distinct.Firsts.SelectMany(first => rows[first].Features));
    });

    [Fact]
    public void Zero_of_either_sign_is_the_same_feature()
    {
        var table = new RegressionData(2);
        table.Add([0.0, 1.0], 1, 1);
        table.Add([-0.0, 1.0], 3, 1);
        table.Add([0.0, -1.0], 5, 1);
        DistinctRows.Of(table).Places.Should().Equal(0, 0, 1);
    }

    [Fact]
    public void A_fit_to_distinct_rows_predicts_what_a_dense_fit_to_all_rows_does() => Gen.Select(Gen.Int[5, 60], Gen.Int).Sample(
        (count, seed) =>
        {
            var random = new Random(seed);
            (double[] Features, double Label, double Weight)[] rows = Rows(count, 2, seed);
            RegressionData table = Table(rows);
            DistinctRows distinct = DistinctRows.Of(table);
            RadialKernel kernel = DenseKernel.RandomKernel(2, random);
            PointColumns<double> points = distinct.Points(table);
            const double noise = 0.05;
            var fit = new ExactKernelFit(kernel, noise, points, distinct.Means(table.Labels(), table.Weights()), distinct.Weights, new WorkSharing(1));
            var expansion = new KernelExpansion(kernel, points, fit.Coefficients, inSinglePrecision: false);
            double[][] at = DenseKernel.RandomPoints(10, 2, random);
            double[] expected = DenseKernel.Posterior(kernel, [.. rows.Select(row => row.Features)], table.Labels(), table.Weights(), noise, at);
            for (int i = 0; i < at.Length; i++) expansion.Evaluate(at[i]).Should().BeApproximately(expected[i], 1e-5);
        },
        iter: 40);

    // Few values for each feature, so that there are copies.
    private static (double[] Features, double Label, double Weight)[] Rows(int count, int inputs, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (Enumerable.Range(0, inputs).Select(_ => random.Next(-3, 4) / 2.0).ToArray(), random.NextDouble(), 0.5 + random.Next(3)))];
    }

    private static RegressionData Table((double[] Features, double Label, double Weight)[] rows)
    {
        var table = new RegressionData(rows[0].Features.Length);
        foreach ((double[] x, double y, double w) in rows) table.Add(x, y, w);
        return table;
    }
}
