using System.Globalization;

namespace GnMlNet.Cli.Reading;

/// <summary>What stands around the digits of a number.</summary>
/// <param name="IsNegative">A minus sign of either kind, or parentheses.</param>
/// <param name="HasPercent">A percent sign behind it.</param>
/// <param name="Currency">A currency sign before or behind it, or NUL.</param>
internal readonly record struct NumberAffixes(bool IsNegative, bool HasPercent, char Currency)
{
    /// <summary>Takes a cell apart.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="affixes">What stands around the digits.</param>
    /// <param name="digits">What is left: digits, if it is a number at all.</param>
    /// <returns>False where there are two signs or two currencies.</returns>
    internal static bool TrySplit(ReadOnlySpan<char> cell, out NumberAffixes affixes, out ReadOnlySpan<char> digits)
    {
        bool hasSign = false, isNegative = false, hasPercent = false;
        char currency = '\0';
        digits = cell.Trim();
        if (digits.Length > 2 && digits[0] == '(' && digits[^1] == ')')
        {
            (hasSign, isNegative) = (true, true);
            digits = digits[1..^1].Trim();
        }

        affixes = default;
        while (digits.Length > 1 && digits[0] is var first && (first is '+' or '-' or '−' || IsCurrency(first)))
        {
            bool isSign = !IsCurrency(first);
            if (isSign ? hasSign : currency != '\0') return false;
            if (isSign) (hasSign, isNegative) = (true, first != '+');
            else currency = first;
            digits = digits[1..].TrimStart();
        }

        while (digits.Length > 1 && digits[^1] is var last && (last == '%' || IsCurrency(last)))
        {
            if (last == '%' ? hasPercent : currency != '\0') return false;
            if (last == '%') hasPercent = true;
            else currency = last;
            digits = digits[..^1].TrimEnd();
        }

        affixes = new NumberAffixes(isNegative, hasPercent, currency);
        return true;
    }

    private static bool IsCurrency(char at) => at >= '$' && char.GetUnicodeCategory(at) == UnicodeCategory.CurrencySymbol;
}
