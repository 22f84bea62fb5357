using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;

namespace GnMlNet.Core.Tests.Ensembles;

public class LabelRangeTests
{
    private static readonly RadialKernel Kernel = new(1, [0.5], 0.5, [0.3], 0);

    [Fact]
    public void A_range_reaches_a_tenth_beyond_its_labels_and_limits_to_itself() => Gen.Double[-1e3, 1e3].Array[1, 20].Sample(labels =>
    {
        var range = LabelRange.Of(labels);
        double width = labels.Max() - labels.Min();
        range.Least.Should().BeApproximately(labels.Min() - (width / 10), 1e-9);
        range.Greatest.Should().BeApproximately(labels.Max() + (width / 10), 1e-9);
        labels.Select(range.Limit).Should().Equal(labels);
        range.Limit(1e9).Should().Be(range.Greatest);
        range.Limit(-1e9).Should().Be(range.Least);
        range.Limit(double.NaN).Should().Be(double.NaN);
        LabelRange.Unlimited.Limit(labels[0]).Should().Be(labels[0]);
    });

    [Theory, InlineData(1.5, true, false), InlineData(-1.5, false, true), InlineData(0.7, false, false), InlineData(-0.7, false, false)]
    public void An_interval_is_open_to_the_side_where_the_score_would_lie_beyond_the_range(double value, bool isOpenAbove, bool isOpenBelow)
    {
        NetworkEnsemble ensemble = Constant(value);
        IntervalPrediction at = ensemble.PredictInterval([0.0]);
        at.Score.Should().Be(7 + (2 * Math.Clamp(value, -1, 1))).And.Be(ensemble.Predict([0.0]));
        double.IsPositiveInfinity(at.Upper).Should().Be(isOpenAbove);
        double.IsNegativeInfinity(at.Lower).Should().Be(isOpenBelow);
        double.IsFinite(at.StandardDeviation).Should().BeTrue();
        double half = 3 * 2 * Math.Sqrt(0.25);
        if (!isOpenAbove) at.Upper.Should().BeApproximately(at.Score + half, 1e-12);
        if (!isOpenBelow) at.Lower.Should().BeApproximately(at.Score - half, 1e-12);
    }

    [Fact]
    public void Without_a_range_no_interval_is_open()
    {
        NetworkEnsemble ensemble = Constant(1000, LabelRange.Unlimited);
        IntervalPrediction at = ensemble.PredictInterval([0.0]);
        at.Score.Should().BeApproximately(2007, 1e-9);
        (double.IsFinite(at.Lower), double.IsFinite(at.Upper)).Should().Be((true, true));
    }

    [Fact]
    public void Parts_that_do_not_fit_together_are_refused()
    {
        KernelMember member = Member(1);
        FeatureMap map = FeatureMapOfOne();
        void Refused(string message, Action make) => make.Should().Throw<ArgumentException>().WithMessage(message);
        Refused("*at least one member*", () => _ = new NetworkEnsemble([map], [], new ColumnScale(0, 1), LabelRange.Unlimited, 1));
        Refused("*weight of 0 does not fit 0 networks and 1 members*", () => _ = new NetworkEnsemble([map], [member], new ColumnScale(0, 1), LabelRange.Unlimited, 0));
        Refused("*weight of 0.5 does not fit*", () => _ = new NetworkEnsemble([map], [member], new ColumnScale(0, 1), LabelRange.Unlimited, 0.5));
        Refused("*weight of NaN does not fit*", () => _ = new NetworkEnsemble([map], [member], new ColumnScale(0, 1), LabelRange.Unlimited, double.NaN));
        Refused("*from 1 to -1 is empty*", () => _ = new NetworkEnsemble([map], [member], new ColumnScale(0, 1), new LabelRange(1, -1), 1));
        Refused("*map that is not there*", () => _ = new NetworkEnsemble([], [member], new ColumnScale(0, 1), LabelRange.Unlimited, 1));
        var network = new NetworkMember(Problems.RandomNetwork(new Core.Networks.NetworkShape(1, 2), new Random(1)), 0);
        Refused("*before the members of the kernel block*", () => _ = new NetworkEnsemble([map], [member, network], new ColumnScale(0, 1), LabelRange.Unlimited, 0.5));
        Refused("*centres*do not have*", () => _ = new KernelExpansion(Kernel, [1, 2], [1]));
        Refused("*finite and at least 0*", () => _ = new RadialKernel(-1, [1], 1, [1], 0));
        Refused("*finite and at least 0*", () => _ = new RadialKernel(1, [double.NaN], 1, [1], 0));
        Refused("*as many rates*", () => _ = new RadialKernel(1, [1, 2], 1, [1], 0));
        Refused("*triangle of 2 numbers*", () => _ = new PosteriorVariance(Kernel, [1], [1, 2]));
    }

    // A function that has a value at 0, where its centre is.
    private static KernelMember Member(double value) => new(0, KernelForm.Exact, new KernelExpansion(Kernel, [0], [value / Kernel.Diagonal]), 0.1, 0);

    private static FeatureMap FeatureMapOfOne() => new([ColumnMap.Plain(new ColumnScale(0, 1))]);

    private static NetworkEnsemble Constant(double value, LabelRange? range = null) =>
        new([FeatureMapOfOne()], [Member(value)], new ColumnScale(7, 2), range ?? new LabelRange(-1, 1), 1) { Intervals = new PredictionIntervals(IntervalKind.LeftOutRows, 0.9, 0.25, 0, 3, 1) };
}
