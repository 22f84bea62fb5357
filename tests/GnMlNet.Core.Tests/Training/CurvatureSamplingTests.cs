using CsCheck;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class CurvatureSamplingTests
{
    private static CurvatureSampling Hundred() => new(blockCount: 100, parameterCount: 100);

    [Fact]
    public void A_good_step_moves_the_sample_on_and_keeps_its_size()
    {
        CurvatureSampling sampling = Hundred();
        sampling.Sample.Should().Be(new RowSample(0, 8, 100));
        sampling.Accepted(gainRatio: 0.9, rejectedSteps: 0, relativeFall: 0.1);
        sampling.Sample.Should().Be(new RowSample(8, 8, 100));
    }

    [Theory]
    [InlineData(0.4, 0, 0.1)]
    [InlineData(0.9, 2, 0.1)]
    [InlineData(0.9, 0, 0.001)]
    public void A_disappointing_step_doubles_it_until_it_is_everything(double gain, int rejected, double fall)
    {
        CurvatureSampling sampling = Hundred();
        var sizes = new List<int>();
        for (int step = 0; step < 4; step++)
        {
            sampling.Accepted(gain, rejected, fall);
            sizes.Add(sampling.Sample.Count);
        }

        sizes.Should().Equal(16, 32, 100, 100);
    }

    [Fact]
    public void Everything_stays_everything()
    {
        CurvatureSampling sampling = Hundred();
        sampling.UseAll();
        sampling.Accepted(0.9, 0, 0.1);
        sampling.Sample.Should().Be(RowSample.All(100));
    }

    [Theory, InlineData(15, 10), InlineData(100, 4000)]
    public void A_small_table_or_a_large_network_takes_all_rows_from_the_start(int blocks, long parameters) =>
        new CurvatureSampling(blocks, parameters).Sample.IsAll.Should().BeTrue();

    [Fact]
    public void A_sample_has_as_many_blocks_as_it_says_wherever_it_starts() => Gen.Int[1, 50].SelectMany(total =>
        Gen.Select(Gen.Int[0, total - 1], Gen.Int[1, total], Gen.Const(total))).Sample((first, count, total) =>
            Enumerable.Range(0, total).Count(new RowSample(first, count, total).Contains) == count);
}
