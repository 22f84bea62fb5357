using Spectre.Console;

namespace GnMlNet.Cli.Output;

/// <summary>Where people read while a file goes to standard output.</summary>
internal static class ErrorConsole
{
    /// <param name="errors">Where messages go.</param>
    /// <param name="like">The console that it stands for, as wide.</param>
    internal static IAnsiConsole Of(TextWriter errors, IAnsiConsole like)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) });
        console.Profile.Width = like.Profile.Width;
        return console;
    }
}
