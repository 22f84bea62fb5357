using System.Buffers;
using System.Globalization;

namespace GnMlNet.Cli.Reading;

/// <summary>How a column writes its numbers. Signs, exponents (also Fortran's D), parentheses for negative amounts and a currency sign are read in any notation.</summary>
/// <param name="DecimalMark">A point or a comma.</param>
/// <param name="GroupMark">Between groups of three digits, or null where there are none; a space stands for every kind of space, an apostrophe for both kinds.</param>
/// <param name="IsPercent">Whether each number has a percent sign; the numbers are then those before the sign.</param>
internal sealed record NumberNotation(char DecimalMark = '.', char? GroupMark = null, bool IsPercent = false)
{
    /// <summary>The notation of programming languages.</summary>
    internal static readonly NumberNotation Plain = new();

    // The longest number that can mean something in double precision, with all digits of the smallest one.
    private const int MostCharacters = 1100;

    /// <summary>Reads a cell; the value may be infinite.</summary>
    internal bool TryParse(ReadOnlySpan<char> cell, out double value)
    {
        if (!NumberAffixes.TrySplit(cell, out NumberAffixes affixes, out ReadOnlySpan<char> digits) || affixes.HasPercent != IsPercent)
        {
            value = double.NaN;
            return false;
        }

        if (!TryParseDigits(digits, out value)) return false;
        if (affixes.IsNegative) value = -value;
        return true;
    }

    /// <summary>Whether the digits of a number, without its sign and the like, are written in this notation.</summary>
    internal bool TryParseDigits(ReadOnlySpan<char> digits, out double value)
    {
        value = double.NaN;
        if (digits.Equals("inf", StringComparison.OrdinalIgnoreCase) || digits.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = double.PositiveInfinity;
            return true;
        }

        if (digits.Length is 0 or > MostCharacters) return false;
        char[] plain = ArrayPool<char>.Shared.Rent(digits.Length);
        bool isNumber = TryWritePlain(digits, plain, out int length)
            && double.TryParse(plain.AsSpan(0, length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        ArrayPool<char>.Shared.Return(plain);
        return isNumber;
    }

    private bool TryWritePlain(ReadOnlySpan<char> digits, Span<char> plain, out int length)
    {
        length = 0;
        int run = 0, groups = 0;
        bool inFraction = false;
        for (int i = 0; i < digits.Length; i++)
        {
            char at = digits[i];
            if (char.IsAsciiDigit(at))
            {
                run++;
                plain[length++] = at;
            }
            else if (at == DecimalMark && !inFraction)
            {
                if (groups > 0 && run != 3) return false;
                inFraction = true;
                run = 0;
                plain[length++] = '.';
            }
            else if (IsGroupMark(at))
            {
                // Groups have three digits, the first one to three and no leading zero.
                if (inFraction || (groups == 0 ? run is 0 or > 3 || digits[0] == '0' : run != 3)) return false;
                groups++;
                run = 0;
            }
            else if (at is 'e' or 'E' or 'd' or 'D' && i > 0)
            {
                if (!inFraction && groups > 0 && run != 3) return false;
                plain[length++] = 'E';
                digits[(i + 1)..].CopyTo(plain[length..]);
                length += digits.Length - i - 1;
                return i + 1 < digits.Length;
            }
            else
            {
                return false;
            }
        }

        return inFraction || groups == 0 || run == 3;
    }

    private bool IsGroupMark(char at) => GroupMark switch
    {
        null => false,
        ' ' => at is ' ' or '\u00a0' or '\u2009' or '\u202f',
        '\'' => at is '\'' or '’',
        { } mark => at == mark,
    };
}
