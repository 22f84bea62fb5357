using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Tests.Theory;

public class ActivationBoundsTests
{
    public static TheoryData<string> Names => new(Activation.All.Select(activation => activation.Name));

    private static Activation Named(string name) => Activation.All.Single(activation => activation.Name == name);

    private static IEnumerable<double> Line => Enumerable.Range(-12_000, 24_001).Select(index => index * 1e-3);

    [Theory, MemberData(nameof(Names))]
    public void No_value_exceeds_its_bound_which_is_the_limit_at_infinity(string name)
    {
        Activation activation = Named(name);
        Line.Max(z => Math.Abs(activation.Value(z))).Should().BeLessThanOrEqualTo(activation.Bound);
        activation.Value(double.PositiveInfinity).Should().Be(activation.Bound);
    }

    [Theory, MemberData(nameof(Names))]
    public void No_slope_exceeds_its_bound_which_is_attained_at_0(string name)
    {
        Activation activation = Named(name);
        Line.Max(z => Math.Abs(activation.Slope(z))).Should().BeLessThanOrEqualTo(activation.SlopeBound);
        activation.Slope(0).Should().Be(activation.SlopeBound);
    }

    [Theory, MemberData(nameof(Names))]
    public void No_difference_quotient_of_the_slope_exceeds_the_curvature_bound_and_one_comes_near(string name)
    {
        Activation activation = Named(name);
        // A quotient is a mean of sigma'', so it stays below the bound but for 1e-16/h; the grid point nearest to the peak misses it by the square of the spacing, 1e-3.
        const double h = 1e-4;
        double greatest = Line.Max(z => Math.Abs(activation.Slope(z + h) - activation.Slope(z - h)) / (2 * h));
        greatest.Should().BeLessThanOrEqualTo(activation.CurvatureBound + 1e-11);
        greatest.Should().BeGreaterThan(activation.CurvatureBound - 2e-6);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_curvature_bound_is_attained_where_tanh_is_the_root_of_a_third(string name)
    {
        Activation activation = Named(name);
        const double h = 1e-4;
        double z = Math.Atanh(1 / Math.Sqrt(3)) * (activation == Activation.Tanh ? 1 : 2);
        double quotient = (activation.Slope(z - h) - activation.Slope(z + h)) / (2 * h);
        quotient.Should().BeApproximately(activation.CurvatureBound, 1e-7);
    }
}
