using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class SamplingPolicyTests
{
    private static SamplingPolicy Hundred() => new(blockCount: 100, parameterCount: 100);

    [Fact]
    public void A_good_step_moves_the_sample_on_and_keeps_its_size()
    {
        SamplingPolicy policy = Hundred();
        policy.Current.Should().Be(new CurvatureSample(new RowSample(0, 8, 100), SinglePrecision: true));
        policy.Accepted(gainRatio: 0.9, rejectedSteps: 0, relativeFall: 0.1, relativeDamping: 1e-3);
        policy.Current.Should().Be(new CurvatureSample(new RowSample(8, 8, 100), SinglePrecision: true));
    }

    [Theory]
    [InlineData(0.2, 0, 0.1)]
    [InlineData(0.9, 3, 0.1)]
    [InlineData(0.9, 0, 0.001)]
    public void A_disappointing_step_doubles_it_until_it_is_everything(double gain, int rejected, double fall)
    {
        SamplingPolicy policy = Hundred();
        SizesOf(policy, gain, rejected, fall).Should().Equal(16, 32, 100, 100);
        policy.Current.SinglePrecision.Should().BeTrue();
    }

    [Fact]
    public void Where_something_else_ends_training_it_stays_at_64_rows_a_parameter_until_it_is_asked_for_all()
    {
        var policy = new SamplingPolicy(blockCount: 100, parameterCount: 100, staysSampled: true);
        SizesOf(policy, gain: 0.2, rejected: 0, fall: 0.1).Should().Equal(16, 25, 25, 25);
        policy.UseExact();
        policy.Current.IsExact.Should().BeTrue();
    }

    private static List<int> SizesOf(SamplingPolicy policy, double gain, int rejected, double fall)
    {
        var sizes = new List<int>();
        for (int step = 0; step < 4; step++)
        {
            policy.Accepted(gain, rejected, fall, relativeDamping: 1e-3);
            sizes.Add(policy.Current.Rows.Count);
        }

        return sizes;
    }

    [Fact]
    public void Single_precision_ends_for_good_where_damping_no_longer_drowns_its_rounding()
    {
        SamplingPolicy policy = Hundred();
        policy.Accepted(0.9, 0, 0.1, relativeDamping: 1e-6);
        policy.Current.SinglePrecision.Should().BeFalse();
        policy.Accepted(0.9, 0, 0.1, relativeDamping: 1);
        policy.Current.SinglePrecision.Should().BeFalse();
    }

    [Fact]
    public void What_is_exact_stays_exact()
    {
        SamplingPolicy policy = Hundred();
        policy.UseExact();
        policy.Accepted(0.9, 0, 0.1, relativeDamping: 1);
        policy.Current.Should().Be(CurvatureSample.Exact(100));
    }

    [Theory, InlineData(0.2, 0, 0.1), InlineData(0.9, 3, 0.1), InlineData(0.9, 0, 0.019)]
    public void Where_inexact_steps_pay_they_follow_a_step_that_disappoints_until_exact_ones_are_asked_for(double gain, int rejected, double fall)
    {
        var policy = new SamplingPolicy(blockCount: 100, parameterCount: 100, staysSampled: true, inexact: InexactPhase.AfterDisappointment);
        policy.Accepted(0.9, 0, 0.1, relativeDamping: 1);
        policy.IsInexact.Should().BeFalse();
        policy.Accepted(gain, rejected, fall, relativeDamping: 1);
        policy.IsInexact.Should().BeTrue();
        policy.Current.Should().Be(new CurvatureSample(RowSample.All(100), SinglePrecision: true));
        policy.Accepted(1, 0, 0.5, relativeDamping: 1);
        policy.IsInexact.Should().BeTrue();
        policy.UseExact();
        policy.Accepted(gain, rejected, fall, relativeDamping: 1);
        (policy.IsInexact, policy.Current).Should().Be((false, CurvatureSample.Exact(100)));
    }

    [Fact]
    public void Where_they_are_to_be_there_from_the_start_steps_are_inexact_until_exact_ones_are_asked_for()
    {
        var policy = new SamplingPolicy(blockCount: 100, parameterCount: 4000, inexact: InexactPhase.FromStart);
        (policy.IsInexact, policy.Current).Should().Be((true, new CurvatureSample(RowSample.All(100), SinglePrecision: true)));
        policy.Accepted(0.1, 0, 0.5, relativeDamping: 1);
        policy.IsInexact.Should().BeTrue();
        policy.UseExact();
        (policy.IsInexact, policy.Current).Should().Be((false, CurvatureSample.Exact(100)));
        new SamplingPolicy(blockCount: 100, parameterCount: 4000, isExact: true, inexact: InexactPhase.FromStart).IsInexact.Should().BeFalse();
    }

    [Fact]
    public void A_small_table_whose_training_something_else_ends_has_single_precision_of_all_rows_while_damping_drowns_it()
    {
        var policy = new SamplingPolicy(blockCount: 3, parameterCount: 300, staysSampled: true);
        policy.Current.Should().Be(new CurvatureSample(RowSample.All(3), SinglePrecision: true));
        policy.Accepted(0.2, 3, 0, relativeDamping: 1e-6);
        policy.Current.IsExact.Should().BeTrue();
    }

    [Theory, InlineData(15, 10, false), InlineData(100, 4000, false), InlineData(100, 100, true)]
    public void A_small_table_a_large_network_and_whoever_asks_get_the_exact_matrix_from_the_start(int blocks, long parameters, bool isExact) =>
        new SamplingPolicy(blocks, parameters, isExact).Current.IsExact.Should().BeTrue();

    [Fact]
    public void A_sample_has_as_many_different_blocks_as_it_says_wherever_it_starts() => Gen.Int[1, 50].SelectMany(total =>
        Gen.Select(Gen.Int[0, total - 1], Gen.Int[1, total], Gen.Const(total))).Sample((first, count, total) =>
            Enumerable.Range(0, count).Select(new RowSample(first, count, total).Block).Distinct().Count(block => block < total) == count);
}
