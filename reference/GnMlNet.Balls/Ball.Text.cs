using System.Globalization;

namespace GnMlNet.Balls;

/// <content>Decimal text.</content>
public readonly partial struct Ball
{
    private const string Separator = " +/- ";

    /// <summary>The common logarithm of 2, for numbers of digits only: no bound depends on it.</summary>
    private const double DigitsPerBit = 0.30102999566398120;

    /// <summary>Contains the number written in decimal, such as <c>1.72420748</c> or <c>-3e-7</c>.</summary>
    /// <exception cref="FormatException">It is no decimal number.</exception>
    public static Ball FromDecimal(string text, int bits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool isNegative = rest.StartsWith("-");
        if (isNegative || rest.StartsWith("+")) rest = rest[1..];
        long power = 0;
        int mark = rest.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            if (!long.TryParse(rest[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power)) throw NoNumber(text);
            rest = rest[..mark];
        }

        string digits = rest.ToString();
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            power = checked(power - (digits.Length - point - 1));
            digits = digits.Remove(point, 1);
        }

        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9')) throw NoNumber(text);
        BigInteger value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return TimesPowerOfTen(Exact(isNegative ? -value : value), power, bits);
    }

    /// <summary>
    /// Midpoint and radius in decimal, such as <c>1.234567 +/- 2.1e-30</c>. The printed interval contains the ball: the printed radius covers the digits that
    /// the printed midpoint lacks.
    /// </summary>
    public override string ToString()
    {
        if (!IsFinite) return "0" + Separator + "infinity";
        if (Midpoint.IsZero && IsExact) return "0" + Separator + "0";
        long place = LastPlace();
        // In units of 10^place, with enough bits for all digits and some to spare.
        long places = Midpoint.IsZero ? 0 : Midpoint.TopExponent - (long)Math.Floor(place / DigitsPerBit);
        Ball scaled = TimesPowerOfTen(Exact(Midpoint), -place, Wider(64, Math.Max(0, places)));
        Magnitude radius = TimesPowerOfTen(Exact(IsExact ? Dyadic.Zero : Radius.ToDyadic()), -place, 64).AbsUpper();
        Dyadic whole = scaled.Midpoint.RoundTo(0);
        radius = radius + scaled.Radius + Magnitude.Of(scaled.Midpoint - whole);
        return Decimal(FixedPoint.Floor(whole, 0), place) + Separator + Decimal(Ceiling(radius), place);
    }

    /// <summary>The power of ten of the last digit to print: the second one of the radius, but no more digits than the midpoint's bits are worth.</summary>
    private long LastPlace()
    {
        long byRadius = IsExact ? long.MinValue : (long)Math.Floor(Radius.Exponent * DigitsPerBit) - 1;
        if (Midpoint.IsZero) return byRadius;
        long length = Midpoint.TopExponent - Midpoint.Exponent;
        // A short fraction or integer is printed to its end.
        if (IsExact && Midpoint.Exponent >= -64 && Midpoint.TopExponent <= 256) return Math.Min(0, Midpoint.Exponent);
        long byMidpoint = (long)Math.Floor(Midpoint.TopExponent * DigitsPerBit) - (long)Math.Ceiling(length * DigitsPerBit) - 2;
        return Math.Max(byRadius, byMidpoint);
    }

    /// <summary>The least integer that is at least the bound.</summary>
    private static BigInteger Ceiling(Magnitude bound) => bound.IsZero ? BigInteger.Zero : -FixedPoint.Floor(-bound.ToDyadic(), 0);

    /// <summary>value * 10^place, written exactly.</summary>
    private static string Decimal(BigInteger value, long place)
    {
        string digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture), sign = value.Sign < 0 ? "-" : "";
        if (value.IsZero) return "0";
        long first = place + digits.Length - 1;
        if (place <= 0 && first >= -6)
        {
            int whole = (int)first + 1;
            if (place == 0) return sign + digits;
            return whole > 0 ? $"{sign}{digits[..whole]}.{digits[whole..]}" : $"{sign}0.{new string('0', -whole)}{digits}";
        }

        string tail = digits[1..].TrimEnd('0');
        return FormattableString.Invariant($"{sign}{digits[0]}{(tail.Length > 0 ? "." : "")}{tail}e{first}");
    }

    private static Ball TimesPowerOfTen(Ball a, long power, int bits)
    {
        // Within this range the power is worth its exact digits, and the one rounding is the last.
        ulong size = (ulong)Math.Abs(power);
        int all = size <= 4096 ? 4 * (int)size : 0;
        Ball ten = PowerOf10(size, Math.Max(all, Wider(bits, 8 + BitOperations.Log2(size + 1))));
        return power < 0 ? Divide(a, ten, bits) : Multiply(a, ten, bits);
    }

    private static Ball PowerOf10(ulong power, int bits) => power == 0 ? One : PowerOf(10, power, bits);

    private static FormatException NoNumber(string text) => new($"'{text}' is no decimal number.");
}
