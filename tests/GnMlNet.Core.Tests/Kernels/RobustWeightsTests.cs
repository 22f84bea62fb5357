using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Kernels;

public class RobustWeightsTests
{
    private static readonly RunOptions s_run = new() { Seed = 1, Threads = 2 };

    [Fact]
    public void A_wrong_label_has_little_weight_and_the_others_keep_theirs()
    {
        RegressionData data = Table(300, 1, (_, j, label) => IsWrong(j) ? label + (j % 40 == 0 ? 6 : -6) : label);
        RobustWeights weights = RobustWeights.Measure(data, s_run);
        weights.Factors.Where((_, j) => IsWrong(j)).Should().OnlyContain(factor => factor < 0.05);
        weights.Factors.Where((_, j) => !IsWrong(j)).Average().Should().BeGreaterThan(0.94);
        weights.OutlierCount.Should().BeInRange(15, 20);
        weights.ApplyTo(data).Weights().Should().Equal(weights.Factors);
    }

    [Fact]
    public void With_normal_noise_the_weights_are_those_of_normal_residuals()
    {
        RobustWeights weights = RobustWeights.Measure(Table(500, 2), s_run);
        // The mean of w of a standard normal number is 0.955.
        weights.Factors.Average().Should().BeApproximately(0.955, 0.02);
        weights.OutlierCount.Should().BeLessThan(10);
    }

    [Theory, InlineData(-30), InlineData(7), InlineData(40)]
    public void The_unit_of_the_label_changes_no_bit(int exponent)
    {
        RegressionData data = Table(200, 3, (_, j, label) => IsWrong(j) ? 10 : label), scaled = Table(200, 3, (_, j, label) => Math.Pow(2, exponent) * (IsWrong(j) ? 10 : label));
        RobustWeights.Measure(scaled, s_run).Factors.Should().Equal(RobustWeights.Measure(data, s_run).Factors);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        RegressionData data = Table(300, 4);
        RobustWeights.Measure(data, s_run with { Threads = 1 }).Factors.Should().Equal(RobustWeights.Measure(data, s_run with { Threads = 7 }).Factors);
    }

    [Fact]
    public void A_weight_of_two_is_two_rows()
    {
        RegressionData weighted = new(2), repeated = new(2);
        int row = 0;
        foreach ((double[] x, double y, _) in Problems.Rows(Table(120, 5, (_, j, label) => IsWrong(j) ? 10 : label)))
        {
            int count = 1 + (row++ % 2);
            weighted.Add(x, y, count);
            for (int copy = 0; copy < count; copy++) repeated.Add(x, y, 1);
        }

        IReadOnlyList<double> one = RobustWeights.Measure(weighted, s_run).Factors, other = RobustWeights.Measure(repeated, s_run).Factors;
        for (int j = 0, at = 0; j < one.Count; at += 1 + (j++ % 2)) other[at].Should().BeApproximately(one[j], 1e-6);
    }

    [Fact]
    public void A_wrong_label_of_a_lonely_row_is_not_told_from_a_right_one()
    {
        // Far from all others nothing is known of the label, so it keeps its weight.
        RegressionData data = Table(200, 6);
        data.Add([9.0, 9.0], 3, 1);
        RobustWeights.Measure(data, s_run).Factors[^1].Should().Be(1);
    }

    [Fact]
    public void Few_rows_or_equal_labels_keep_their_weights()
    {
        RobustWeights.Measure(Table(9, 7), s_run).Factors.Should().OnlyContain(factor => factor == 1);
        RobustWeights.Measure(Table(50, 7, (_, _, _) => 4), s_run).Factors.Should().OnlyContain(factor => factor == 1);
        FluentActions.Invoking(() => RobustWeights.Measure(new RegressionData(1), s_run)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => RobustWeights.Measure(Table(9, 7), s_run).ApplyTo(Table(10, 7))).Should().Throw<ArgumentException>().WithMessage("*9 rows, not 10*");
    }

    [Fact]
    public void Memory_that_does_not_suffice_is_refused_with_the_way_out()
    {
        RegressionData data = Table(100, 8);
        FluentActions.Invoking(() => RobustWeights.Measure(data, s_run with { MemoryLimit = 100_000 })).Should().Throw<MemoryRefusedException>().WithMessage("*Huber's loss on 100 rows with 2 features*MiB*squared error*");
        FluentActions.Invoking(() => RobustWeights.Measure(data, s_run with { MemoryLimit = 50_000_000 })).Should().NotThrow();
    }

    private static bool IsWrong(int row) => row % 20 == 0;

    private static RegressionData Table(int rows, int seed, Func<double[], int, double, double>? change = null)
    {
        var random = new Random(seed);
        int row = 0;
        return Problems.Table(rows, 2, random, x =>
        {
            double label = Math.Sin(2 * x[0]) + (x[1] * x[1] / 2) + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 0.2);
            return change?.Invoke(x, row++, label) ?? label;
        });
    }
}
