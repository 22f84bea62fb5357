using Spectre.Console;

namespace GnMlNet.Cli.Output;

/// <summary>Tables as every command draws them on the terminal.</summary>
internal static class Grids
{
    /// <summary>A table without rows.</summary>
    /// <param name="texts">The headers of the columns on the left, of texts.</param>
    /// <param name="numbers">The headers of the columns behind them, of numbers.</param>
    internal static Table Table(IEnumerable<string> texts, IEnumerable<string> numbers)
    {
        Table table = new Table().RoundedBorder();
        foreach (string header in texts) table.AddColumn(header);
        foreach (string header in numbers) table.AddColumn(new TableColumn(header).RightAligned());
        return table;
    }
}
