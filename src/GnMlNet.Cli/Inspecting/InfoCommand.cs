using System.CommandLine;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using Spectre.Console;

namespace GnMlNet.Cli.Inspecting;

/// <summary><c>gnml info</c>: what is in a saved model, or in a table before a model is trained on it.</summary>
internal static class InfoCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "A model that 'gnml train' wrote, or a CSV or Parquet file to look at; - for the standard input." };
        var label = new Option<string?>("--label") { Description = "Of a table: the column that is to be predicted." };
        var reading = new ReadingOptions();
        Option<bool> json = SharedOptions.Json("everything");
        var command = new Command("info", "Show what is in a saved model and how its training went; or what is in a table and what training would make of it.") { file, label };
        reading.AddTo(command);
        command.Add(json);
        command.SetAction(parsed => Run(console, output, parsed.GetValue(file)!, parsed.GetValue(label), reading.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string path, string? label, ReadingSettings reading, bool json)
    {
        InputFile file = InputFile.Open(path, "model, a CSV file or a Parquet file");
        if (BinaryKind.OfFile(file) is { IsModel: true })
        {
            SavedModel model = SavedModel.Load(file);
            if (json) Json.Write(output, InfoSummary.ToJson(model));
            else InfoSummary.Write(console, path, model);
        }
        else
        {
            TableView table = TableView.Of(TableFile.Open(file, reading, label), label);
            if (json) Json.Write(output, TableSummary.ToJson(table));
            else TableSummary.Write(console, table);
        }

        return ExitCode.Success;
    }
}
