using CsCheck;
using GnMlNet.Balls;
using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Tests.Numbers;

public class ExtremumTests
{
    [Fact]
    public void The_minimum_of_a_parabola_is_enclosed() => Gen.Select(Gen.Int[-900, 900], Gen.Int[1, 50], Gen.Int[-5, 5]).Sample((centre, steepness, bottom) =>
    {
        Real middle = ((Real)centre).Shift(-10);
        Real minimum = Extremum.Minimum(x => (steepness * (x - middle).Square()) + bottom, x => 2 * steepness * (x - middle), -1, 1, ((Real)1).Shift(-30));
        minimum.Ball.Contains(new Dyadic(bottom, 0)).Should().BeTrue();
        (minimum.Ball.Radius < Magnitude.PowerOfTwo(-28)).Should().BeTrue();
    }, iter: 100);

    [Fact]
    public void The_integral_of_the_slope_is_the_difference_of_the_values() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 200]).Sample((start, length) =>
    {
        Real low = ((Real)start).Shift(-4), high = low + ((Real)length).Shift(-4);
        Real logarithm = new Real(high.Ball, 128).Log() - new Real(low.Ball, 128).Log();
        foreach (Real? pole in new Real?[] { null, 0 })
        {
            Real integral = Quadrature.Integral(x => 1 / x, low, high, 200, pole);
            integral.Ball.Overlaps(logarithm.Ball).Should().BeTrue();
            integral.Ball.Contains(logarithm.Ball).Should().BeTrue();
        }
    }, iter: 50);
}
