using System.CommandLine;
using System.CommandLine.Parsing;

namespace GnMlNet.Cli.Options;

/// <summary>Rules about several options of a command at once.</summary>
internal static class Rules
{
    /// <summary>Whether the command line has the option, with its value where it takes one.</summary>
    internal static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false } given && (given.Tokens.Count > 0 || option.ValueType == typeof(bool));

    /// <summary>Adds a rule, which holds back where a value that it asks for is missing or cannot be read: the option itself reports that.</summary>
    internal static void Add(Command command, Action<CommandResult> rule) => command.Validators.Add(result =>
    {
        try
        {
            rule(result);
        }
        catch (InvalidOperationException)
        {
            // Asking for a value that cannot be read throws; options are checked after the rules.
        }
    });
}
