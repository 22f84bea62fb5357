using CsCheck;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Tests.Data;

public class LabelOutliersTests
{
    [Fact]
    public void Planted_labels_are_counted_whatever_the_unit_and_the_origin() => Gen.Select(Gen.Int[20, 200], Gen.Int[0, 5], Gen.Int[-20, 20], Gen.Int).Sample((count, planted, exponent, seed) =>
    {
        var random = new Random(seed);
        double unit = Math.Pow(2, exponent);
        // Half of the labels lie within 1/2 of the median, so planted ones at 100 are beyond 20 robust deviations and the others are not.
        double[] labels = [.. Enumerable.Range(0, count).Select(j => j < planted ? 100.0 * (j % 2 == 0 ? 1 : -1) : j % 2 == 0 ? 0.25 + (random.NextDouble() / 4) : -0.25 - (random.NextDouble() / 4))];
        LabelOutliers found = LabelOutliers.Measure(labels), scaled = LabelOutliers.Measure([.. labels.Select(label => unit * label)]);
        found.Count.Should().Be(planted);
        scaled.Should().Be(new LabelOutliers(planted, unit * found.Median, unit * found.Deviation));
    });

    [Fact]
    public void Of_normal_labels_none_is_an_outlier_and_the_deviation_is_theirs()
    {
        var random = new Random(1);
        double[] labels = [.. Enumerable.Range(0, 20_000).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 5, 3))];
        LabelOutliers found = LabelOutliers.Measure(labels);
        found.Count.Should().Be(0);
        found.Deviation.Should().BeApproximately(3, 0.1);
    }

    [Fact]
    public void Where_half_of_the_labels_are_equal_nothing_is_counted() => LabelOutliers.Measure([0, 0, 0, 1e9]).Count.Should().Be(0);

    [Fact]
    public void The_weighted_median_is_the_median_of_repeated_numbers() => Gen.Select(Gen.Double[-5, 5], Gen.Int[1, 4]).Array[1, 12].Sample(pairs =>
    {
        double[] repeated = [.. pairs.SelectMany(pair => Enumerable.Repeat(pair.Item1, pair.Item2)).Order()];
        double middle = (repeated[(repeated.Length - 1) / 2] / 2) + (repeated[repeated.Length / 2] / 2);
        WeightedMedian.Of([.. pairs.Select(pair => pair.Item1)], [.. pairs.Select(pair => (double)pair.Item2)]).Should().BeApproximately(middle, 1e-12);
    });
}
