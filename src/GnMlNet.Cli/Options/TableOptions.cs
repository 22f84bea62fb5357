using System.CommandLine;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Options;

/// <summary>The options that say which table to train on.</summary>
internal sealed class TableOptions
{
    internal Option<string?> Data { get; init; } = new("--data") { Description = "The CSV file to train on, with a header. Without it, California Housing is used." };

    internal Option<string?> Label { get; init; } = new("--label") { Description = "The column to predict; needed with --data." };

    internal Option<string[]> Features { get; } = new("--features")
    {
        Description = "The columns to predict it from, separated by commas. Without it, all but the label.",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    internal TableSettings Read(ParseResult parsed) => new(parsed.GetValue(Data), parsed.GetValue(Label), parsed.GetResult(Features) is null ? null : parsed.GetValue(Features));

    /// <summary>Refuses a file without its label, and a label or features without a file.</summary>
    internal void CheckTogether(Command command) => Rules.Add(command, result =>
    {
        bool hasData = result.GetValue(Data) is not null;
        if (hasData && result.GetValue(Label) is null) result.AddError("--data needs --label: which column is to be predicted?");
        if (!hasData && (result.GetValue(Label) is not null || result.GetResult(Features) is not null)) result.AddError("--label and --features need --data.");
    });
}
