using System.Numerics;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class NegativeExponentialTests
{
    private const double LeastNormalFloat = 1.17549435e-38;

    [Fact]
    public void In_double_precision_it_is_within_one_ulp_of_the_exact_value()
    {
        foreach (double y in Arguments(6_000, greatest: 180)) ExactFunctions.ErrorInUlps(Of(y), ExactFunctions.NegativeExponential(y)).Should().BeLessThanOrEqualTo(1, $"y is {y:R}");
    }

    [Fact]
    public void In_double_precision_it_follows_the_base_library_to_the_end_of_the_range()
    {
        foreach (double y in Arguments(20_000, greatest: 707)) Of(y).Should().BeApproximately(Math.Exp(-y), 4e-16 * Math.Exp(-y), $"y is {y:R}");
    }

    [Fact]
    public void In_single_precision_it_is_within_two_ulps_of_the_double_value()
    {
        foreach (float y in Arguments(50_000, greatest: 87).Select(y => (float)y))
        {
            double exact = Math.Exp(-(double)y);
            float nearest = (float)exact;
            double ulp = (double)MathF.BitIncrement(nearest) - nearest;
            Math.Abs(Of(y) - exact).Should().BeLessThanOrEqualTo(2 * ulp, $"y is {y:R}");
        }
    }

    [Fact]
    public void At_zero_it_is_one_and_NaN_stays_NaN()
    {
        (Of(0.0), Of(-0.0)).Should().Be((1.0, 1.0));
        (Of(0f), Of(-0f)).Should().Be((1f, 1f));
        Of(5e-324).Should().Be(1);
        Of(1e-45f).Should().Be(1);
        Of(double.NaN).Should().Be(double.NaN);
        Of(float.NaN).Should().Be(float.NaN);
    }

    [Theory, InlineData(709), InlineData(1e4), InlineData(1e300), InlineData(double.MaxValue), InlineData(double.PositiveInfinity)]
    public void Where_the_value_would_vanish_it_is_nearly_nothing_and_never_below_zero(double y)
    {
        Of(y).Should().BeInRange(0, 1e-300);
        ((double)Of((float)y)).Should().BeInRange(0, 1e-37);
        ((double)Of(87.5f)).Should().BeInRange(0, 2 * LeastNormalFloat);
    }

    [Fact]
    public void It_never_rises_along_a_fine_grid()
    {
        double last = 1;
        float lastSingle = 1;
        for (int i = 0; i <= 100_000; i++)
        {
            double value = Of(7.2e-3 * i);
            float single = Of(9e-4f * i);
            value.Should().BeLessThanOrEqualTo(last);
            single.Should().BeLessThanOrEqualTo(lastSingle);
            (last, lastSingle) = (value, single);
        }
    }

    [Fact]
    public void A_number_gets_the_same_bits_wherever_it_stands_in_a_vector()
    {
        var random = new Random(3);
        foreach (double y in Arguments(500, greatest: 800).Append(double.NaN).Append(double.PositiveInfinity))
        {
            double[] neighbours = [.. Enumerable.Range(0, Vector<double>.Count).Select(_ => 900 * random.NextDouble())];
            float[] narrow = [.. Enumerable.Range(0, Vector<float>.Count).Select(_ => 100 * random.NextSingle())];
            for (int lane = 0; lane < Vector<double>.Count; lane++)
            {
                double[] numbers = [.. neighbours];
                numbers[lane] = y;
                BitConverter.DoubleToInt64Bits(NegativeExponential.Of(new Vector<double>(numbers))[lane]).Should().Be(BitConverter.DoubleToInt64Bits(Of(y)));
            }

            for (int lane = 0; lane < Vector<float>.Count; lane++)
            {
                float[] numbers = [.. narrow];
                numbers[lane] = (float)y;
                BitConverter.SingleToInt32Bits(NegativeExponential.Of(new Vector<float>(numbers))[lane]).Should().Be(BitConverter.SingleToInt32Bits(Of((float)y)));
            }
        }
    }

    private static double Of(double y) => NegativeExponential.Of(new Vector<double>(y))[0];

    private static float Of(float y) => NegativeExponential.Of(new Vector<float>(y))[0];

    // Small ones, evenly spread ones, and where the reduction by multiples of ln 2 changes over.
    private static IEnumerable<double> Arguments(int count, double greatest)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            double u = random.NextDouble();
            yield return (i % 3) switch
            {
                0 => Math.Exp(Math.Log(1e-20) * u),
                1 => greatest * u,
                _ => Math.Max(0, Math.Log(2) * (random.Next((int)(greatest / Math.Log(2))) + 0.5) + (1e-9 * (u - 0.5))),
            };
        }
    }
}
