using System.CommandLine;
using System.CommandLine.Parsing;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Options;

/// <summary>The options that say which table to train on.</summary>
internal sealed class TableOptions
{
    private readonly ReadingOptions _reading = new();

    internal Option<string[]> Data { get; } = new("--data") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    internal Option<string?> Label { get; init; } = new("--label") { Description = "The column to predict; needed with --data." };

    private readonly Option<string[]> _features = Columns("--features", "The columns to predict it from, separated by commas. Without it, all but the label.");

    private readonly Option<string[]> _excluded = Columns("--exclude", "Columns not to predict it from, separated by commas.");

    private readonly Option<string[]> _categories = Columns("--categories", "Columns whose numbers are codes of categories, separated by commas.");

    /// <summary>Adds them to a command, with what they need of each other: no file without its label, and no label or features without a file.</summary>
    /// <param name="command">The command.</param>
    /// <param name="data">What the option of the table says of itself; that there may be several files is added.</param>
    /// <param name="isLabelOptional">Whether something else may say what the label is.</param>
    internal void AddTo(Command command, string data = "The CSV or Parquet file to train on, or - for the standard input. Without it, California Housing is used.", bool isLabelOptional = false)
    {
        Data.Description = $"{data} Several files with the same columns are one table, in their order: give the option several times, or a wildcard such as 'shards/*.parquet', which takes files by name.";
        command.Add(Data);
        foreach (Option option in OfTraining) command.Add(option);
        _reading.AddTo(command);
        Rules.Add(command, result =>
        {
            bool hasData = HasData(result);
            if (hasData && !isLabelOptional && result.GetValue(Label) is null) result.AddError("--data needs --label: which column is to be predicted?");
            if (!hasData && OfTraining.Concat(_reading.All).Any(option => Rules.IsGiven(result, option))) result.AddError("--label and --features need --data, like the other options of a table.");
        });
    }

    /// <summary>Those that say what is predicted from what.</summary>
    internal IEnumerable<Option> OfTraining => [Label, _features, _excluded, _categories];

    /// <summary>Whether a table is given.</summary>
    internal bool HasData(CommandResult result) => result.GetValue(Data) is { Length: > 0 };

    /// <param name="parsed">The command line.</param>
    /// <param name="memoryLimit">The bytes that the command may take; null for the usual share of the machine's.</param>
    internal TableSettings Read(ParseResult parsed, long? memoryLimit = null) => new(
        parsed.GetValue(Data)!,
        parsed.GetValue(Label),
        parsed.GetResult(_features) is { Implicit: false } ? parsed.GetValue(_features) : null,
        parsed.GetValue(_excluded)!,
        parsed.GetValue(_categories)!,
        memoryLimit is { } bytes ? _reading.Read(parsed) with { MemoryLimit = bytes } : _reading.Read(parsed));

    private static Option<string[]> Columns(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
