using System.Globalization;
using Spectre.Console;

namespace GnMlNet.Cli.Output;

/// <summary>Tables as every command draws them, and the numbers in them.</summary>
internal static class Cells
{
    private const int Digits = 4;

    // Other numbers are written with a power of ten.
    private const int LeastExponent = -4, GreatestExponent = 6;
    private const int MostDecimals = 17;

    /// <summary>A table for the terminal, without rows.</summary>
    /// <param name="texts">The headers of the columns on the left, of texts.</param>
    /// <param name="numbers">The headers of the columns behind them, of numbers.</param>
    internal static Table Table(IEnumerable<string> texts, IEnumerable<string> numbers)
    {
        Table table = new Table().RoundedBorder();
        foreach (string header in texts) table.AddColumn(header);
        foreach (string header in numbers) table.AddColumn(new TableColumn(header).RightAligned());
        return table;
    }

    /// <summary>The number with four significant digits, trailing zeros among them, or with all digits before its point; a dash where there is none.</summary>
    internal static string Significant(double? value)
    {
        if (value is not { } number || double.IsNaN(number)) return "-";
        if (number == 0) return "0";
        if (double.IsInfinity(number)) return number > 0 ? "∞" : "-∞";
        string scientific = number.ToString("0.000e+00", CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('e') + 1), CultureInfo.InvariantCulture);
        return exponent is < LeastExponent or > GreatestExponent ? scientific : Fixed(number, Math.Max(0, Digits - 1 - exponent));
    }

    /// <summary>A coefficient of determination with four decimals, and near 1 with so many that it is 1 only where nothing is missing; a dash where there is none.</summary>
    internal static string Determination(double? value)
    {
        if (value is not { } number || !(Math.Abs(number) <= 1)) return Significant(value);
        if (number == 1) return "1";
        int decimals = Digits;
        while (decimals < MostDecimals && Fixed(number, decimals).StartsWith('1')) decimals++;
        return Fixed(number, decimals);
    }

    /// <summary>The number in this format, or a dash where there is none.</summary>
    internal static string OrDash(double? value, string format) => value is { } number && !double.IsNaN(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "-";

    private static string Fixed(double number, int decimals) => number.ToString(Invariant($"F{decimals}"), CultureInfo.InvariantCulture);
}
