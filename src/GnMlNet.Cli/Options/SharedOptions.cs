using System.CommandLine;
using System.CommandLine.Parsing;

namespace GnMlNet.Cli.Options;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    internal static Argument<string> Model() => new("MODEL") { Description = "A model that 'gnml train' wrote." };

    /// <param name="what">What is written as JSON.</param>
    internal static Option<bool> Json(string what) => new("--json") { Description = $"Write {what} as JSON." };

    /// <param name="name">Its name where none is given.</param>
    internal static Option<string> Folder(string name)
    {
        var folder = new Option<string>("--out") { Description = "The folder to write to; made if it is not there.", DefaultValueFactory = _ => name };
        folder.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value is "")) result.AddError("--out must name a folder.");
            if (result.Tokens.Any(token => token.Value is FileTarget.StandardOutput)) result.AddError("--out must name a folder: standard output holds one file, and this command writes several.");
        });
        return folder;
    }

    /// <summary>Refuses options of another mode than the one that is on.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="isOn">Whether the mode is on.</param>
    /// <param name="mode">The option that turns it on.</param>
    /// <param name="needed">Options that need the mode.</param>
    /// <param name="refused">Options that do not go with it.</param>
    /// <param name="refusal">What is said of these.</param>
    internal static void CheckMode(CommandResult result, bool isOn, Option mode, Option[] needed, Option[] refused, string refusal)
    {
        foreach (Option option in (isOn ? refused : needed).Where(option => result.GetResult(option) is { Implicit: false }))
            result.AddError(isOn ? $"{option.Name} {refusal} {mode.Name}." : $"{option.Name} needs {mode.Name}.");
    }

    /// <summary>Refuses a folder that is named and not there.</summary>
    /// <param name="option">What names it.</param>
    /// <param name="folder">The folder; null where none is named.</param>
    /// <exception cref="UserError">There is none.</exception>
    internal static void CheckFolder(string option, string? folder)
    {
        if (folder is not null && !Directory.Exists(folder)) throw new UserError($"{option}: there is no folder '{folder}'. Make it, or name another.");
    }

    internal static Option<int> Threads() => Ranges.Integer("--threads", "How many threads may work at once; the result does not depend on it.", Environment.ProcessorCount, 1);

    internal static Option<Core.Networks.Activation> Activation()
    {
        var activation = new Option<Core.Networks.Activation>("--activation")
        {
            Description = "The activation of the hidden units.",
            DefaultValueFactory = _ => Core.Networks.Activation.Tanh,
            CustomParser = result => Core.Networks.Activation.All.FirstOrDefault(known => known.Name == result.Tokens.Single().Value),
        };
        activation.AcceptOnlyFromAmong([.. Core.Networks.Activation.All.Select(known => known.Name)]);
        return activation;
    }
}
