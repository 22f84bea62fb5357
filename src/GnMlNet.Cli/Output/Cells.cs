using System.Globalization;
using Spectre.Console;

namespace GnMlNet.Cli.Output;

/// <summary>Tables as every command draws them, and the numbers in them.</summary>
internal static class Cells
{
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

    /// <summary>The number, or a dash where there is none.</summary>
    internal static string OrDash(double? value, string format = "0.0000") => value is { } number && !double.IsNaN(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
