using System.Globalization;

namespace GnMlNet.Balls;

/// <summary>An exact number mantissa * 2^exponent. Sums, differences and products are exact. Immutable.</summary>
public readonly record struct Dyadic : IComparable<Dyadic>
{
    /// <summary>Makes a number; trailing zeros of the mantissa move to the exponent, so equal numbers are equal in both parts.</summary>
    /// <param name="mantissa">The mantissa.</param>
    /// <param name="exponent">The power of two.</param>
    public Dyadic(BigInteger mantissa, long exponent)
    {
        if (mantissa.IsZero)
        {
            (Mantissa, Exponent) = (BigInteger.Zero, 0);
            return;
        }

        int zeros = TrailingZeros(mantissa);
        (Mantissa, Exponent) = (mantissa >> zeros, checked(exponent + zeros));
    }

    /// <summary>Odd, or zero.</summary>
    public BigInteger Mantissa { get; }

    /// <summary>The power of two that the mantissa is multiplied by; 0 for zero.</summary>
    public long Exponent { get; }

    /// <summary>Zero.</summary>
    public static Dyadic Zero => default;

    /// <summary>One.</summary>
    public static Dyadic One => new(BigInteger.One, 0);

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Mantissa.Sign;

    /// <summary>Whether it is zero.</summary>
    public bool IsZero => Mantissa.IsZero;

    /// <summary>The number lies in [2^(n-1), 2^n) in absolute value, n being this; only for a number that is not zero.</summary>
    public long TopExponent => checked(Exponent + (long)BigInteger.Abs(Mantissa).GetBitLength());

    /// <summary>The exact value of a double.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static Dyadic FromDouble(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"{value} is no number.", nameof(value));
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << 52;
        return new Dyadic(bits < 0 ? -mantissa : mantissa, exponent - 1075);
    }

    /// <summary>A whole number.</summary>
    public static implicit operator Dyadic(int value) => new(value, 0);

    /// <summary>-a, exactly.</summary>
    public static Dyadic operator -(Dyadic a) => new(-a.Mantissa, a.Exponent);

    /// <summary>a + b, exactly.</summary>
    public static Dyadic operator +(Dyadic a, Dyadic b)
    {
        if (a.IsZero) return b;
        if (b.IsZero) return a;
        if (a.Exponent < b.Exponent) (a, b) = (b, a);
        return new Dyadic((a.Mantissa << checked((int)(a.Exponent - b.Exponent))) + b.Mantissa, b.Exponent);
    }

    /// <summary>a - b, exactly.</summary>
    public static Dyadic operator -(Dyadic a, Dyadic b) => a + -b;

    /// <summary>a b, exactly.</summary>
    public static Dyadic operator *(Dyadic a, Dyadic b) => new(a.Mantissa * b.Mantissa, checked(a.Exponent + b.Exponent));

    /// <summary>a 2^shift, exactly.</summary>
    public static Dyadic operator <<(Dyadic a, long shift) => a.IsZero ? a : new Dyadic(a.Mantissa, checked(a.Exponent + shift));

    /// <summary>Whether a is less than b.</summary>
    public static bool operator <(Dyadic a, Dyadic b) => a.CompareTo(b) < 0;

    /// <summary>Whether a is greater than b.</summary>
    public static bool operator >(Dyadic a, Dyadic b) => a.CompareTo(b) > 0;

    /// <summary>Whether a is at most b.</summary>
    public static bool operator <=(Dyadic a, Dyadic b) => a.CompareTo(b) <= 0;

    /// <summary>Whether a is at least b.</summary>
    public static bool operator >=(Dyadic a, Dyadic b) => a.CompareTo(b) >= 0;

    /// <summary>The absolute value.</summary>
    public Dyadic Abs() => Sign < 0 ? -this : this;

    /// <inheritdoc/>
    public int CompareTo(Dyadic other)
    {
        if (Sign != other.Sign) return Sign.CompareTo(other.Sign);
        if (IsZero) return 0;
        // Far apart in size they need no alignment.
        int bySize = TopExponent.CompareTo(other.TopExponent);
        return bySize != 0 ? bySize * Sign : (this - other).Sign;
    }

    /// <summary>The multiple of 2^<paramref name="exponent"/> nearest to the number, a tie to either side; the error is at most 2^(exponent - 1).</summary>
    public Dyadic RoundTo(long exponent)
    {
        if (IsZero || Exponent >= exponent) return this;
        long drop = exponent - Exponent;
        if (TopExponent < exponent - 1) return Zero;
        BigInteger half = BigInteger.One << checked((int)(drop - 1));
        return new Dyadic((Mantissa + half) >> (int)drop, exponent);
    }

    /// <summary>The number with all but its leading <paramref name="bits"/> bits cut off: at most 2^(TopExponent - bits) nearer to zero.</summary>
    public Dyadic Truncate(int bits)
    {
        if (IsZero) return this;
        long drop = TopExponent - Exponent - bits;
        if (drop <= 0) return this;
        BigInteger kept = BigInteger.Abs(Mantissa) >> (int)drop;
        return new Dyadic(Sign < 0 ? -kept : kept, Exponent + drop);
    }

    /// <summary>
    /// The sign of the exact sum of at most eight numbers. However far apart they are in size, it costs no more than their own lengths.
    /// </summary>
    internal static int SignOfSum(params Span<Dyadic> terms)
    {
        while (true)
        {
            // The two of greatest size to the front; zeros have none and go last.
            terms.Sort(static (a, b) => a.IsZero || b.IsZero ? a.IsZero.CompareTo(b.IsZero) : b.TopExponent.CompareTo(a.TopExponent));
            if (terms.Length == 1 || terms[1].IsZero) return terms[0].Sign;
            // At most seven others, each below 2^(top of the second): together below 2^(top of the first - 1), which is at most the first.
            if (terms[0].TopExponent - terms[1].TopExponent > 3) return terms[0].Sign;
            terms[1] = terms[0] + terms[1];
            terms = terms[1..];
        }
    }

    /// <summary>The nearest double, ties to even, infinite beyond the range: what the exact number converts to.</summary>
    public double ToDouble()
    {
        if (IsZero) return 0;
        long top = TopExponent;
        if (top > 1024) return Sign * double.PositiveInfinity;
        if (top < -1074) return Sign * 0.0;
        // The last place of a double this size; the mantissa at that place is exact up to the half that decides.
        long place = Math.Max(top - 53, -1074);
        BigInteger size = BigInteger.Abs(Mantissa);
        if (place > Exponent)
        {
            int drop = checked((int)(place - Exponent));
            BigInteger kept = size >> drop, rest = size - (kept << drop), half = BigInteger.One << (drop - 1);
            if (rest > half || (rest == half && !kept.IsEven)) kept++;
            size = kept;
        }
        else
        {
            size <<= (int)(Exponent - place);
        }

        return Sign * Math.ScaleB((double)size, (int)place);
    }

    /// <summary>Mantissa and exponent, such as <c>-3*2^-7</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Mantissa}*2^{Exponent}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out Dyadic value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = Zero;
        if (text.Split("*2^") is not [var mantissa, var exponent]) return false;
        if (!BigInteger.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger m)) return false;
        if (!int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int e)) return false;
        value = new Dyadic(m, e);
        return true;
    }

    private static int TrailingZeros(BigInteger value)
    {
        if (!value.IsEven) return 0;
        Span<byte> bytes = stackalloc byte[64];
        // A few low bytes nearly always hold a set bit.
        if (value.TryWriteBytes(bytes, out int written)) return Count(bytes[..written]);
        return Count(value.ToByteArray());

        static int Count(ReadOnlySpan<byte> littleEndian)
        {
            int first = littleEndian.IndexOfAnyExcept((byte)0);
            return (8 * first) + BitOperations.TrailingZeroCount(littleEndian[first]);
        }
    }
}
