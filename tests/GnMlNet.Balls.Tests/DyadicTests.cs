using CsCheck;

namespace GnMlNet.Balls.Tests;

public class DyadicTests
{
    private static readonly Gen<Dyadic> Numbers = Gen.Select(Gen.Long, Gen.Long, Gen.Int[0, 70], Gen.Int[-200, 200]).Select((high, low, shift, exponent) =>
        new Dyadic((((BigInteger)high << 64) + low) >> (2 * shift), exponent));

    [Fact]
    public void Arithmetic_is_that_of_the_integers_on_a_common_scale() => Gen.Select(Numbers, Numbers).Sample(
        (a, b) =>
        {
            BigInteger x = a.Mantissa << (int)(a.Exponent + 400), y = b.Mantissa << (int)(b.Exponent + 400);
            Scaled(a + b, 400).Should().Be(x + y);
            Scaled(a - b, 400).Should().Be(x - y);
            Scaled(a * b, 800).Should().Be(x * y);
            a.CompareTo(b).Should().Be(x.CompareTo(y));
            (a + b - b).Should().Be(a);
        },
        iter: 100_000);

    [Fact]
    public void Doubles_convert_exactly_and_back_and_numbers_to_the_nearest_double()
    {
        Gen.Double.Sample(value =>
        {
            if (double.IsFinite(value)) Dyadic.FromDouble(value).ToDouble().Should().Be(value);
        }, iter: 100_000);
        Gen.Select(Numbers, Gen.Int[-1300, 1100]).Sample(
            (number, shift) =>
            {
                Dyadic x = number << shift;
                double nearest = x.ToDouble();
                if (!double.IsFinite(nearest))
                {
                    (x.Abs() > Dyadic.FromDouble(double.MaxValue)).Should().BeTrue();
                    return;
                }

                Dyadic error = (Dyadic.FromDouble(nearest) - x).Abs();
                foreach (double neighbour in new[] { Math.BitIncrement(nearest), Math.BitDecrement(nearest) })
                {
                    if (!double.IsFinite(neighbour)) continue;
                    Dyadic other = (Dyadic.FromDouble(neighbour) - x).Abs();
                    (error < other || (error == other && (BitConverter.DoubleToInt64Bits(nearest) & 1) == 0)).Should().BeTrue();
                }
            },
            iter: 100_000);
    }

    [Fact]
    public void Rounding_errs_by_at_most_half_a_place() => Gen.Select(Numbers, Gen.Int[-300, 300]).Sample(
        (number, place) =>
        {
            Dyadic rounded = number.RoundTo(place), error = (rounded - number).Abs();
            (rounded.IsZero || rounded.Exponent >= place || rounded == number).Should().BeTrue();
            (error <= Dyadic.One << (place - 1)).Should().BeTrue();
        },
        iter: 100_000);

    private static BigInteger Scaled(Dyadic number, int scale) => number.Mantissa << (int)(number.Exponent + scale);
}
