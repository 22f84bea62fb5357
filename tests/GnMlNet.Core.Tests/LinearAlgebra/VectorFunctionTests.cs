using System.Numerics;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class VectorFunctionTests
{
    // Where a function bends, near zero, across the ranges of its reduction, and where it saturates.
    private static IEnumerable<double> Arguments(int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            double u = random.NextDouble();
            double magnitude = (i % 4) switch
            {
                0 => 3 * u,
                1 => Math.Exp(Math.Log(1e-12) * u),
                2 => 40 * u,
                _ => (Math.Log(2) / 4 * random.Next(1, 60)) + (1e-6 * (u - 0.5)),
            };
            yield return random.Next(2) == 0 ? magnitude : -magnitude;
        }
    }

    private static double WorstError(Func<double, double> computed, Func<double, BigInteger> exact) =>
        Arguments(20_000).Max(z => ExactFunctions.ErrorInUlps(computed(z), exact(z)));

    [Fact]
    public void Tanh_is_within_one_ulp() => WorstError(VectorMap<VectorTanh>.Value, ExactFunctions.Tanh).Should().BeLessThanOrEqualTo(1);

    [Fact]
    public void The_slope_of_tanh_is_within_four_ulps() => WorstError(VectorMap<VectorTanh>.Slope, ExactFunctions.TanhSlope).Should().BeLessThanOrEqualTo(4);

    [Fact]
    public void The_logistic_is_within_one_ulp() => WorstError(VectorMap<VectorLogistic>.Value, ExactFunctions.Logistic).Should().BeLessThanOrEqualTo(1);

    [Fact]
    public void The_slope_of_the_logistic_is_within_four_ulps() => WorstError(VectorMap<VectorLogistic>.Slope, ExactFunctions.LogisticSlope).Should().BeLessThanOrEqualTo(4);

    [Fact]
    public void The_exact_functions_agree_with_the_base_library_to_its_accuracy()
    {
        foreach (double z in Arguments(500))
        {
            ExactFunctions.ErrorInUlps(Math.Tanh(z), ExactFunctions.Tanh(z)).Should().BeLessThan(3);
            if (z > 0) ExactFunctions.ErrorInUlps(1 / (1 + Math.Exp(-z)), ExactFunctions.Logistic(z)).Should().BeLessThan(3);
        }
    }

    [Fact]
    public void A_span_of_any_length_gives_the_bits_of_single_numbers()
    {
        for (int length = 0; length < 40; length++)
        {
            double[] z = [.. Arguments(length)], value = new double[length], both = new double[length], slope = new double[length];
            VectorMap<VectorTanh>.Evaluate(z, value);
            VectorMap<VectorTanh>.Evaluate(z, both, slope);
            value.Should().Equal(z.Select(VectorMap<VectorTanh>.Value)).And.Equal(both);
            slope.Should().Equal(z.Select(VectorMap<VectorTanh>.Slope));
        }
    }

    [Theory]
    [InlineData(0.0, 0.0, 0.5)]
    [InlineData(5e-324, 5e-324, 0.5)]
    [InlineData(1e-300, 1e-300, 0.5)]
    [InlineData(1e300, 1, 1)]
    [InlineData(double.MaxValue, 1, 1)]
    [InlineData(double.PositiveInfinity, 1, 1)]
    [InlineData(double.NegativeInfinity, -1, 0)]
    [InlineData(-1e300, -1, 0)]
    [InlineData(double.NaN, double.NaN, double.NaN)]
    public void Special_arguments_give_the_limits(double z, double tanh, double logistic)
    {
        VectorMap<VectorTanh>.Value(z).Should().Be(tanh);
        VectorMap<VectorLogistic>.Value(z).Should().Be(logistic);
        if (Math.Abs(z) > 1000) VectorMap<VectorTanh>.Slope(z).Should().Be(0);
        if (Math.Abs(z) > 1000) VectorMap<VectorLogistic>.Slope(z).Should().Be(0);
        if (double.IsNaN(z)) VectorMap<VectorTanh>.Slope(z).Should().Be(double.NaN);
    }

    [Fact]
    public void The_sign_of_zero_is_kept() => double.IsNegative(VectorMap<VectorTanh>.Value(-0.0)).Should().BeTrue();
}
