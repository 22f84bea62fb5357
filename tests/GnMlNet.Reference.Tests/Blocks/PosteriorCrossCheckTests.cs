using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Tests.Blocks;

public class PosteriorCrossCheckTests
{
    private const int Centres = 30;

    private static readonly double[] Rows = SampleBlocks.Rows(8, 3, seed: 4);

    [Fact]
    public void Variances_in_double_are_proved_and_those_of_a_triangle_in_single_precision_refuted()
    {
        RecordedPosterior posterior = Posterior(seed: 3);
        double[] variances = Variances(posterior, value => value);
        var check = PosteriorCrossCheck.Of(posterior, Rows, variances);
        (check.IsWithinBound, check.Count).Should().Be((Verdict.Proved, 8));
        check.Promised.Should().BeLessThan(1e-11);
        PosteriorCrossCheck.Of(posterior, Rows, Variances(posterior, value => (float)value)).IsWithinBound.Should().Be(Verdict.Refuted);
        variances[5] += 2 * check.Promised;
        PosteriorCrossCheck.Of(posterior, Rows, variances).IsWithinBound.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void What_rounding_brings_below_zero_counts_as_zero()
    {
        RecordedPosterior posterior = Posterior(seed: 3);
        posterior = posterior with { Triangle = [.. posterior.Triangle.Select(entry => 100 * entry)] };
        PosteriorCrossCheck.Of(posterior, Rows, new double[8]).Should().Match<PosteriorCrossCheck>(check => check.IsWithinBound == Verdict.Proved && check.Error.Greatest < 1e-30);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_named()
    {
        RecordedPosterior posterior = Posterior(seed: 3);
        FluentActions.Invoking(() => PosteriorCrossCheck.Of(posterior with { Triangle = [1, 2] }, Rows, new double[8])).Should().Throw<ArgumentException>().WithMessage("Triangle: 465 numbers*2*");
        FluentActions.Invoking(() => PosteriorCrossCheck.Of(posterior, Rows, new double[7])).Should().Throw<ArgumentException>().WithMessage("rows: 21 numbers*24*");
    }

    private static RecordedPosterior Posterior(int seed)
    {
        RecordedBlock block = SampleBlocks.Of(Centres, 3, seed);
        var random = new Random(seed);
        return new RecordedPosterior
        {
            Inputs = block.Inputs,
            LaplaceRates = block.LaplaceRates,
            GaussianRates = block.GaussianRates,
            LaplaceScale = block.LaplaceScale,
            GaussianScale = block.GaussianScale,
            Constant = block.Constant,
            Triangle = [.. Enumerable.Range(0, Centres * (Centres + 1) / 2).Select(_ => 0.1 * (random.NextDouble() - 0.5))],
        };
    }

    private static double[] Variances(RecordedPosterior posterior, Func<double, double> round) =>
    [
        .. Rows.Chunk(posterior.ColumnCount).Select(row =>
        {
            double[] values = [.. posterior.Inputs.Chunk(posterior.ColumnCount).Select(centre => BlockPromiseTests.Value(posterior, row, centre))];
            double explained = 0;
            for (int i = 0, at = 0; i < values.Length; i++)
            {
                double product = 0;
                for (int a = 0; a <= i; a++, at++) product += round(posterior.Triangle[at]) * values[a];
                explained += product * product;
            }

            return Math.Max(0, posterior.LaplaceScale + posterior.GaussianScale + posterior.Constant - explained);
        }),
    ];
}
