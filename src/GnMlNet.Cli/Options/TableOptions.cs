using System.CommandLine;
using GnMlNet.Core.Ensembles;

namespace GnMlNet.Cli.Options;

/// <summary>The options that say which table to train on and with which activation, alike in every command that trains.</summary>
internal static class TableOptions
{
    internal static Option<string?> Data() => new("--data") { Description = "The CSV file to train on, with a header. Without it, California Housing is used." };

    internal static Option<string?> Label() => new("--label") { Description = "The column to predict; needed with --data." };

    internal static Option<string[]> Features() => new("--features")
    {
        Description = "The columns to predict it from, separated by commas. Without it, all but the label.",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    internal static Option<string> Activation()
    {
        var activation = new Option<string>("--activation") { Description = "The activation of the hidden units.", DefaultValueFactory = _ => Core.Networks.Activation.Tanh.Name };
        activation.AcceptOnlyFromAmong([.. Core.Networks.Activation.All.Select(known => known.Name)]);
        return activation;
    }

    internal static Option<IntervalKind> Intervals(IntervalKind value) => new("--intervals")
    {
        Description = "What prediction intervals of an ensemble are calibrated on: LeftOutRows, Ensemble (tighter), or None for no intervals.",
        DefaultValueFactory = _ => value,
    };

    /// <summary>Refuses a file without its label, and a label or features without a file.</summary>
    internal static void CheckTogether(Command command, Option<string?> data, Option<string?> label, Option<string[]> features) => command.Validators.Add(result =>
    {
        bool hasData = result.GetValue(data) is not null;
        if (hasData && result.GetValue(label) is null) result.AddError("--data needs --label: which column is to be predicted?");
        if (!hasData && (result.GetValue(label) is not null || result.GetResult(features) is not null)) result.AddError("--label and --features need --data.");
    });
}
