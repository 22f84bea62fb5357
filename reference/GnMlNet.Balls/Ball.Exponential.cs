namespace GnMlNet.Balls;

/// <content>The exponential function and the logarithm.</content>
public readonly partial struct Ball
{
    /// <summary>Beyond 2^40 an exponential is only known to be huge or tiny.</summary>
    private const int GreatestExponent = 40;

    /// <summary>Radii above this are taken to the ends of the ball, smaller ones through a derivative.</summary>
    private static readonly Magnitude WideRadius = Magnitude.PowerOfTwo(-2);

    /// <summary>
    /// Contains e^x for every point. If a point is above 2^40 it is indeterminate; below -2^40 it knows that the value is between 0 and 2^-(2^40).
    /// </summary>
    public static Ball Exp(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        if (x.IsExact) return ExpOf(x.Midpoint, bits);
        if (x.Radius > WideRadius) return OfEnds(x, bits, ExpOf);
        Ball exp = ExpOf(x.Midpoint, bits);
        return new Ball(exp.Midpoint, exp.Radius + (exp.AbsUpper() * ExpMinusOneAbove(x.Radius)));
    }

    /// <summary>Contains e^x - 1 for every point, relatively accurate for small ones.</summary>
    public static Ball Expm1(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        if (x.IsExact) return Expm1Of(x.Midpoint, bits);
        if (x.Radius > WideRadius) return OfEnds(x, bits, Expm1Of);
        Ball exp = Expm1Of(x.Midpoint, bits);
        // e^m (e^r - 1), where e^m = 1 + expm1(m) is at most e^m's upper bound.
        Magnitude size = Add(exp, One, 32).AbsUpper();
        return new Ball(exp.Midpoint, exp.Radius + (size * ExpMinusOneAbove(x.Radius)));
    }

    /// <summary>Contains the natural logarithm of every point; indeterminate if a point may be zero or negative.</summary>
    public static Ball Log(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite || x.Midpoint.Sign <= 0) return Indeterminate;
        if (x.IsExact) return LogOf(x.Midpoint, bits);
        Magnitude least = Below(x.Midpoint, x.Radius);
        if (least.IsZero) return Indeterminate;
        if (x.Radius > Magnitude.Of(x.Midpoint) << -2) return OfEnds(x, bits, LogOf);
        Ball log = LogOf(x.Midpoint, bits);
        // The derivative is at most 1/(m - r).
        return new Ball(log.Midpoint, log.Radius + (x.Radius / least));
    }

    /// <summary>Contains the natural logarithm of 1 + x for every point, relatively accurate for small ones; indeterminate if 1 + x may not be positive.</summary>
    public static Ball Log1p(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        Dyadic m = x.Midpoint;
        if (m < new Dyadic(-1, -2) || m >= new Dyadic(1, -1))
        {
            // No cancellation: 1 + x, with all its bits, is as good as x.
            return AreFarApart(m, Dyadic.One) ? Log(Add(x, One, Wider(bits, 8)), bits) : Log(new Ball(m + Dyadic.One, x.Radius), bits);
        }

        Ball log = LogOnePlus(m, bits);
        if (x.IsExact) return log;
        // The derivative is at most 1/(1 + m - r).
        Magnitude least = Below(SumBelowOnePlus(m), x.Radius);
        return least.IsZero ? Indeterminate : new Ball(log.Midpoint, log.Radius + (x.Radius / least));
    }

    /// <summary>The union of the function's values at the two ends of a ball, which contains all values between if the function is monotone.</summary>
    private static Ball OfEnds(Ball x, int bits, Func<Dyadic, int, Ball> function) => Union(function(x.Lower, bits), function(x.Upper, bits)).Round(bits);

    /// <summary>At least e^r - 1 for 0 &lt;= r &lt;= 1: r + r^2.</summary>
    private static Magnitude ExpMinusOneAbove(Magnitude r) => r + (r * r);

    /// <summary>At most 1 + m and at least a half, with few bits, for m in [-1/4, 1/2).</summary>
    private static Dyadic SumBelowOnePlus(Dyadic m) => new(FixedPoint.Floor(m, 60) + (BigInteger.One << 60), -60);

    private static Ball ExpOf(Dyadic x, int bits)
    {
        if (x.IsZero) return One;
        if (x.TopExponent > GreatestExponent)
        {
            // |x| >= 2^40 and e^-x < 2^-x: between zero and twice the midpoint.
            long place = -(1L << GreatestExponent) - 1;
            return x.Sign > 0 ? Indeterminate : new Ball(Dyadic.One << place, Magnitude.PowerOfTwo(place));
        }

        int halvings = Math.Max(3, (int)Math.Sqrt(bits));
        int kept = Wider(bits, 14 + (BitOperations.Log2((uint)bits) / 4)), places = Wider(kept, halvings);
        // x = n ln 2 + t with t in [0, ln 2], in units of 2^-kept; n takes as many places more as it has.
        int more = (int)Math.Max(0, x.TopExponent) + 3;
        BigInteger log2 = FixedPoint.Ln2(kept + more);
        BigInteger n = BigInteger.DivRem(FixedPoint.Floor(x, kept + more), log2, out BigInteger t);
        if (t.Sign < 0)
        {
            t += log2;
            n--;
        }

        // t in units of 2^-kept is t / 2^halvings in units of 2^-places.
        BigInteger value = FixedPoint.ExpPower(t >> more, halvings, places, out int units);
        // e^t <= 3, and the argument is at most 2 units of 2^-kept off, the value at most twice that and times 3.
        Magnitude error = Magnitude.Of(3.0 * (units + 4.0)) << (halvings - places);
        return Rounded(new Dyadic(value, -places), error, bits) << (long)n;
    }

    private static Ball Expm1Of(Dyadic x, int bits)
    {
        if (x.IsZero) return Zero;
        long small = -x.TopExponent;
        if (small > (bits / 2) + 4)
        {
            // |e^x - 1 - x - x^2/2| <= |x|^3 e^|x| / 6 <= |x|^3 for |x| <= 1.
            Magnitude size = Magnitude.Of(x);
            return SumOf(x, (x * x) << -1, size * size * size, bits);
        }

        // The places that the difference cancels.
        return SumOf(ExpOf(x, Wider(bits, Math.Max(0, small) + 6)), -Dyadic.One, bits);
    }

    private static Ball SumOf(Ball a, Dyadic b, int bits) => SumOf(a.Midpoint, b, a.Radius, bits);

    private static Ball LogOf(Dyadic x, int bits)
    {
        // x = m 2^n with m in [3/4, 3/2).
        long n = x.TopExponent;
        Dyadic m = x << -n;
        if (m < new Dyadic(3, -2))
        {
            m <<= 1;
            n--;
        }

        Dyadic rest = m - Dyadic.One;
        if (n == 0) return LogOnePlus(rest, bits);
        // |log m| < 0.41 < ln 2: nothing much cancels.
        int all = Wider(bits, 4);
        Ball power = Multiply(Exact(n), Ln2(all), all);
        return Add(power, LogOnePlus(rest, all), bits);
    }

    /// <summary>Contains log(1 + d) for d in [-1/4, 1/2).</summary>
    private static Ball LogOnePlus(Dyadic d, int bits)
    {
        if (d.IsZero) return Zero;
        // |d| < 2^-small.
        long small = -d.TopExponent;
        // |log(1 + d) - d| <= d^2 / (2 (1 - |d|)) <= d^2 for |d| <= 1/2.
        if (small > bits + 2L) return Rounded(d, Magnitude.Of(d) * Magnitude.Of(d), bits);
        int all = Wider(bits, 8);
        // log(1 + d) = 2 artanh(d / (2 + d)), few terms for a small d.
        if (bits <= 48 * (small + 2)) return (Artanh(QuotientOf(d, d + 2, all), all) << 1).Round(bits);

        // Any y gives log(1 + d) = y + 2 artanh((1 + d - e^y) / (1 + d + e^y)); a good one leaves little to the second term.
        Dyadic y = LogOnePlus(d, (bits / 4) + 16).Midpoint;
        Dyadic m = d + Dyadic.One;
        all = Wider(all, small);
        Ball exp = ExpOf(y, all);
        Ball z = Divide(Subtract(Exact(m), exp, all), Add(Exact(m), exp, all), all);
        return SumOf(Artanh(z, all) << 1, y, bits);
    }

    /// <summary>Contains artanh of every point of a ball within [-1/2, 1/2].</summary>
    private static Ball Artanh(Ball z, int bits)
    {
        if (z.AbsUpper() > Magnitude.PowerOfTwo(-1)) throw new ArgumentException("A series of the inverse hyperbolic tangent beyond 1/2.", nameof(z));
        // artanh' = 1/(1 - z^2) <= 4/3 <= 2.
        if (z.Midpoint.IsZero) return new Ball(Dyadic.Zero, z.Radius << 1);
        // Small arguments have leading zeros in fixed point.
        int places = Wider(bits, 4 - z.Midpoint.TopExponent);
        BigInteger value = FixedPoint.Artanh(FixedPoint.Floor(z.Midpoint.Abs(), places), places, out int terms);
        // 2N + 4 of the series and 2 of the argument's last unit.
        Magnitude error = Magnitude.Of((2.0 * terms) + 6) << -places;
        return new Ball(new Dyadic(z.Midpoint.Sign * value, -places), error + (z.Radius << 1));
    }
}
