using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Tests.Data;

public class FeatureMapTests
{
    private static readonly Gen<double> Values = Gen.Double[-20, 20];
    private static readonly Gen<double> Powers = Gen.Double[-6, 8];

    [Fact]
    public void A_power_of_one_changes_nothing() => Values.Sample(z => YeoJohnson.Transform(z, 1).Should().BeApproximately(z, 1e-13 * (1 + Math.Abs(z))));

    [Fact]
    public void The_transformation_increases_with_slope_one_at_zero_and_mirrors_its_power_with_its_sign() => Gen.Select(Values, Powers).Sample((z, power) =>
    {
        double value = YeoJohnson.Transform(z, power);
        value.Should().BeApproximately(-YeoJohnson.Transform(-z, 2 - power), 1e-14 * (1 + Math.Abs(value)));
        (YeoJohnson.Transform(z + 0.01, power) - YeoJohnson.Transform(z, power)).Should().BePositive();
        (YeoJohnson.Transform(1e-7, power) / 1e-7).Should().BeApproximately(1, 1e-5);
    });

    [Fact]
    public void It_is_the_power_function_that_its_name_says() => Gen.Select(Gen.Double[0, 20], Gen.Double[0.1, 8]).Sample((z, power) =>
        YeoJohnson.Transform(z, power).Should().BeApproximately((Math.Pow(1 + z, power) - 1) / power, 1e-10 * Math.Pow(1 + z, power)));

    [Fact]
    public void The_logarithm_is_the_limit_of_small_powers() => Gen.Double[0, 20].Sample(z =>
        YeoJohnson.Transform(z, 0).Should().BeApproximately(YeoJohnson.Transform(z, 1e-9), 1e-6));

    [Theory, InlineData(-0.5), InlineData(0.3), InlineData(1), InlineData(2)]
    public void The_fit_finds_the_power_that_made_a_normal_column(double power)
    {
        // Quantiles of a narrow normal distribution, put through the inverse of the transformation.
        var normal = new Normal(0.7, 0.25);
        double[] column = [.. Enumerable.Range(0, 2000).Select(i => Inverse(normal.InverseCumulativeDistribution((i + 0.5) / 2000)))];
        YeoJohnson.Fit(column, [.. column.Select(_ => 1.0)]).Should().BeApproximately(power, 0.1);

        double Inverse(double y) => power == 0 ? Math.Exp(y) - 1 : Math.Pow(1 + (power * y), 1 / power) - 1;
    }

    [Fact]
    public void A_weight_of_two_is_the_value_given_twice()
    {
        double[] values = [0, 0.1, 0.3, 0.4, 1, 2.5, 7];
        double weighted = YeoJohnson.Fit(values, [.. values.Select((_, i) => 1.0 + (i % 2))]);
        double[] copies = [.. values.SelectMany((z, i) => Enumerable.Repeat(z, 1 + (i % 2)))];
        double repeated = YeoJohnson.Fit(copies, [.. copies.Select(_ => 1.0)]);
        weighted.Should().BeApproximately(repeated, 1e-3);
    }

    [Fact]
    public void Of_many_rows_some_tell_the_power_to_a_few_hundredths()
    {
        var random = new Random(5);
        double[] column = [.. Enumerable.Range(0, 70_000).Select(_ => Math.Exp(random.NextDouble() + random.NextDouble()) - 4)], ones = [.. column.Select(_ => 1.0)];
        double all = YeoJohnson.Fit(column, ones);
        // Each third of the rows is read whole or nearly so.
        foreach (int third in new[] { 0, 1, 2 })
            YeoJohnson.Fit([.. column.Where((_, row) => row % 4 == third)], ones[..17_500]).Should().BeApproximately(all, 0.05);
    }

    [Fact]
    public void A_table_is_mapped_as_its_rows_are_one_by_one_on_any_number_of_threads()
    {
        var random = new Random(7);
        var data = new RegressionData(3);
        for (int j = 0; j < 700; j++) data.Add([random.NextDouble(), Math.Exp(random.NextDouble() * 4), j % 3], j, 1 + (j % 2), j % 5 == 0 ? null : j / 10);
        var units = Standardization.Measure(data);
        FeatureMap map = FeatureMap.Bent(units, data, new WorkSharing(3));
        map.Columns.Should().Equal(FeatureMap.Bent(units, data, new WorkSharing(1)).Columns);
        RegressionData mapped = map.Map(data, units.Label, new WorkSharing(3));
        (mapped.Groups(), mapped.Weights()).Should().BeEquivalentTo((data.Groups(), data.Weights()), options => options.WithStrictOrdering());
        double[] inputs = new double[3];
        foreach (((double[] x, double y, _), (double[] z, double standardized, _)) in Problems.Rows(data).Zip(Problems.Rows(mapped)))
        {
            map.Map<double>(x, inputs);
            z.Should().Equal(inputs);
            standardized.Should().Be(units.Label.Standardize(y));
        }
    }

    [Fact]
    public void A_row_that_is_not_finite_in_the_units_of_training_is_named()
    {
        var data = new RegressionData(1);
        for (int j = 0; j < 300; j++) data.Add([j % 2], 0, 1);
        var tiny = new FeatureMap([ColumnMap.Plain(new ColumnScale(0, 1e-200))]);
        data.Add([1e200], 0, 1);
        FluentActions.Invoking(() => tiny.Map(data, new ColumnScale(0, 1), new WorkSharing(2))).Should().Throw<ArgumentException>().WithMessage("Row 300 has a feature or label*");
    }

    [Fact]
    public void Bending_standardizes_takes_the_skew_and_ends_where_the_rows_end()
    {
        var random = new Random(3);
        var data = new RegressionData(2);
        for (int j = 0; j < 500; j++) data.Add([Math.Exp(3 * random.NextDouble()), j % 2], random.NextDouble(), 1);
        var units = Standardization.Measure(data);
        FeatureMap plain = FeatureMap.Plain(units), bent = FeatureMap.Bent(units, data, new WorkSharing(1));

        double[] column = [.. data.Column(0).Select(bent.Columns[0].Map)];
        column.Average().Should().BeApproximately(0, 1e-9);
        column.Average(z => z * z).Should().BeApproximately(1, 1e-9);
        double Skew(ColumnMap map) => data.Column(0).Average(value => Math.Pow(map.Map(value), 3));
        Math.Abs(Skew(bent.Columns[0])).Should().BeLessThan(0.3 * Math.Abs(Skew(plain.Columns[0])));
        bent.Columns[0].Map(1e9).Should().Be(column.Max());
        bent.Columns[0].Map(-1e9).Should().Be(column.Min());
        bent.Columns[1].Should().Be(plain.Columns[1], "a column of two values has no skew to take");
        bent.Columns[0].Map(double.NaN).Should().Be(double.NaN);
    }

    [Fact]
    public void A_soft_border_is_passed_with_value_and_slope_and_leads_into_a_constant() => Gen.Select(Powers.Where(power => power != 1), Gen.Double[0.1, 2], Gen.Double[-3, -0.5], Gen.Double[0.5, 3]).Sample((power, softness, least, greatest) =>
    {
        var hard = new ColumnMap(new ColumnScale(2, 3), power, least, greatest, new ColumnScale(0.5, 2));
        ColumnMap soft = hard with { Softness = softness };
        foreach ((double border, int outward) in new[] { (least, -1), (greatest, 1) })
        {
            double At(double z) => soft.Map(2 + (3 * z));
            const double step = 1e-6;
            double inner = (At(border) - At(border - (outward * step))) / step, outer = (At(border + (outward * step)) - At(border)) / step;
            outer.Should().BeApproximately(inner, 1e-3 * Math.Abs(inner) / softness * 10);
            At(border).Should().BeApproximately(hard.Map(2 + (3 * border)), 1e-12 * (1 + Math.Abs(At(border))));
            soft.Map(2 + border + least + greatest).Should().Be(hard.Map(2 + border + least + greatest), "within the rows both are the same");

            // Beyond it goes on in the same direction, ever more slowly, to where the softness ends.
            double[] beyond = [.. Enumerable.Range(0, 40).Select(i => outward * At(border + (outward * 0.2 * i * softness)))];
            beyond.Should().BeInAscendingOrder();
            double end = At(border + (outward * 1e6));
            end.Should().Be(At(border + (outward * 1e9)));
            end.Should().BeApproximately((YeoJohnson.Transform(border + (outward * softness), power) - 0.5) / 2, 1e-9 * (1 + Math.Abs(end)));
        }

        soft.Map(double.NaN).Should().Be(double.NaN);
    });

    [Theory, InlineData(1e30), InlineData(1e-30)]
    public void One_enormous_value_leaves_the_map_finite(double unit)
    {
        var data = new RegressionData(1);
        for (int j = 0; j < 100; j++) data.Add([unit * j], 0, 1);
        data.Add([unit * 1e9], 0, 1);
        ColumnMap map = FeatureMap.Bent(Standardization.Measure(data), data, new WorkSharing(1)).Columns[0];
        data.Column(0).Should().OnlyContain(value => double.IsFinite(map.Map(value)));
    }
}
