using CsCheck;

namespace GnMlNet.Balls.Tests;

public class MagnitudeTests
{
    private static readonly Gen<Magnitude> Bounds = Gen.Select(Gen.Double[1, 2], Gen.Int[-1200, 1200], Gen.Int[0, 9]).Select((mantissa, exponent, kind) =>
        kind == 0 ? Magnitude.Zero : Magnitude.Of(kind == 1 ? 1 : mantissa) << exponent);

    [Fact]
    public void Every_operation_is_at_least_the_exact_result_and_close_to_it() => Gen.Select(Bounds, Bounds).Sample(
        (a, b) =>
        {
            (Dyadic x, Dyadic y) = (a.ToDyadic(), b.ToDyadic());
            Check((a + b).ToDyadic(), x + y);
            Check((a * b).ToDyadic(), x * y);
            // r >= x/y and r close: r y >= x.
            if (!b.IsZero) Check((a / b).ToDyadic() * y, x);
            Check(a.SquareRoot().ToDyadic() * a.SquareRoot().ToDyadic(), x);
            a.CompareTo(b).Should().Be(x.CompareTo(y));
        },
        iter: 100_000);

    [Fact]
    public void Conversions_are_exact_or_round_up() => Gen.Select(Gen.Double, Gen.Int[0, 300], Gen.Int).Sample(
        (value, bits, seed) =>
        {
            if (double.IsFinite(value))
            {
                Magnitude.Of(value).ToDyadic().Should().Be(Dyadic.FromDouble(value).Abs());
                Magnitude.Of(value).ToDouble().Should().Be(Math.Abs(value));
                Magnitude tiny = Magnitude.Of(value) << -1000;
                (Dyadic.FromDouble(tiny.ToDouble()) >= tiny.ToDyadic()).Should().BeTrue();
            }

            var bytes = new byte[bits / 8 + 1];
            new Random(seed).NextBytes(bytes);
            var integer = new BigInteger(bytes);
            Check(Magnitude.Of(integer).ToDyadic(), new Dyadic(BigInteger.Abs(integer), 0));
        },
        iter: 50_000);

    // Ones, and a one at places where a conversion to double decides how it rounds.
    [Fact]
    public void Integers_next_to_doubles_and_next_to_the_middle_of_two_round_up() => Gen.Select(Gen.Int[1, 1200], Gen.Int[0, 60], Gen.Int[-2, 2], Gen.Bool).Sample(
        (length, place, step, isMiddle) =>
        {
            BigInteger all = (BigInteger.One << length) - 1, head = BigInteger.One << length;
            int last = Math.Max(0, length - place);
            foreach (BigInteger value in new[] { all, head, all - (BigInteger.One << last), head + (BigInteger.One << last), isMiddle ? head + ((BigInteger)3 << Math.Max(0, last - 1)) : all >> 1 })
            {
                BigInteger integer = BigInteger.Max(0, value + step);
                Check(Magnitude.Of(integer).ToDyadic(), new Dyadic(integer, 0));
                Check(Magnitude.Of(-integer).ToDyadic(), new Dyadic(integer, 0));
            }
        },
        iter: 50_000);

    [Fact]
    public void Its_decimal_text_is_at_least_the_bound_and_close_to_it() => Bounds.Sample(
        bound =>
        {
            if (bound.IsZero) return;
            string[] parts = bound.ToString().Split('e');
            string[] digits = parts[0].Split('.');
            int power = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) - digits[1].Length;
            // text >= bound >= text (1 - 1/999), as integers
            BigInteger text = BigInteger.Parse(digits[0] + digits[1], System.Globalization.CultureInfo.InvariantCulture), ten = BigInteger.Pow(10, Math.Abs(power));
            Dyadic exact = bound.ToDyadic(), left = new(power >= 0 ? text * ten : text, 0), right = power >= 0 ? exact : exact * new Dyadic(ten, 0);
            (left >= right).Should().BeTrue();
            (left * 998 <= right * 1000).Should().BeTrue();
        },
        iter: 5_000);

    [Fact]
    public void Infinity_and_zero_follow_their_rules()
    {
        Magnitude huge = Magnitude.PowerOfTwo(long.MaxValue - 1), tiny = Magnitude.PowerOfTwo(long.MinValue + 1);
        (huge + tiny >= huge && tiny + huge >= huge && (huge + tiny).IsFinite).Should().BeTrue();
        (Magnitude.Infinity + Magnitude.One).IsFinite.Should().BeFalse();
        (Magnitude.Infinity * Magnitude.Zero).Should().Be(Magnitude.Zero);
        (Magnitude.One / Magnitude.Zero).IsFinite.Should().BeFalse();
        Magnitude.Of(double.NaN).IsFinite.Should().BeFalse();
        (Magnitude.Infinity > Magnitude.One).Should().BeTrue();
        (Magnitude.PowerOfTwo(5000)).ToDouble().Should().Be(double.PositiveInfinity);
        (Magnitude.PowerOfTwo(-5000)).ToDouble().Should().Be(double.Epsilon);
    }

    private static void Check(Dyadic bound, Dyadic exact)
    {
        (bound >= exact).Should().BeTrue();
        // Within a few units of the 53rd bit.
        ((bound - exact) << 50 <= exact).Should().BeTrue();
    }
}
