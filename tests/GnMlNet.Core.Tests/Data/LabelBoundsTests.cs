using CsCheck;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Tests.Data;

public class LabelBoundsTests
{
    [Fact]
    public void The_nearest_number_within_is_no_farther_from_any_label_within() => Gen.Select(Gen.Double[-2, 3], Gen.Double[0, 1]).Sample((prediction, label) =>
        Math.Abs(new LabelBounds(0, 1).Limit(prediction) - label).Should().BeLessThanOrEqualTo(Math.Abs(prediction - label)));

    [Fact]
    public void Without_bounds_every_number_stays_as_it_is()
    {
        foreach (double value in new[] { double.NegativeInfinity, -1e300, -0.0, 1, double.PositiveInfinity, double.NaN })
            BitConverter.DoubleToInt64Bits(LabelBounds.None.Limit(value)).Should().Be(BitConverter.DoubleToInt64Bits(value));
        new LabelBounds(0).Limit(double.NaN).Should().Be(double.NaN);
        (LabelBounds.None.IsLimited, new LabelBounds(0).IsLimited, new LabelBounds(upper: 0).IsLimited).Should().Be((false, true, true));
    }

    [Theory, InlineData(1, 1), InlineData(2, 1), InlineData(double.NaN, 1), InlineData(0, double.NaN), InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Bounds_that_hold_no_range_are_refused(double lower, double upper) => FluentActions.Invoking(() => new LabelBounds(lower, upper)).Should().Throw<ArgumentException>().WithMessage("*lower bound*below*upper bound*");

    [Fact]
    public void Labels_outside_are_counted_and_refused_with_the_way_out()
    {
        var data = new RegressionData(1);
        foreach (double label in new[] { -1.0, 0, 0.5, 1, 2, 3 }) data.Add([0.0], label, 1);
        new LabelBounds(0, 1).CountOutside(data).Should().Be(3);
        FluentActions.Invoking(() => new LabelBounds(0, 1).Check(data, "training")).Should().Throw<ArgumentException>().WithMessage("3 of 6 training labels, which go from -1 to 3, lie outside the bounds from 0 to 1: widen the bounds*");
        FluentActions.Invoking(() => new LabelBounds(-1, 3).Check(data, "training")).Should().NotThrow();
    }
}
