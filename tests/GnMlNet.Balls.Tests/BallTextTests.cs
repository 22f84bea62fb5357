namespace GnMlNet.Balls.Tests;

public class BallTextTests
{
    [Fact]
    public void What_is_read_contains_what_was_written() => BallArithmeticTests.Repeat(12_000, 21, random =>
    {
        Ball ball = random.Ball(-1200, 1200);
        Ball read = Parse(ball.ToString(), random.Bits());
        if (!read.Contains(ball)) Assert.Fail($"{ball.Midpoint} {ball.Radius}: {ball}");
        Ball close = Parse(ball.ToString(), 2_000);
        Magnitude place = Magnitude.Of(ball.Midpoint) << (int)-Math.Max(0, ball.Midpoint.TopExponent - ball.Midpoint.Exponent);
        (close.Radius <= (ball.Radius * Magnitude.Of(1.3)) + place).Should().BeTrue(ball.ToString());
    });

    [Fact]
    public void Decimals_are_enclosed_as_fractions() => BallArithmeticTests.Repeat(12_000, 22, random =>
    {
        System.Numerics.BigInteger digits = random.Integer(random.Next(1, 150));
        int power = random.Next(-60, 60), bits = random.Bits();
        Rational ten = new(System.Numerics.BigInteger.Pow(10, Math.Abs(power)), 1), value = new(digits, 1);
        Ball ball = Ball.FromDecimal($"{digits}e{power}", bits);
        (power < 0 ? value / ten : value * ten).IsIn(ball).Should().BeTrue();
        (ball.Radius <= ball.AbsUpper() << (1 - bits)).Should().BeTrue();
    });

    [Theory]
    [InlineData("0.5", "0.5 +/- 0")]
    [InlineData("-3", "-3 +/- 0")]
    [InlineData("0", "0 +/- 0")]
    [InlineData(" +12.25 ", "12.25 +/- 0")]
    [InlineData("5E2", "500 +/- 0")]
    public void Short_numbers_are_written_exactly(string text, string written) => Ball.FromDecimal(text, 64).ToString().Should().Be(written);

    [Fact]
    public void Extremes_are_written_and_read()
    {
        Parse(Ball.Indeterminate.ToString(), 64).IsFinite.Should().BeFalse();
        foreach (Ball ball in new[] { Ball.Exp(Ball.Exact(1) << 39, 64), Ball.Exp(Ball.Exact(-1) << 39, 64), Ball.Exp(Ball.Exact(-1) << 50, 64) })
        {
            Parse(ball.ToString(), 64).Contains(ball).Should().BeTrue(ball.ToString());
        }

        Ball.FromDecimal("1e-400000000000", 64).Sign.Should().Be(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("1 +/- -2")]
    public void Other_text_is_refused(string text) => FluentActions.Invoking(() => Ball.FromDecimal(text, 64)).Should().Throw<FormatException>();

    // Encloses what is printed.
    private static Ball Parse(string text, int bits)
    {
        if (text.Split(" +/- ") is not [var middle, var radius]) throw new FormatException($"'{text}' is no ball.");
        if (radius == "infinity") return Ball.Indeterminate;
        Ball midpoint = Ball.FromDecimal(middle, bits);
        return new Ball(midpoint.Midpoint, midpoint.Radius + Ball.FromDecimal(radius, 64).AbsUpper());
    }
}
