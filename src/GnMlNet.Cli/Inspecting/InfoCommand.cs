using System.CommandLine;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using Spectre.Console;

namespace GnMlNet.Cli.Inspecting;

/// <summary><c>gnml info</c>: what is in a saved model.</summary>
internal static class InfoCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        Argument<string> model = SharedOptions.Model();
        Option<bool> json = SharedOptions.Json("everything");
        var command = new Command("info", "Show what is in a saved model and how its training went.") { model, json };
        command.SetAction(parsed => Run(console, output, parsed.GetValue(model)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string path, bool json)
    {
        SavedModel model = SavedModel.Load(path);
        if (json) Json.Write(output, InfoSummary.ToJson(model));
        else InfoSummary.Write(console, path, model);
        return ExitCode.Success;
    }
}
