using System.Globalization;

namespace GnMlNet.Cli.Reading;

/// <summary>A number as programs write it, which is what nearly all cells of large tables are: digits with at most one point, a minus sign before them, an exponent behind them.</summary>
/// <param name="Value">What a notation with a decimal point reads; may be infinite.</param>
/// <param name="Form">What else can read it.</param>
internal readonly record struct PlainNumber(double Value, PlainForm Form)
{
    // Longer ones are left to the general notations.
    private const int MostCharacters = 64;

    // A digit more could overflow.
    private const int MostDigits = 18;

    // Of as many digits as the form has.
    private const double MostWhole = 1e15;

    // Whole numbers up to 2^53 and powers of ten up to 10^22 are doubles, so their quotient is rounded once, which is what a correctly rounding parser gives.
    private const ulong MostExact = 1UL << 53;

    private static readonly double[] s_powersOfTen = [.. Enumerable.Range(0, MostDigits + 1).Select(power => double.Parse(string.Create(CultureInfo.InvariantCulture, $"1e{power}"), CultureInfo.InvariantCulture))];

    /// <summary>Reads a cell without spaces around it.</summary>
    /// <returns>False where it is something else; it may be a number all the same.</returns>
    internal static bool TryParse(ReadOnlySpan<char> cell, out PlainNumber number)
    {
        number = default;
        bool isNegative = cell.Length > 0 && cell[0] == '-';
        ReadOnlySpan<char> unsigned = cell[(isNegative ? 1 : 0)..];
        if (unsigned.Length is 0 or > MostCharacters) return false;

        ulong digits = 0;
        int count = 0, point = -1, at = 0;
        for (; at < unsigned.Length; at++)
        {
            uint digit = (uint)(unsigned[at] - '0');
            if (digit <= 9)
            {
                digits = (10 * digits) + digit;
                count++;
            }
            else if (unsigned[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }

        int mantissa = at;
        bool hasExponent = at < unsigned.Length;
        PlainForm form = FormOf(unsigned, point, mantissa, isNegative);
        if (count == 0 || (hasExponent && !IsExponent(unsigned[at..]))) return false;
        double value;
        if (!hasExponent && count <= MostDigits && digits <= MostExact) value = point < 0 ? digits : digits / s_powersOfTen[mantissa - point - 1];
        else if (!double.TryParse(unsigned, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)) return false;

        // With an exponent such as that of 1.234E999 both readings can be infinite, or zero.
        if (hasExponent && form == PlainForm.Grouped && (value == 0 || !double.IsFinite(value))) return false;
        number = new PlainNumber(isNegative ? -value : value, form);
        return true;
    }

    /// <summary>How a number of the form <see cref="PlainForm.Whole"/> is written.</summary>
    internal static string WholeText(double value) => ((long)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a number is of the form <see cref="PlainForm.Whole"/> when it is written in full.</summary>
    internal static bool IsWhole(double value) => Math.Abs(value) < MostWhole && value == Math.Truncate(value) && !(value == 0 && double.IsNegative(value));

    private static bool IsExponent(ReadOnlySpan<char> rest)
    {
        if (rest[0] is not ('e' or 'E')) return false;
        ReadOnlySpan<char> power = rest[(rest.Length > 1 && rest[1] is '+' or '-' ? 2 : 1)..];
        return power.Length > 0 && !power.ContainsAnyExceptInRange('0', '9');
    }

    private static PlainForm FormOf(ReadOnlySpan<char> unsigned, int point, int mantissa, bool isNegative)
    {
        if (point >= 0) return point is >= 1 and <= 3 && mantissa - point == 4 && unsigned[0] != '0' ? PlainForm.Grouped : PlainForm.Pointed;
        bool isShort = mantissa == unsigned.Length && mantissa <= MostDigits - 3;
        return isShort && (unsigned[0] != '0' || (unsigned.Length == 1 && !isNegative)) ? PlainForm.Whole : PlainForm.Unpointed;
    }
}

/// <summary>Which notations read a plain number, and whether its text is known from its value.</summary>
internal enum PlainForm
{
    /// <summary>A whole number of at most 15 digits without leading zeros: any notation reads it alike, and its value tells how it is written.</summary>
    Whole,

    /// <summary>Another one without a point; any notation reads it alike.</summary>
    Unpointed,

    /// <summary>One with a point, which must be a decimal point.</summary>
    Pointed,

    /// <summary>One such as 1.234, with a point that can separate a group of three digits.</summary>
    Grouped,
}
