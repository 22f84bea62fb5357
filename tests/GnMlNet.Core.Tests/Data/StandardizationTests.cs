using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Tests.Data;

public class StandardizationTests
{
    [Fact]
    public void A_measured_column_has_weighted_mean_zero_and_variance_one() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[2, 60], Gen.Double[0.1, 10].Array[60]).Where((values, _) => values.Distinct().Count() > 1).Sample((values, weights) =>
        {
            (double Value, double Weight)[] column = [.. values.Zip(weights)];
            ColumnScale scale = ColumnScale.Measure(values, weights);
            double total = column.Sum(row => row.Weight);
            (column.Sum(row => row.Weight * scale.Standardize(row.Value)) / total).Should().BeApproximately(0, 1e-9);
            (column.Sum(row => row.Weight * Math.Pow(scale.Standardize(row.Value), 2)) / total).Should().BeApproximately(1, 1e-9);
        });

    [Theory, InlineData(1e30), InlineData(1e-30), InlineData(1e200), InlineData(1e307)]
    public void Huge_and_tiny_columns_scale_like_any_other(double unit)
    {
        double[] values = [1, 2, 5, -3];
        ColumnScale plain = ColumnScale.Measure(values, [1, 1, 1, 1]);
        ColumnScale scaled = ColumnScale.Measure([.. values.Select(v => v * unit)], [1, 1, 1, 1]);
        scaled.Mean.Should().BeApproximately(plain.Mean * unit, 1e-14 * unit);
        scaled.Deviation.Should().BeApproximately(plain.Deviation * unit, 1e-14 * unit);
    }

    [Fact]
    public void A_constant_column_has_no_deviation_and_keeps_its_exact_value()
    {
        ColumnScale scale = ColumnScale.Measure([.. Enumerable.Repeat(0.1, 7)], [.. Enumerable.Repeat(3.0, 7)]);
        scale.Should().Be(new ColumnScale(0.1, 0));
        scale.Standardize(17).Should().Be(0);
    }

    [Fact]
    public void A_table_stays_finite_or_is_refused()
    {
        RegressionData narrow = Problems.Table(20, 1, new Random(1), x => x[0]), far = new(1);
        far.Add([1e308], 1e-3, 1);
        Standardization units = Standardization.Measure(narrow);
        FluentActions.Invoking(() => units.Standardize(narrow)).Should().NotThrow();
        var tiny = new RegressionData(1);
        foreach (double x in new[] { 0, 1e-240 }) tiny.Add([x], x, 1);
        FluentActions.Invoking(() => Standardization.Measure(tiny).Standardize(far)).Should().Throw<ArgumentException>().WithMessage("*overflows*");
    }

    [Fact]
    public void Folding_the_scaling_into_the_weights_changes_no_prediction() => Gen.Select(Gen.Int[1, 5], Gen.Int[1, 6], Gen.Int).Sample((inputs, hidden, seed) =>
    {
        var random = new Random(seed);
        RegressionData data = Problems.Table(50, inputs, random, x => 100 + (7 * x[0]));
        Standardization units = Standardization.Measure(data);
        var shape = new NetworkShape(inputs, hidden);
        double[] theta = Problems.RandomVector((int)shape.ParameterCount, random);
        var standardized = new Network(shape, Activation.Tanh, theta);
        Network raw = units.ToRawUnits(shape, Activation.Tanh, theta);

        double[] x = Problems.RandomVector(inputs, random, 3);
        double expected = (standardized.Predict([.. x.Zip(units.Features, (value, scale) => scale.Standardize(value))]) * units.Label.Deviation) + units.Label.Mean;
        raw.Predict(x).Should().BeApproximately(expected, 1e-10);
        units.ToStandardizedUnits(raw).Zip(theta, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-12);
    });
}
