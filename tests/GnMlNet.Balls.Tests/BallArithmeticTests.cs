namespace GnMlNet.Balls.Tests;

/// <summary>The exact result for points of the operands is a point of the result: decided by fractions of integers.</summary>
public class BallArithmeticTests
{
    [Fact]
    public void Sums_products_and_quotients_of_points_are_in_the_results() => Repeat(90_000, 1, random =>
    {
        (Ball a, Ball b, int bits) = (random.Ball(), random.Ball(), random.Bits());
        // Near-equal operands cancel.
        if (random.Next(0, 4) == 0) b = new Ball(a.Midpoint + random.Number(-300, 0), b.Radius);
        (Dyadic p, Dyadic q) = (random.Point(a), random.Point(b));
        (Rational x, Rational y) = (Rational.Of(p), Rational.Of(q));
        Expect(x + y, Ball.Add(a, b, bits), a, b, bits);
        Expect(x - y, Ball.Subtract(a, b, bits), a, b, bits);
        Expect(x * y, Ball.Multiply(a, b, bits), a, b, bits);
        Expect(x * x, Ball.Square(a, bits), a, a, bits);
        Expect(x, a.Round(bits), a, a, bits);
        Expect(x.Abs(), Ball.Abs(a), a, a, bits);
        Ball union = Ball.Union(a, b);
        Expect(x, union, a, b, bits);
        Expect(y, union, a, b, bits);
        Ball quotient = Ball.Divide(a, b, bits);
        if (quotient.IsFinite) Expect(x / y, quotient, a, b, bits);
        quotient.IsFinite.Should().Be(!b.ContainsZero);
    });

    [Fact]
    public void An_operand_may_occur_twice() => Repeat(40_000, 2, random =>
    {
        (Ball a, int bits) = (random.Ball(), random.Bits());
        Rational x = Rational.Of(random.Point(a));
        Expect(x + x, Ball.Add(a, a, bits), a, a, bits);
        Expect(x - x, Ball.Subtract(a, a, bits), a, a, bits);
        Expect(x * x, Ball.Multiply(a, a, bits), a, a, bits);
        Ball one = Ball.Divide(a, a, bits);
        if (one.IsFinite) one.Contains(Dyadic.One).Should().BeTrue();
    });

    [Fact]
    public void Roots_and_powers_of_points_are_in_the_results() => Repeat(40_000, 3, random =>
    {
        (Ball a, int bits, int n) = (random.Ball(), random.Bits(), random.Next(-7, 8));
        Dyadic p = random.Point(a);
        Rational x = Rational.Of(p), power = new(1, 1);
        for (int i = 0; i < Math.Abs(n); i++) power *= x;
        Ball result = Ball.Pow(a, n, bits);
        if (n >= 0) Expect(power, result, a, a, bits);
        else if (result.IsFinite) Expect(new Rational(1, 1) / power, result, a, a, bits);

        Ball root = Ball.Sqrt(a, bits);
        if (!root.IsFinite) return;
        p.Sign.Should().BeGreaterThanOrEqualTo(0);
        // sqrt(x) is between the ends: the greater end's square is at least x, the smaller one's at most, if it is not negative.
        Rational low = Rational.Of(root.Lower), high = Rational.Of(root.Upper);
        ((high * high).CompareTo(x) >= 0 && (low.Numerator.Sign < 0 || (low * low).CompareTo(x) <= 0)).Should().BeTrue($"sqrt of {p} in {a.Midpoint} {a.Radius}, {bits}");
    });

    [Fact]
    public void Results_are_no_wider_than_the_rounding_and_the_first_order_of_the_radii() => Repeat(20_000, 4, random =>
    {
        int bits = random.Next(10, 400);
        Dyadic m = random.Number(-50, 50), n = random.Number(-50, 50);
        if (m.IsZero || n.IsZero) return;
        foreach (Ball exact in new[] { Ball.Add(Ball.Exact(m), Ball.Exact(n), bits), Ball.Multiply(Ball.Exact(m), Ball.Exact(n), bits),
            Ball.Divide(Ball.Exact(m), Ball.Exact(n), bits), Ball.Sqrt(Ball.Exact(m.Abs()), bits), Ball.Pow(Ball.Exact(m), 5, bits), Ball.Pow(Ball.Exact(m), -5, bits) })
        {
            (exact.IsExact || exact.Radius <= Magnitude.Of(exact.Midpoint) << (1 - bits)).Should().BeTrue();
        }

        Magnitude share = Magnitude.PowerOfTwo(-random.Next(12, 100));
        Ball a = new(m, Magnitude.Of(m) * share), b = new(n, Magnitude.Of(n) * share);
        Ball[] wide = [Ball.Multiply(a, b, 500), Ball.Divide(a, b, 500), Ball.Square(a, 500), Ball.Sqrt(Ball.Abs(a), 500), Ball.Pow(a, 3, 500)];
        double[] factors = [2, 2, 2, 0.5, 3];
        for (int i = 0; i < wide.Length; i++) (wide[i].Radius <= Magnitude.Of(wide[i].Midpoint) * share * Magnitude.Of(1.01 * factors[i])).Should().BeTrue();
    });

    [Fact]
    public void Comparisons_prove_and_refute_only_what_holds_for_all_points() => Repeat(60_000, 5, random =>
    {
        Ball a = random.Ball(-20, 20), b = random.Next(0, 2) == 0 ? random.Ball(-20, 20) : new Ball(a.Midpoint + random.Number(-40, 0), a.Radius);
        Rational x = Rational.Of(random.Point(a)), y = Rational.Of(random.Point(b));
        int order = x.CompareTo(y);
        Verdict less = Ball.Less(a, b), lessOrEqual = Ball.LessOrEqual(a, b);
        if (less == Verdict.Proved) order.Should().BeNegative();
        if (less == Verdict.Refuted) order.Should().BeGreaterThanOrEqualTo(0);
        if (lessOrEqual == Verdict.Proved) order.Should().BeLessThanOrEqualTo(0);
        if (lessOrEqual == Verdict.Refuted) order.Should().BePositive();
        if (order == 0) a.Overlaps(b).Should().BeTrue();
        if (!a.Overlaps(b)) (less == Verdict.Proved || Ball.Less(b, a) == Verdict.Proved).Should().BeTrue();
        Dyadic p = random.Point(a), q = random.Point(b);
        a.Contains(q).Should().Be(Rational.Of(q).IsIn(a));
        (a.Contains(p) && p >= a.Lower && p <= a.Upper && p.Abs() >= a.AbsLower() && p.Abs() <= a.AbsUpper().ToDyadic()).Should().BeTrue();
        if (a.Contains(b)) a.Contains(q).Should().BeTrue();
        a.ContainsZero.Should().Be(a.Contains(Dyadic.Zero));
        if (a.Sign is { } sign) p.Sign.Should().Be(sign);
    });

    [Fact]
    public void Sizes_far_apart_cost_nothing_and_stay_sound()
    {
        Ball huge = Ball.One << (1L << 50), tiny = Ball.One << -(1L << 50);
        Ball sum = Ball.Add(huge, tiny, 64);
        (sum.Contains(huge.Midpoint) && sum.Radius >= tiny.AbsUpper()).Should().BeTrue();
        Ball mixed = new(Dyadic.One, Magnitude.PowerOfTwo(-(1L << 50)));
        (mixed.Lower < Dyadic.One && mixed.Upper > Dyadic.One && !mixed.Contains(Dyadic.One << 1) && mixed.Contains(Dyadic.One)).Should().BeTrue();
        Ball.Less(tiny, huge).Should().Be(Verdict.Proved);
        Ball.Union(tiny, huge).Contains(Dyadic.One).Should().BeTrue();
        Ball.Union(tiny, huge).Contains(tiny.Midpoint).Should().BeTrue();
        Ball.Multiply(huge, tiny, 10).Midpoint.Should().Be(Dyadic.One);
    }

    [Fact]
    public void No_information_stays_none()
    {
        Ball none = Ball.Divide(Ball.One, new Ball(Dyadic.Zero, Magnitude.One), 64);
        none.IsFinite.Should().BeFalse();
        foreach (Ball ball in new[] { Ball.Add(none, Ball.One, 9), Ball.Multiply(none, Ball.Zero, 9), Ball.Tanh(none, 9), Ball.Exp(none, 9), Ball.Abs(none),
            Ball.Pow(none, 0, 9), Ball.Sqrt(Ball.Exact(-1), 9), Ball.Log(Ball.Zero, 9), Ball.Log(new Ball(1, Magnitude.One), 9), Ball.Divide(none, Ball.One, 9) })
        {
            ball.IsFinite.Should().BeFalse();
        }

        (none.Contains(Dyadic.One) && none.Overlaps(Ball.One)).Should().BeTrue();
        Ball.Less(none, Ball.One).Should().Be(Verdict.Undecided);
    }

    [Fact]
    public void Integer_roots_follow_the_definition() => Repeat(20_000, 7, random =>
    {
        BigInteger n = BigInteger.Abs(random.Integer(random.Next(1, 900)));
        if (random.Next(0, 3) == 0) n = BigInteger.Max(0, (n * n) + random.Next(-1, 2));
        BigInteger root = IntegerRoot.Floor(n);
        (root * root <= n && n < (root + 1) * (root + 1)).Should().BeTrue();
    });

    internal static void Repeat(int count, int seed, Action<RandomBalls> check)
    {
        RandomBalls random = new(seed);
        for (int i = 0; i < count; i++) check(random);
    }

    private static void Expect(Rational exact, Ball result, Ball a, Ball b, int bits)
    {
        if (!exact.IsIn(result)) Assert.Fail($"{bits} bits: {result.Midpoint} {result.Radius} from {a.Midpoint} {a.Radius}, {b.Midpoint} {b.Radius}");
    }
}
