using System.Globalization;

namespace GnMlNet.Balls;

/// <summary>
/// An upper bound on a non-negative number: mantissa * 2^exponent with a double in [1, 2) and a wide exponent, or zero, or infinity.
/// Every operation rounds outward: its result is at least the exact result of its operands. Immutable.
/// </summary>
/// <remarks>
/// Why rounding is outward: a double operation with a normal result errs by at most half a unit in its last place, so the next double above the computed
/// result is at least the exact one. Mantissas stay in [1, 4) before they are scaled, so no operation under- or overflows.
/// </remarks>
public readonly record struct Magnitude : IComparable<Magnitude>
{
    private const int Digits = 4;
    private const int MantissaBits = 53;

    // Integers up to this length are doubles far from overflow.
    private const int MostBitsOfDouble = 1000;

    // Mantissa 0 is zero and infinity is infinity; the exponent is then 0.
    private readonly double _mantissa;
    private readonly long _exponent;

    private Magnitude(double mantissa, long exponent) => (_mantissa, _exponent) = (mantissa, exponent);

    /// <summary>Zero: nothing is lost.</summary>
    public static Magnitude Zero => default;

    /// <summary>No bound.</summary>
    public static Magnitude Infinity => new(double.PositiveInfinity, 0);

    /// <summary>One.</summary>
    public static Magnitude One => new(1, 0);

    /// <summary>Whether the bound is zero.</summary>
    public bool IsZero => _mantissa == 0;

    /// <summary>Whether there is a bound.</summary>
    public bool IsFinite => double.IsFinite(_mantissa);

    /// <summary>The bound is below 2^(Exponent + 1) and at least 2^Exponent; only for a finite bound above zero.</summary>
    public long Exponent => _exponent;

    /// <summary>|value|, exactly; infinity for a number that is not finite.</summary>
    public static Magnitude Of(double value)
    {
        double size = Math.Abs(value);
        if (size == 0) return Zero;
        if (!double.IsFinite(size)) return Infinity;
        if (double.IsNormal(size)) return OfNormal(size);
        int exponent = Math.ILogB(size);
        return new Magnitude(Math.ScaleB(size, -exponent), exponent);
    }

    /// <summary>At least |value|; exact up to 53 bits.</summary>
    public static Magnitude Of(BigInteger value)
    {
        BigInteger size = BigInteger.Abs(value);
        long length = size.GetBitLength(), excess = length - MantissaBits;
        if (excess <= 0) return Of((double)size);
        // However the conversion rounds, it errs by less than a unit in the last place.
        if (length <= MostBitsOfDouble) return OfNormal(Math.BitIncrement((double)size));

        // One unit more covers the bits that are cut off; 2^53 itself is a double.
        return Of((double)((size >> (int)excess) + 1)) << excess;
    }

    /// <summary>At least |value|; exact up to 53 bits.</summary>
    public static Magnitude Of(Dyadic value) => Of(value.Mantissa) << value.Exponent;

    /// <summary>2^exponent.</summary>
    public static Magnitude PowerOfTwo(long exponent) => new(1, exponent);

    /// <summary>At least the sum.</summary>
    public static Magnitude operator +(Magnitude a, Magnitude b)
    {
        if (a.IsZero || !b.IsFinite) return b;
        if (b.IsZero || !a.IsFinite) return a;
        if (a._exponent < b._exponent) (a, b) = (b, a);
        // Beyond 60 binary places the smaller one is below the last place of the greater; a gap beyond the range of a long comes out negative.
        long gap = unchecked(a._exponent - b._exponent);
        double sum = gap is > 60 or < 0 ? a._mantissa : a._mantissa + Math.ScaleB(b._mantissa, (int)-gap);
        return Normalize(Math.BitIncrement(sum), a._exponent);
    }

    /// <summary>At least the product; zero times infinity is zero, since zero is exact.</summary>
    public static Magnitude operator *(Magnitude a, Magnitude b)
    {
        if (a.IsZero || b.IsZero) return Zero;
        if (!a.IsFinite || !b.IsFinite) return Infinity;
        return Normalize(Math.BitIncrement(a._mantissa * b._mantissa), checked(a._exponent + b._exponent));
    }

    /// <summary>At least the quotient of <paramref name="a"/> and a number that is at least <paramref name="b"/>; infinite for b = 0.</summary>
    public static Magnitude operator /(Magnitude a, Magnitude b)
    {
        if (a.IsZero) return Zero;
        if (!a.IsFinite || b.IsZero) return Infinity;
        if (!b.IsFinite) throw new ArgumentException("A bound cannot be divided by something that may be as large as it likes.", nameof(b));
        // In (1/2, 2): doubled it is normal and in [1, 4).
        return Normalize(Math.BitIncrement(2 * a._mantissa / b._mantissa), checked(a._exponent - b._exponent - 1));
    }

    /// <summary>The bound times a power of two, exactly.</summary>
    public static Magnitude operator <<(Magnitude a, long shift) => a.IsZero || !a.IsFinite ? a : new Magnitude(a._mantissa, checked(a._exponent + shift));

    /// <summary>At least the square root.</summary>
    public Magnitude SquareRoot()
    {
        if (IsZero || !IsFinite) return this;
        bool isOdd = (_exponent & 1) != 0;
        return Normalize(Math.BitIncrement(Math.Sqrt(isOdd ? 2 * _mantissa : _mantissa)), (_exponent - (isOdd ? 1 : 0)) / 2);
    }

    /// <summary>The smallest double that is at least the bound: infinity beyond the range, and never below the least positive double.</summary>
    public double ToDouble()
    {
        if (IsZero) return 0;
        if (!IsFinite || _exponent > 1023) return double.PositiveInfinity;
        if (_exponent >= -1022) return Math.ScaleB(_mantissa, (int)_exponent);
        if (_exponent < -1074) return double.Epsilon;
        double rounded = Math.ScaleB(_mantissa, (int)_exponent);
        // Rounding to a subnormal may have gone down.
        return Of(rounded) < this ? Math.BitIncrement(rounded) : rounded;
    }

    /// <inheritdoc/>
    public int CompareTo(Magnitude other)
    {
        if (IsZero || other.IsZero || !IsFinite || !other.IsFinite) return _mantissa.CompareTo(other._mantissa);
        int byExponent = _exponent.CompareTo(other._exponent);
        return byExponent != 0 ? byExponent : _mantissa.CompareTo(other._mantissa);
    }

    /// <summary>The greater of two bounds.</summary>
    public static Magnitude Max(Magnitude a, Magnitude b) => a < b ? b : a;

    /// <summary>The smaller of two bounds: both hold.</summary>
    public static Magnitude Min(Magnitude a, Magnitude b) => a < b ? a : b;

    /// <summary>Whether bound a is less than b.</summary>
    public static bool operator <(Magnitude a, Magnitude b) => a.CompareTo(b) < 0;

    /// <summary>Whether bound a is greater than b.</summary>
    public static bool operator >(Magnitude a, Magnitude b) => a.CompareTo(b) > 0;

    /// <summary>Whether bound a is at most b.</summary>
    public static bool operator <=(Magnitude a, Magnitude b) => a.CompareTo(b) <= 0;

    /// <summary>Whether bound a is at least b.</summary>
    public static bool operator >=(Magnitude a, Magnitude b) => a.CompareTo(b) >= 0;

    /// <summary>The bound as an exact number; only for a finite one.</summary>
    public Dyadic ToDyadic()
    {
        if (!IsFinite) throw new InvalidOperationException("Infinity is no number.");
        return Dyadic.FromDouble(_mantissa) << _exponent;
    }

    /// <summary>The bound in decimal with a few digits, rounded up.</summary>
    public override string ToString()
    {
        if (IsZero) return "0";
        if (!IsFinite) return "infinity";
        Dyadic exact = ToDyadic();
        // Decimal places enough for more than the digits that are kept: 2^-k has at most k/3 leading zeros.
        int places = exact.Exponent >= 0 ? 0 : checked((int)(-exact.Exponent / 3) + Digits);
        BigInteger scaled = exact.Mantissa * BigInteger.Pow(10, places);
        scaled = exact.Exponent >= 0 ? scaled << checked((int)exact.Exponent) : -(-scaled >> checked((int)-exact.Exponent));
        string all = scaled.ToString(CultureInfo.InvariantCulture);
        int kept = Math.Min(Digits, all.Length);
        BigInteger head = BigInteger.Parse(all[..kept], CultureInfo.InvariantCulture);
        if (all.AsSpan(kept).ContainsAnyExcept('0')) head++;
        string digits = head.ToString(CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"{digits[0]}.{digits[1..].PadRight(1, '0')}e{all.Length - kept + digits.Length - 1 - places:+0;-0;+0}");
    }

    // A positive normal double, taken apart.
    private static Magnitude OfNormal(double value)
    {
        const long fraction = (1L << (MantissaBits - 1)) - 1, exponentOfOne = 1023L << (MantissaBits - 1);
        long bits = BitConverter.DoubleToInt64Bits(value);
        return new Magnitude(BitConverter.Int64BitsToDouble((bits & fraction) | exponentOfOne), (bits >> (MantissaBits - 1)) - 1023);
    }

    private static Magnitude Normalize(double mantissa, long exponent) => mantissa >= 4
        ? new Magnitude(mantissa / 4, checked(exponent + 2))
        : mantissa >= 2 ? new Magnitude(mantissa / 2, checked(exponent + 1)) : new Magnitude(mantissa, exponent);
}
