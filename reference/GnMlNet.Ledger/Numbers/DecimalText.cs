using System.Globalization;
using System.Numerics;

namespace GnMlNet.Ledger.Numbers;

/// <summary>Dyadic numbers as decimal text, exactly: every one has a finite expansion.</summary>
internal static class DecimalText
{
    internal static string Of(Dyadic value)
    {
        if (value.Exponent >= 0) return (value.Mantissa << (int)value.Exponent).ToString(CultureInfo.InvariantCulture);
        // m 2^-e = m 5^e 10^-e.
        int places = (int)-value.Exponent;
        string digits = (BigInteger.Abs(value.Mantissa) * BigInteger.Pow(5, places)).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(value.Sign < 0 ? "-" : "")}{digits[..^places]}.{digits[^places..]}";
    }
}
