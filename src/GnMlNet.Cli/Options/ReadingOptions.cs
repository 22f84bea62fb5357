using System.CommandLine;
using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Options;

/// <summary>The options that say how a file is written, where that is not found in it.</summary>
internal sealed class ReadingOptions
{
    private static readonly Dictionary<string, char> s_delimiters = new() { [","] = ',', [";"] = ';', ["|"] = '|', ["tab"] = '\t', ["\t"] = '\t', ["\\t"] = '\t', ["space"] = ' ', [" "] = ' ', [":"] = ':' };

    private readonly Option<string?> _delimiter = new("--delimiter") { Description = "Of a CSV file: between two cells: , ; | : tab, or space for runs of spaces. Without it, the one that fits is found." };

    private readonly Option<string?> _decimalMark = new("--decimal") { Description = "The decimal mark, . or , where the file does not settle it." };

    private readonly Option<string[]> _missing = new("--missing") { Description = "A mark of missing values, such as -999; may be given several times. The usual ones (NA, ?, -, null, ...) are known.", DefaultValueFactory = _ => [] };

    private readonly Option<string?> _dateOrder = new("--date-order") { Description = "What comes first in dates such as 03/04/2024, where the file does not settle it: day-first or month-first." };

    private readonly Option<bool> _noHeader = new("--no-header") { Description = "Of a CSV file: the first line is a row; columns are called 'column 1', 'column 2', ..." };

    /// <summary>All of them.</summary>
    internal IEnumerable<Option> All => [_delimiter, _decimalMark, _missing, _dateOrder, _noHeader];

    /// <summary>Adds them to a command.</summary>
    internal void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
        Rules.Add(command, result =>
        {
            if (result.GetValue(_delimiter) is { } delimiter && !s_delimiters.ContainsKey(delimiter)) result.AddError($"--delimiter must be one of , ; | : tab space; '{delimiter}' is not.");
            if (result.GetValue(_decimalMark) is { } mark && mark is not ("." or ",")) result.AddError($"--decimal must be . or ,; '{mark}' is not.");
            if (result.GetValue(_dateOrder) is { } order && order is not ("day-first" or "month-first")) result.AddError($"--date-order must be day-first or month-first; '{order}' is not.");
        });
    }

    internal ReadingSettings Read(ParseResult parsed) => new()
    {
        Delimiter = parsed.GetValue(_delimiter) is { } delimiter ? s_delimiters[delimiter] : null,
        DecimalMark = parsed.GetValue(_decimalMark) is { } mark ? mark[0] : null,
        MissingMarks = parsed.GetValue(_missing)!,
        DateOrder = parsed.GetValue(_dateOrder) switch { null => null, "day-first" => DateOrder.DayFirst, _ => DateOrder.MonthFirst },
        HasNoHeader = parsed.GetValue(_noHeader),
    };
}
