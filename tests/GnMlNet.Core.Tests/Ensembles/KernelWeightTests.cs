using CsCheck;
using GnMlNet.Core.Ensembles;
using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>The weight of the kernel block, and the mixture of both kinds of members.</summary>
public class KernelWeightTests
{
    [Fact]
    public void No_other_weight_gives_a_smaller_squared_error() => Gen.Select(Gen.Int[2, 60], Gen.Double[-1, 2], Gen.Int).Sample((rows, share, seed) =>
    {
        var random = new Random(seed);
        double[] labels = Problems.RandomVector(rows, random), weights = [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.Next(3))];
        // Errors between independent ones and equal ones.
        double[] networks = [.. labels.Select(y => y + random.NextDouble() - 0.5)], kernel = [.. labels.Zip(networks, (y, first) => y + (share * (first - y)) + (0.3 * (random.NextDouble() - 0.5)))];
        double Error(double w) => Enumerable.Range(0, rows).Sum(j => weights[j] * Math.Pow(((1 - w) * networks[j]) + (w * kernel[j]) - labels[j], 2));
        double chosen = KernelWeight.Choose(networks, kernel, labels, weights);
        chosen.Should().BeInRange(0, 1);
        double least = Enumerable.Range(0, 1001).Min(i => Error(i / 1000.0));
        if (chosen is > 0 and < 1)
        {
            chosen.Should().BeInRange(KernelWeight.Negligible, 1 - KernelWeight.Negligible);
            Error(chosen).Should().BeLessThanOrEqualTo(least * (1 + 1e-12));
        }
        else
        {
            // Nothing in the middle is better than the least weight that counts.
            int best = Enumerable.Range(0, 1001).MinBy(i => Error(i / 1000.0));
            Math.Abs((best / 1000.0) - chosen).Should().BeLessThanOrEqualTo(KernelWeight.Negligible + 1e-3);
        }
    });

    [Fact]
    public void Exchanging_the_sides_gives_the_rest_to_one_and_weights_count_as_rows() => Gen.Select(Gen.Int[1, 40], Gen.Int).Sample((rows, seed) =>
    {
        var random = new Random(seed);
        double[] labels = Problems.RandomVector(rows, random), networks = Problems.RandomVector(rows, random), kernel = Problems.RandomVector(rows, random), ones = [.. labels.Select(_ => 1.0)];
        double weight = KernelWeight.Choose(networks, kernel, labels, ones);
        KernelWeight.Choose(kernel, networks, labels, ones).Should().BeApproximately(1 - weight, 1e-9);
        double doubled = KernelWeight.Choose(networks, kernel, labels, [.. labels.Select((_, j) => j == 0 ? 2.0 : 1)]);
        KernelWeight.Choose([networks[0], .. networks], [kernel[0], .. kernel], [labels[0], .. labels], [1, .. ones]).Should().BeApproximately(doubled, 1e-9);
    });

    [Fact]
    public void Two_equal_sides_and_no_rows_leave_it_undecided()
    {
        double[] labels = [1, 2, 3], same = [1.5, 1.5, 2.5], ones = [1, 1, 1], none = [double.NaN, double.NaN, double.NaN];
        KernelWeight.Choose(same, [.. same], labels, ones).Should().Be(KernelWeight.Undecided);
        KernelWeight.Choose(labels, labels, labels, ones).Should().Be(KernelWeight.Undecided);
        KernelWeight.Choose(none, same, labels, ones).Should().Be(KernelWeight.Undecided);
        KernelWeight.Choose(same, none, labels, ones).Should().Be(KernelWeight.Undecided);
        KernelWeight.Choose([], [], [], []).Should().Be(KernelWeight.Undecided);
    }

    [Fact]
    public void A_row_that_one_side_does_not_judge_does_not_count() => Gen.Select(Gen.Int[2, 40], Gen.Int).Sample((rows, seed) =>
    {
        var random = new Random(seed);
        double[] labels = Problems.RandomVector(rows, random), networks = Problems.RandomVector(rows, random), kernel = Problems.RandomVector(rows, random), ones = [.. labels.Select(_ => 1.0)];
        double[] Gap(double[] values) => [double.NaN, .. values[1..]];
        double expected = KernelWeight.Choose(networks[1..], kernel[1..], labels[1..], ones[1..]);
        KernelWeight.Choose(Gap(networks), kernel, labels, ones).Should().Be(expected);
        KernelWeight.Choose(networks, Gap(kernel), labels, ones).Should().Be(expected);
    });

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void A_side_that_is_the_other_plus_independent_noise_gets_nothing_of_many_rows(int seed)
    {
        const int rows = 400_000;
        var random = new Random(seed);
        double[] labels = new double[rows], errors = new double[rows], noise = new double[rows], ones = [.. Enumerable.Repeat(1.0, rows)];
        Normal.Samples(random, errors, 0, 1);
        Normal.Samples(random, noise, 0, 1);
        double[] noisy = [.. errors.Zip(noise, (a, b) => a + b)];
        KernelWeight.Choose(errors, noisy, labels, ones).Should().Be(0);
        KernelWeight.Choose(noisy, errors, labels, ones).Should().Be(1);
        // Errors that are independent share the weight by their variances.
        KernelWeight.Choose(errors, [.. noise.Select(value => 2 * value)], labels, ones).Should().BeApproximately(0.2, 0.01);
    }

    [Fact]
    public void The_mixture_has_the_mean_and_the_variance_of_drawing_a_kind_then_a_member_then_its_value() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0, 1]), Gen.Int).Sample((networks, members, weight, seed) =>
        {
            var random = new Random(seed);
            double[] first = Problems.RandomVector(networks, random), firstDeviations = Problems.RandomVector(networks, random), second = Problems.RandomVector(members, random, 3), secondDeviations = Problems.RandomVector(members, random);
            // Each value lies one deviation above or below its mean.
            IEnumerable<(double Value, double Probability)> Outcomes(double[] means, double[] deviations, double share) =>
                means.Zip(deviations).SelectMany(at => new[] { (at.First + at.Second, share / (2 * means.Length)), (at.First - at.Second, share / (2 * means.Length)) });
            (double Value, double Probability)[] all = [.. Outcomes(first, firstDeviations, 1 - weight), .. Outcomes(second, secondDeviations, weight)];
            double mean = all.Sum(at => at.Probability * at.Value), variance = all.Sum(at => at.Probability * Math.Pow(at.Value - mean, 2));
            double Within(double[] means, double[] deviations) => deviations.Average(at => at * at) + means.Average(at => Math.Pow(at - means.Average(), 2));

            var mixture = new Mixture(first.Average(), Within(first, firstDeviations), second.Average(), Within(second, secondDeviations), weight);
            mixture.Mean.Should().BeApproximately(mean, 1e-12);
            mixture.Variance.Should().BeApproximately(variance, 1e-12);
        });

    [Fact]
    public void A_kind_without_weight_says_nothing_even_where_it_is_not_a_number()
    {
        new Mixture(1, 2, double.NaN, double.NaN, 0).Mean.Should().Be(1);
        new Mixture(1, 2, double.NaN, double.NaN, 0).Variance.Should().Be(2);
        new Mixture(double.NaN, double.NaN, 3, 4, 1).Mean.Should().Be(3);
        new Mixture(double.NaN, double.NaN, 3, 4, 1).Variance.Should().Be(4);
    }
}
