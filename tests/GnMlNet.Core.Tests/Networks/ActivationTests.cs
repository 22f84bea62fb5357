using CsCheck;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Tests.Networks;

public class ActivationTests
{
    public static TheoryData<string> Names => new(Activation.All.Select(activation => activation.Name));

    private static Activation Named(string name) => Activation.All.Single(activation => activation.Name == name);

    [Theory, MemberData(nameof(Names))]
    public void The_slope_is_the_derivative_of_the_value(string name)
    {
        Activation activation = Named(name);
        Gen.Double[-6, 6].Sample(z =>
        {
            const double h = 1e-3;
            // Central differences of fourth order: their error is of order h^4 = 1e-12.
            double difference = ((8 * (activation.Value(z + h) - activation.Value(z - h))) - (activation.Value(z + (2 * h)) - activation.Value(z - (2 * h)))) / (12 * h);
            return Math.Abs(difference - activation.Slope(z)) < 1e-11;
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void The_value_is_bounded_increasing_and_symmetric_about_its_middle(string name)
    {
        Activation activation = Named(name);
        double middle = activation.Value(0);
        Gen.Double[-50, 50].Sample(z =>
            Math.Abs(activation.Value(z)) <= 1
            && activation.Value(z + 0.5) >= activation.Value(z)
            && Math.Abs(activation.Value(z) + activation.Value(-z) - (2 * middle)) < 1e-15);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_slope_is_even_and_falls_off_exponentially_without_losing_digits(string name)
    {
        Activation activation = Named(name);
        Gen.Double[20, 300].Sample(z =>
        {
            // Far out the slope is c exp(-r z), so its ratio over a unit step is exp(-r): r = 2 for tanh, 1 for the logistic.
            double rate = activation == Activation.Tanh ? 2 : 1;
            double ratio = activation.Slope(z + 1) / activation.Slope(z);
            return activation.Slope(z) == activation.Slope(-z) && Math.Abs((ratio / Math.Exp(-rate)) - 1) < 1e-8;
        });
    }

    [Fact]
    public void The_logistic_is_a_shifted_and_halved_tanh() =>
        Gen.Double[-30, 30].Sample(z => Math.Abs(Activation.Logistic.Value(2 * z) - ((1 + Activation.Tanh.Value(z)) / 2)) < 1e-15);

    [Theory, MemberData(nameof(Names))]
    public void Infinite_arguments_give_the_limits_and_a_missing_one_stays_missing(string name)
    {
        Activation activation = Named(name);
        activation.Value(double.PositiveInfinity).Should().Be(1);
        activation.Slope(double.PositiveInfinity).Should().Be(0);
        activation.Slope(double.NegativeInfinity).Should().Be(0);
        activation.Value(double.NaN).Should().Be(double.NaN);
        activation.Slope(double.NaN).Should().Be(double.NaN);
    }
}
