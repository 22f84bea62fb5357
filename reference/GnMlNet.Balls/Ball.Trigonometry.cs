namespace GnMlNet.Balls;

/// <content>The cosine and the sine.</content>
public readonly partial struct Ball
{
    /// <summary>Beyond 2^65536 a period is not looked for: pi would be needed with as many places.</summary>
    private const long GreatestAngleExponent = 1 << 16;

    /// <summary>A cosine with more leading zeros than this is computed once more with as many places in addition.</summary>
    private const int SpareLeadingZeros = 6;

    /// <summary>
    /// Contains the cosine of every point, in radians; relatively accurate unless more than 2 <paramref name="bits"/> + 64 places cancel. It is [-1, 1] where nothing better is
    /// known: for a radius of 1 and more, and beyond 2^65536.
    /// </summary>
    public static Ball Cos(Ball x, int bits) => OfAngle(x, bits, CosOf, SinOf);

    /// <summary>Contains the sine of every point, in radians; as accurate as <see cref="Cos"/>, and relatively accurate for every small one.</summary>
    public static Ball Sin(Ball x, int bits) => OfAngle(x, bits, SinOf, CosOf);

    private static Ball OfAngle(Ball x, int bits, Func<Dyadic, int, Ball> function, Func<Dyadic, int, Ball> slope)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        if (x.Radius >= Magnitude.One) return OneEitherSide;
        Ball value = function(x.Midpoint, bits);
        if (x.IsExact) return value;
        // |f(m + s) - f(m)| <= |f'(m)| |s| + s^2/2, since |f''| <= 1, and at most |s|, since |f'| <= 1.
        Magnitude steepest = Magnitude.Min(Magnitude.One, slope(x.Midpoint, 32).AbsUpper() + (x.Radius << -1)), radius = value.Radius + (x.Radius * steepest);
        return radius < Magnitude.One ? new Ball(value.Midpoint, radius) : OneEitherSide;
    }

    private static Ball OneEitherSide => new(Dyadic.Zero, Magnitude.One);

    private static Ball CosOf(Dyadic x, int bits) => CosOfQuarters(x, isSine: false, bits, lost: 0);

    private static Ball SinOf(Dyadic x, int bits)
    {
        if (x.IsZero) return Zero;
        long small = -x.TopExponent;
        // |sin x - x| <= |x|^3/6 <= |x|^3.
        if (small > (bits / 2) + 4) return Rounded(x, Magnitude.Of(x) * Magnitude.Of(x) * Magnitude.Of(x), bits);
        return CosOfQuarters(x, isSine: true, bits, lost: (int)Math.Max(0, small));
    }

    /// <summary>cos x, or sin x = sign(x) cos(|x| - pi/2): up to its sign the cosine of an angle in [0, pi/2].</summary>
    private static Ball CosOfQuarters(Dyadic x, bool isSine, int bits, int lost)
    {
        if (x.IsZero) return One;
        if (x.TopExponent > GreatestAngleExponent) return OneEitherSide;
        int doublings = Math.Max(3, (int)Math.Sqrt(bits) / 2);
        int kept = Wider(bits, 16L + lost), places = Wider(kept, 2L * doublings);
        // |x| = n pi + s with s in [0, pi), in units of 2^-(kept + more); n takes as many places more as it has.
        int more = (int)Math.Max(0, x.TopExponent) + 3;
        BigInteger pi = FixedPoint.Pi(kept + more);
        BigInteger n = BigInteger.DivRem(FixedPoint.Floor(x.Abs(), kept + more), pi, out BigInteger s);
        // cos(pi - s) = -cos s, and sin s = cos(s - pi/2).
        bool isNegative = !n.IsEven ^ (isSine && x.Sign < 0), isObtuse = (s << 1) > pi;
        BigInteger angle = isSine ? BigInteger.Abs(s - (pi >> 1)) : isObtuse ? pi - s : s;
        isNegative ^= !isSine && isObtuse;

        BigInteger value = (BigInteger.One << places) - FixedPoint.OneLessCosine(angle >> more, doublings, places, out int units);
        // The angle is at most 2 units of 2^-kept off, and the cosine at most as much.
        Magnitude error = Magnitude.Of(units + 2.0) << -kept;
        var number = new Dyadic(isNegative ? -value : value, -places);
        int zeros = (int)Math.Min((2L * bits) + 64, number.IsZero ? long.MaxValue : -number.TopExponent);
        return zeros > lost + SpareLeadingZeros ? CosOfQuarters(x, isSine, bits, zeros) : Rounded(number, error, bits);
    }
}
