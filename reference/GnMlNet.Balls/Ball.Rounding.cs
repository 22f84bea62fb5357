namespace GnMlNet.Balls;

/// <content>What moves the errors of midpoints to the radius, and bounds from below.</content>
public readonly partial struct Ball
{
    /// <summary>Numbers that differ by more binary places than this are not added exactly where a bound will do.</summary>
    private const long FarApart = 1 << 16;

    private static bool AreFarApart(Dyadic a, Dyadic b) => !a.IsZero && !b.IsZero && Math.Abs(a.TopExponent - b.TopExponent) > FarApart;

    /// <summary>At least a + b; the sum itself unless the two are far apart.</summary>
    private static Dyadic SumAbove(Dyadic a, Dyadic b)
    {
        if (!AreFarApart(a, b)) return a + b;
        (Dyadic smaller, Dyadic greater) = a.TopExponent < b.TopExponent ? (a, b) : (b, a);
        // Zero is at least a negative number; a positive one is below 2^TopExponent, which is at most this power of two.
        return smaller.Sign < 0 ? greater : greater + (Dyadic.One << (greater.TopExponent - FarApart));
    }

    /// <summary>The ball around the number rounded to so many bits, at most half a unit of its last place away.</summary>
    internal static Ball Rounded(Dyadic number, Magnitude radius, int bits)
    {
        if (!radius.IsFinite) return Indeterminate;
        if (number.IsZero) return new Ball(number, radius);
        long place = number.TopExponent - bits;
        return number.Exponent >= place ? new Ball(number, radius) : new Ball(number.RoundTo(place), radius + Magnitude.PowerOfTwo(place - 1));
    }

    /// <summary>A number of at most 53 bits, not negative, that is at most |number| - radius; zero if that is not positive.</summary>
    private static Magnitude Below(Dyadic number, Magnitude radius)
    {
        if (number.IsZero || !radius.IsFinite) return Magnitude.Zero;
        // Cut to a few more than 53 bits before and to 53 after: a magnitude then holds it exactly.
        Dyadic size = number.Truncate(120).Abs();
        if (!radius.IsZero)
        {
            // A radius much smaller than that counts as this power of two, which is greater.
            long least = size.TopExponent - 64;
            Dyadic cut = radius.Exponent < least ? Dyadic.One << least : radius.ToDyadic();
            if (cut >= size) return Magnitude.Zero;
            size -= cut;
        }

        return Magnitude.Of(size.Truncate(53));
    }
}
