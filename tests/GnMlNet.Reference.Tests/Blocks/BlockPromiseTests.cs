using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Tests.Blocks;

public class BlockPromiseTests
{
    private static readonly double[] Further = SampleBlocks.Rows(5, 3, seed: 52);

    [Theory, InlineData(1e-2), InlineData(1e-9)]
    public void A_factorization_in_double_keeps_the_promise_and_one_in_single_precision_breaks_it(double noise)
    {
        RecordedBlock block = SampleBlocks.Of(60, 3, seed: 51, noise: noise) with { Jitter = 1e-8 };
        BlockCrossCheck exact = Check(block, value => value), rounded = Check(block, value => (float)value);
        exact.IsPositiveDefinite.Should().Be(Verdict.Proved);
        exact.BackwardError.IsAtMost(exact.Promised.BackwardError).Should().Be(Verdict.Proved);
        exact.CoefficientError.IsAtMost(exact.Promised.CoefficientError).Should().Be(Verdict.Proved);
        exact.PredictionError!.Value.IsAtMost(exact.Promised.PredictionError).Should().Be(Verdict.Proved);
        // 60 rows: some thousand units in the last place.
        exact.Promised.BackwardError.Should().BeInRange(60 * Unit, 6000 * Unit);
        exact.Promised.CoefficientError.Should().BeInRange(exact.Promised.BackwardError, 1.01 * exact.ConditionNumber.Greatest * exact.Promised.BackwardError);
        rounded.BackwardError.IsAtMost(rounded.Promised.BackwardError).Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void Of_a_block_that_is_not_proved_to_be_positive_definite_the_backward_error_alone_is_promised()
    {
        RecordedBlock singular = SampleBlocks.Of(2, 1, seed: 1, noise: 0) with { Inputs = [0.5, 0.5], Labels = [1, -1], Coefficients = [1, 2] };
        BlockPromise promise = BlockCrossCheck.Of(singular).Promised;
        (double.IsFinite(promise.BackwardError), double.IsFinite(promise.CoefficientError), double.IsFinite(promise.PredictionError)).Should().Be((true, false, false));
    }

    private const double Unit = 1.0 / (1L << 53);

    // Plain loops; each number is rounded once more.
    private static BlockCrossCheck Check(RecordedBlock block, Func<double, double> round)
    {
        int n = block.RowCount;
        var lower = new double[n, n];
        double[] a = [.. block.Labels];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = Value(block, Row(block.Inputs, i), Row(block.Inputs, j)) + (i == j ? (block.NoiseVariance / block.RowWeights[i]) + block.Jitter : 0);
                for (int k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                lower[i, j] = round(i == j ? Math.Sqrt(sum) : sum / lower[j, j]);
            }

            for (int k = 0; k < i; k++) a[i] -= lower[i, k] * a[k];
            a[i] = round(a[i] / lower[i, i]);
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) a[i] -= lower[k, i] * a[k];
            a[i] = round(a[i] / lower[i, i]);
        }

        double[] predictions = [.. Enumerable.Range(0, 5).Select(q => Enumerable.Range(0, n).Sum(j => a[j] * Value(block, Row(Further, q), Row(block.Inputs, j))))];
        return BlockCrossCheck.Of(block with { Coefficients = a }, new ComputedBlockValues { Rows = Further, Predictions = predictions });
    }

    private static double[] Row(double[] rows, int i) => rows[(3 * i)..((3 * i) + 3)];

    internal static double Value(RecordedKernel block, double[] x, double[] z)
    {
        double sum = 0, squares = 0;
        for (int k = 0; k < 3; k++)
        {
            sum += block.LaplaceRates[k] * Math.Abs(x[k] - z[k]);
            squares += block.GaussianRates[k] * block.GaussianRates[k] / 2 * (x[k] - z[k]) * (x[k] - z[k]);
        }

        return (block.LaplaceScale * Math.Exp(-sum)) + (block.GaussianScale * Math.Exp(-squares)) + block.Constant;
    }
}
