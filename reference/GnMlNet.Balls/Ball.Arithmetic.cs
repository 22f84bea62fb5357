namespace GnMlNet.Balls;

/// <content>Sums, products, quotients, roots and powers.</content>
public readonly partial struct Ball
{
    /// <summary>Contains a + b for all points of the two.</summary>
    public static Ball Add(Ball a, Ball b, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        return SumOf(a.Midpoint, b.Midpoint, a.Radius + b.Radius, bits);
    }

    /// <summary>Contains a - b for all points of the two.</summary>
    public static Ball Subtract(Ball a, Ball b, int bits) => Add(a, Negate(b), bits);

    /// <summary>Contains -a for all points; exact.</summary>
    public static Ball Negate(Ball a) => new(-a.Midpoint, a.Radius);

    /// <summary>Contains |a| for all points; exact unless the ball contains zero inside.</summary>
    public static Ball Abs(Ball a)
    {
        if (!a.IsFinite) return Indeterminate;
        // ||x| - |m|| <= |x - m|.
        if (a.Radius.IsZero || Below(a.Midpoint, Magnitude.Zero) >= a.Radius) return new Ball(a.Midpoint.Abs(), a.Radius);
        // From zero to the greatest size.
        Magnitude half = a.AbsUpper() << -1;
        return new Ball(half.ToDyadic(), half);
    }

    /// <summary>Contains a * b for all points of the two.</summary>
    public static Ball Multiply(Ball a, Ball b, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        return Rounded(a.Midpoint * b.Midpoint, RadiusOfProduct(a, b), bits);
    }

    /// <summary>At least the distance of the product of any two points from that of the midpoints; infinite if a ball is indeterminate.</summary>
    internal static Magnitude RadiusOfProduct(Ball a, Ball b)
    {
        if (!a.IsFinite || !b.IsFinite) return Magnitude.Infinity;
        Magnitude radius = Magnitude.Zero;
        // (m + s)(n + t) - mn = mt + ns + st.
        if (!b.IsExact) radius = a.AbsUpper() * b.Radius;
        if (!a.IsExact) radius += Magnitude.Of(b.Midpoint) * a.Radius;
        return radius;
    }

    /// <summary>Contains a * a for all points.</summary>
    public static Ball Square(Ball a, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!a.IsFinite) return Indeterminate;
        // (m + s)^2 - m^2 = s(2m + s).
        Magnitude radius = a.IsExact ? Magnitude.Zero : ((Magnitude.Of(a.Midpoint) << 1) + a.Radius) * a.Radius;
        return Rounded(a.Midpoint * a.Midpoint, radius, bits);
    }

    /// <summary>Contains a / b for all points of the two; indeterminate if b may be zero.</summary>
    public static Ball Divide(Ball a, Ball b, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!a.IsFinite || !b.IsFinite) return Indeterminate;
        Magnitude least = Below(b.Midpoint, b.Radius);
        if (least.IsZero) return Indeterminate;
        Ball quotient = QuotientOf(a.Midpoint, b.Midpoint, bits);
        if (a.IsExact && b.IsExact) return quotient;
        // (m + s)/(n + t) - m/n = (s - (m/n) t)/(n + t).
        return new Ball(quotient.Midpoint, quotient.Radius + ((a.Radius + (quotient.AbsUpper() * b.Radius)) / least));
    }

    /// <summary>Contains the root of every point; indeterminate if a point may be negative.</summary>
    public static Ball Sqrt(Ball a, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!a.IsFinite || a.Midpoint.Sign < 0) return Indeterminate;
        if (a.Midpoint.IsZero) return a.IsExact ? a : Indeterminate;
        if (a.Midpoint < a.Radius.ToDyadic()) return Indeterminate;
        Ball root = RootOf(a.Midpoint, bits);
        if (a.IsExact) return root;
        // |sqrt(x) - sqrt(m)| = |x - m| / (sqrt(x) + sqrt(m)), and sqrt(x) >= sqrt(m) sqrt(1 - r/m) >= sqrt(m) (1 - r/m), so at most r / (sqrt(m)(2 - r/m)).
        Magnitude share = Magnitude.Min(a.Radius / Below(a.Midpoint, Magnitude.Zero), Magnitude.One);
        Magnitude rest = Below(2, share);
        return new Ball(root.Midpoint, root.Radius + (a.Radius / Below(root.Midpoint, root.Radius) / rest));
    }

    /// <summary>Contains the power of every point; x^0 is 1 for every x, and a negative power of a ball that may be zero is indeterminate.</summary>
    public static Ball Pow(Ball a, int exponent, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!a.IsFinite) return Indeterminate;
        if (exponent < 0) return Divide(One, Power(a, (ulong)-(long)exponent, Wider(bits, 4)), bits);
        return Power(a, (ulong)exponent, bits);
    }

    /// <summary>So many bits more; their number is no part of any bound.</summary>
    private static int Wider(int bits, long more) => checked((int)(bits + more));

    /// <summary>Contains the sum of the two numbers and of anything within the radius.</summary>
    private static Ball SumOf(Dyadic a, Dyadic b, Magnitude radius, int bits)
    {
        if (!radius.IsFinite) return Indeterminate;
        if (a.IsZero) return Rounded(b, radius, bits);
        if (b.IsZero) return Rounded(a, radius, bits);
        long gap = a.TopExponent - b.TopExponent;
        if (Math.Abs(gap) <= bits + 16L) return Rounded(a + b, radius, bits);
        // The smaller one is far below the last place of the sum: it is an error.
        return gap > 0 ? Rounded(a, radius + Magnitude.Of(b), bits) : Rounded(b, radius + Magnitude.Of(a), bits);
    }

    private static Ball QuotientOf(Dyadic a, Dyadic b, int bits)
    {
        if (a.IsZero) return Zero;
        BigInteger n = a.Mantissa, d = b.Mantissa;
        // The integer quotient has at least bits + 2 bits.
        int shift = (int)Math.Max(0, bits + 2 + BigInteger.Abs(d).GetBitLength() - BigInteger.Abs(n).GetBitLength());
        BigInteger quotient = BigInteger.DivRem(n << shift, d, out BigInteger rest);
        long place = checked(a.Exponent - b.Exponent - shift);
        // What the integer division cuts off is below one unit of its last place.
        return Rounded(new Dyadic(quotient, place), rest.IsZero ? Magnitude.Zero : Magnitude.PowerOfTwo(place), bits);
    }

    private static Ball RootOf(Dyadic a, int bits)
    {
        // An even exponent, and a mantissa of at least 2 bits + 3 bits, so that its root has at least bits + 2.
        long shift = Math.Max(0, (2L * bits) + 3 - a.Mantissa.GetBitLength());
        if (((a.Exponent - shift) & 1) != 0) shift++;
        BigInteger n = a.Mantissa << (int)shift, root = IntegerRoot.Floor(n);
        long place = (a.Exponent - shift) / 2;
        return Rounded(new Dyadic(root, place), root * root == n ? Magnitude.Zero : Magnitude.PowerOfTwo(place), bits);
    }

    private static Ball Power(Ball a, ulong exponent, int bits)
    {
        if (exponent == 0) return One;
        if (exponent == 1) return Rounded(a.Midpoint, a.Radius, bits);
        Ball power = PowerOf(a.Midpoint, exponent, Wider(bits, 4 + BitOperations.Log2(exponent)));
        Magnitude radius = power.Radius;
        if (!a.IsExact)
        {
            // |x^n - m^n| <= n r (|m| + r)^(n-1) by the mean value, and it is at most |x|^n + |m|^n.
            Magnitude all = PowerOf(a.AbsUpper(), exponent - 1);
            radius += Magnitude.Min(Magnitude.Of((BigInteger)exponent) * a.Radius * all, (all * a.AbsUpper()) + power.AbsUpper());
        }

        return Rounded(power.Midpoint, radius, bits);
    }

    private static Ball PowerOf(Dyadic a, ulong exponent, int bits)
    {
        Ball x = Exact(a), power = x;
        for (int bit = BitOperations.Log2(exponent) - 1; bit >= 0; bit--)
        {
            power = Square(power, bits);
            if (((exponent >> bit) & 1) != 0) power = Multiply(power, x, bits);
        }

        return power;
    }

    private static Magnitude PowerOf(Magnitude a, ulong exponent)
    {
        Magnitude power = Magnitude.One;
        for (int bit = 63 - BitOperations.LeadingZeroCount(exponent); bit >= 0; bit--)
        {
            power *= power;
            if (((exponent >> bit) & 1) != 0) power *= a;
        }

        return power;
    }
}
