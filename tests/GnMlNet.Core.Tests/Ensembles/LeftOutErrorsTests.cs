using CsCheck;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;

namespace GnMlNet.Core.Tests.Ensembles;

public class LeftOutErrorsTests
{
    [Fact]
    public void The_estimate_is_the_mean_over_all_ordered_pairs_of_left_out_members_with_each_pair_of_one_counted_by_its_share() => Gen.Int.Sample(
        seed =>
        {
            const int rows = 60, members = 10;
            var random = new Random(seed);
            double[] labels = Problems.RandomVector(rows, random), weights = [.. Enumerable.Repeat(1.0, rows)];
            (int[] Rows, double[] Predictions)[] predictions = Predictions(rows, members, random);

            // Of the K^2 products in a squared mean of K errors, K are squares.
            double total = 0;
            for (int j = 0; j < rows; j++)
            {
                double[] errors = [.. predictions.Where(member => member.Rows.Contains(j)).Select(member => member.Predictions[Array.IndexOf(member.Rows, j)] - labels[j])];
                double square = errors.Average(e => e * e), product = errors[0] * errors[1];
                total += ((members * square) + (members * (members - 1) * product)) / (members * members);
            }

            var measured = LeftOutErrors.Measure(predictions, labels, weights);
            measured.OfEnsemble.Should().BeApproximately(Math.Max(total / rows, 0.3 * measured.OfRowMeans), 1e-12);
        },
        iter: 50);

    [Fact]
    public void Members_that_agree_are_as_good_as_one_of_them()
    {
        double[] labels = [1, 2, 3, 4], weights = [1, 1, 1, 1];
        (int[], double[])[] predictions = [([0, 1], [2, 4]), ([2, 3], [3, 3]), ([1, 2], [4, 3]), ([0, 3], [2, 3])];
        var errors = LeftOutErrors.Measure(predictions, labels, weights);
        errors.OfEnsemble.Should().Be(6.0 / 4);
        errors.OfRowMeans.Should().Be(6.0 / 4);
        errors.Ratio.Should().Be(1);
    }

    [Fact]
    public void Where_every_row_is_left_out_once_the_ensemble_is_judged_as_one_member()
    {
        var errors = LeftOutErrors.Measure([([0, 1], [2, 4]), ([2, 3], [3, 3])], [1, 2, 3, 4], [1, 1, 1, 1]);
        errors.Should().Be(new LeftOutErrors(6.0 / 4, 6.0 / 4));
    }

    [Fact]
    public void A_weight_of_two_is_the_row_given_twice()
    {
        (int[], double[])[] one = [([0, 1], [2, 4]), ([0, 1], [1, 3])], twice = [([0, 1, 2], [2, 4, 4]), ([0, 1, 2], [1, 3, 3])];
        LeftOutErrors.Measure(one, [1.5, 2.5], [1, 2]).Should().Be(LeftOutErrors.Measure(twice, [1.5, 2.5, 2.5], [1, 1, 1]));
    }

    [Fact]
    public void Without_left_out_rows_there_is_no_estimate() =>
        LeftOutErrors.Measure([([], []), ([], [])], [1, 2], [1, 1]).OfEnsemble.Should().Be(double.NaN);

    [Fact]
    public void The_winsorized_mean_moves_with_its_numbers_and_ignores_their_order() => Gen.Double[-5, 5].Array[1, 12].Sample(values =>
    {
        double mean = WinsorizedMean.Of([.. values]);
        WinsorizedMean.Of([.. values.Reverse()]).Should().Be(mean);
        WinsorizedMean.Of([.. values.Select(value => (2 * value) + 1)]).Should().BeApproximately((2 * mean) + 1, 1e-12);
        mean.Should().BeInRange(values.Min() - 1e-12, values.Max() + 1e-12);
    });

    [Fact]
    public void One_wild_member_of_ten_moves_the_mean_by_no_more_than_two_deviations_tenth()
    {
        double[] tame = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        double wild = WinsorizedMean.Of([.. tame, 1e9]), wilder = WinsorizedMean.Of([.. tame, 1e12]);
        wilder.Should().Be(wild);
        wild.Should().BeInRange(5, 7);
        WinsorizedMean.Of([.. tame, 5]).Should().BeApproximately(5, 1e-12);
        WinsorizedMean.Of([.. tame, double.NaN]).Should().Be(double.NaN);
    }

    private static (int[] Rows, double[] Predictions)[] Predictions(int rows, int members, Random random)
    {
        CrossFitting folds = CrossFitting.Draw(DistinctRows.Of(Problems.NoisyTable(rows, 2, 1)), members, random);
        return [.. Enumerable.Range(0, members).Select(k => (folds.LeftOutRows(k), Problems.RandomVector(folds.LeftOutRows(k).Length, random)))];
    }
}
