namespace GnMlNet.Balls.Tests;

/// <summary>Functions against themselves at more bits, against one another, and against the values of another program.</summary>
public class BallFunctionTests
{
    private static readonly Dictionary<string, Func<Ball, int, Ball>> Functions = new()
    {
        ["exp"] = Ball.Exp,
        ["expm1"] = Ball.Expm1,
        ["log"] = Ball.Log,
        ["log1p"] = Ball.Log1p,
        ["sqrt"] = Ball.Sqrt,
        ["tanh"] = Ball.Tanh,
        ["tanh-slope"] = Ball.TanhSlope,
        ["tanh-curvature"] = Ball.TanhCurvature,
        ["logistic"] = Ball.Logistic,
        ["logistic-slope"] = Ball.LogisticSlope,
        ["logistic-curvature"] = Ball.LogisticCurvature,
        ["cos"] = Ball.Cos,
        ["sin"] = Ball.Sin,
    };

    [Fact]
    public void Values_of_mpmath_are_in_the_balls_and_the_balls_are_as_narrow_as_their_bits()
    {
        using StreamReader reader = new(typeof(BallFunctionTests).Assembly.GetManifestResourceStream("functions.csv")!);
        reader.ReadLine();
        int count = 0;
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            Dyadic x = new(System.Numerics.BigInteger.Parse(cells[1]), long.Parse(cells[2]));
            Ball printed = Ball.FromDecimal(cells[3], 500);
            // 120 significant digits: half a unit of the last is below 10^-118 and that is below 2^-391 of the value.
            Ball value = new(printed.Midpoint, printed.Radius + (Magnitude.Of(printed.Midpoint) << -391));
            foreach (int bits in new[] { 2, 20, 64, 128, 256, 384 })
            {
                Ball ours = cells[0] switch { "ln2" => Ball.Ln2(bits), "pi" => Ball.Pi(bits), _ => Functions[cells[0]](Ball.Exact(x), bits) };
                ours.Overlaps(value).Should().BeTrue($"{cells[0]} of {x} at {bits} bits: {ours}");
                (ours.Radius <= value.AbsUpper() << (1 - bits)).Should().BeTrue($"{cells[0]} of {x} at {bits} bits: {ours}");
                count++;
            }
        }

        count.Should().BeGreaterThan(4000);
    }

    [Fact]
    public void Values_at_points_are_in_the_result_of_the_ball() => BallArithmeticTests.Repeat(9_000, 11, random =>
    {
        (Ball x, int bits) = (random.NarrowBall(-60, 9), random.Bits());
        Dyadic point = random.Point(x);
        foreach ((string name, Func<Ball, int, Ball> function) in Functions)
        {
            Ball result = function(x, bits);
            if (!result.IsFinite) continue;
            Ball value = function(Ball.Exact(point), 430);
            if (!result.Overlaps(value) || !value.IsFinite) Assert.Fail($"{name} of {point} in {x.Midpoint} {x.Radius} at {bits} bits: {result}");
        }
    });

    [Fact]
    public void A_narrow_argument_widens_the_result_by_the_derivative_and_no_more() => BallArithmeticTests.Repeat(1_000, 12, random =>
    {
        Dyadic m = random.Number(-20, 4);
        if (m.IsZero || m.Abs() > 12) return;
        Magnitude r = Magnitude.Of(m) << -60;
        Ball x = new(m, r);
        Check(Ball.Exp, Ball.Exp);
        Check(Ball.Expm1, Ball.Exp);
        if (m.Sign > 0) Check(Ball.Log, (a, bits) => Ball.Divide(Ball.One, a, bits));
        Check(Ball.Tanh, Ball.TanhSlope);
        Check(Ball.LogisticSlope, (_, _) => Ball.Exact(0.1));
        Check(Ball.Logistic, Ball.LogisticSlope);
        Check(Ball.Sin, Ball.Cos);
        Check(Ball.Cos, Ball.Sin);
        Check(Ball.TanhCurvature, (a, bits) => Ball.TanhSlope(a, bits) << 2);

        void Check(Func<Ball, int, Ball> function, Func<Ball, int, Ball> slope)
        {
            Magnitude expected = slope(Ball.Exact(m), 53).AbsUpper() * r;
            (function(x, 300).Radius <= expected * Magnitude.Of(1.0001)).Should().BeTrue($"{m}");
        }
    });

    [Fact]
    public void Functional_equations_hold() => BallArithmeticTests.Repeat(3_000, 13, random =>
    {
        (Ball a, Ball b, int bits) = (random.NarrowBall(-30, 6), random.NarrowBall(-30, 6), random.Bits());
        Ball Add(Ball x, Ball y) => Ball.Add(x, y, bits);
        Ball Times(Ball x, Ball y) => Ball.Multiply(x, y, bits);
        Same(Ball.Exp(Add(a, b), bits), Times(Ball.Exp(a, bits), Ball.Exp(b, bits)));
        Same(Ball.Expm1(a, bits), Ball.Subtract(Ball.Exp(a, bits), Ball.One, bits));
        Same(Ball.Log(Ball.Exp(a, bits), bits), a);
        Same(Ball.Log1p(Ball.Expm1(a, bits), bits), a);
        Same(Ball.Exp(Ball.Log(Ball.Abs(a), bits), bits), Ball.Abs(a));
        Ball u = Ball.Tanh(a, bits), v = Ball.Tanh(b, bits);
        Same(Ball.Tanh(Add(a, b), bits), Ball.Divide(Add(u, v), Add(Ball.One, Times(u, v)), bits));
        Same(Ball.TanhSlope(a, bits), Ball.Subtract(Ball.One, Ball.Square(u, bits), bits));
        Same(Ball.TanhCurvature(a, bits), Times(Ball.Exact(-2), Times(u, Ball.TanhSlope(a, bits))));
        Ball s = Ball.Logistic(a, bits);
        Same(s << 1, Add(Ball.One, Ball.Tanh(a << -1, bits)));
        Same(Ball.LogisticSlope(a, bits), Times(s, Ball.Logistic(Ball.Negate(a), bits)));
        Same(Ball.LogisticCurvature(a, bits), Times(Ball.LogisticSlope(a, bits), Ball.Subtract(Ball.One, s << 1, bits)));
        Ball c = Ball.Cos(a, bits), d = Ball.Sin(a, bits);
        Same(Add(Ball.Square(c, bits), Ball.Square(d, bits)), Ball.One);
        Same(Ball.Cos(Add(a, b), bits), Ball.Subtract(Times(c, Ball.Cos(b, bits)), Times(d, Ball.Sin(b, bits)), bits));
        Same(Ball.Sin(Add(a, b), bits), Add(Times(d, Ball.Cos(b, bits)), Times(c, Ball.Sin(b, bits))));
        Same(Ball.Cos(Ball.Add(a, Ball.Pi(bits), bits), bits), Ball.Negate(c));
        Same(Ball.Sin(Ball.Subtract(Ball.Pi(bits) << -1, a, bits), bits), c);
        Same(Ball.Square(Ball.Sqrt(Ball.Abs(a), bits), bits), Ball.Abs(a));

        void Same(Ball left, Ball right)
        {
            if (!left.Overlaps(right)) Assert.Fail($"{bits} bits, {a.Midpoint} {a.Radius}, {b.Midpoint} {b.Radius}: {left} and {right}");
        }
    });

    [Fact]
    public void Many_bits_agree_with_more()
    {
        Ball x = Ball.Divide(Ball.Exact(7), Ball.Exact(3), 10_100);
        Ball.Log(Ball.Exp(x, 10_000), 10_000).Overlaps(x).Should().BeTrue();
        (Ball.Log(Ball.Exp(x, 10_000), 10_000).Radius <= Magnitude.PowerOfTwo(-9_996)).Should().BeTrue();
        Ball.Tanh(x, 10_000).Overlaps(Ball.Tanh(x, 2_000)).Should().BeTrue();
        Ball.Ln2(9_000).Overlaps(Ball.Log(Ball.Exact(2), 8_000)).Should().BeTrue();
        Ball.Pi(100).Overlaps(Ball.Pi(5_000)).Should().BeTrue();
    }

    [Fact]
    public void A_cosine_with_more_bits_is_narrower_and_within_what_fewer_bits_allow()
    {
        foreach (Ball x in new[] { Ball.Exact(1), Ball.Exact(-0.3), Ball.Exact(1e17), Ball.Exact(Math.PI / 2), Ball.Exact(3) << 900 })
        {
            Ball precise = Ball.Cos(x, 2_000);
            Magnitude last = Magnitude.Infinity;
            for (int bits = 8; bits <= 1_024; bits *= 2)
            {
                Ball value = Ball.Cos(x, bits);
                (value.Radius < last && value.Contains(precise)).Should().BeTrue($"{x} at {bits} bits: {value}");
                last = value.Radius;
            }
        }
    }

    [Fact]
    public void A_wide_angle_or_one_beyond_all_periods_may_have_any_cosine()
    {
        var any = new Ball(Dyadic.Zero, Magnitude.One);
        foreach (Func<Ball, int, Ball> function in new Func<Ball, int, Ball>[] { Ball.Cos, Ball.Sin })
        {
            function(new Ball(7, Magnitude.Of(3.2)), 64).Should().Be(any);
            function(Ball.Exact(1) << (1L << 40), 64).Should().Be(any);
            function(Ball.Indeterminate, 64).IsFinite.Should().BeFalse();
            (function(new Ball(7, Magnitude.Of(0.9)), 64).Radius <= Magnitude.One).Should().BeTrue();
        }
    }

    [Fact]
    public void Huge_arguments_are_answered_soundly()
    {
        Ball huge = Ball.Exact(2) << 90;
        Ball.Exp(huge, 64).IsFinite.Should().BeFalse();
        Ball tiny = Ball.Exp(Ball.Negate(huge), 64);
        (tiny.ContainsZero && tiny.Upper > Dyadic.Zero && tiny.Upper <= Dyadic.One << -(1L << 40)).Should().BeTrue();
        Ball edge = Ball.Exp(Ball.Exact(1) << 39, 64);
        (edge.Radius <= edge.AbsUpper() << -63).Should().BeTrue();
        Ball.Log(edge, 64).Contains(Dyadic.One << 39).Should().BeTrue();
        foreach (Func<Ball, int, Ball> function in Functions.Values)
        {
            function(Ball.Exact(1) << -(1L << 45), 64).IsFinite.Should().BeTrue();
        }

        Ball.Tanh(huge, 64).Contains(Dyadic.One).Should().BeTrue();
        Ball.Tanh(new Ball(0, Magnitude.PowerOfTwo(1000)), 64).Contains(Ball.Tanh(Ball.Exact(3), 64)).Should().BeTrue();
        Ball.Expm1(Ball.Negate(huge), 64).Contains(-Dyadic.One).Should().BeTrue();
        (Ball.TanhSlope(huge, 64).AbsUpper() <= Magnitude.PowerOfTwo(-1000)).Should().BeTrue();
    }
}
