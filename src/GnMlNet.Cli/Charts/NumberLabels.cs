using System.Globalization;

namespace GnMlNet.Cli.Charts;

/// <summary>How the numbers along one axis are written: plainly, or all with the same power of ten, with as many decimals as the step between them needs.</summary>
internal sealed class NumberLabels
{
    private const int LowestPlainExponent = -4, HighestPlainExponent = 5, MostDecimals = 15;
    private const string SuperscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private readonly int _exponent;
    private readonly string _format;

    internal NumberLabels(double largest, double step)
    {
        int exponent = Exponent(largest);
        _exponent = exponent is >= LowestPlainExponent and <= HighestPlainExponent ? 0 : exponent;
        _format = "F" + Math.Clamp(_exponent - Exponent(step), 0, MostDecimals).ToString(CultureInfo.InvariantCulture);
    }

    internal string Of(double value)
    {
        if (value == 0) return 0.0.ToString(_exponent == 0 ? _format : "F0", CultureInfo.InvariantCulture);
        // Two factors, because a single one may lie outside the range of numbers.
        double scaled = value / Math.Pow(10, _exponent / 2) / Math.Pow(10, _exponent - (_exponent / 2));
        string number = Signed(scaled.ToString(_format, CultureInfo.InvariantCulture));
        return _exponent == 0 ? number : $"{number}×{PowerOfTen(_exponent)}";
    }

    internal static string PowerOfTen(int exponent) => "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(sign => sign == '-' ? '⁻' : SuperscriptDigits[sign - '0']));

    internal static string Of(int digit, int exponent, bool plain)
    {
        if (plain) return (digit * Math.Pow(10, exponent)).ToString("0.###", CultureInfo.InvariantCulture);
        return digit == 1 ? PowerOfTen(exponent) : $"{digit}×{PowerOfTen(exponent)}";
    }

    private static string Signed(string number) => number.Replace('-', '−');

    // The tolerance keeps a rounded power of ten in its own decade.
    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(value) + 1e-9);
}
