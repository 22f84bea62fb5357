using System.CommandLine;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using Microsoft.ML;
using Spectre.Console;

namespace GnMlNet.Cli.Exporting;

/// <summary><c>gnml export</c>: a saved model, with all that prepares its columns, as an ONNX file.</summary>
internal static class ExportCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter errors)
    {
        Argument<string> model = SharedOptions.Model();
        var onnx = new Option<string>("--onnx") { Description = "The ONNX file to write; - is standard output.", Required = true };
        var check = new Option<string?>("--check")
        {
            Description = "Score this CSV or Parquet file with ONNX Runtime as well as with ML.NET and say how far the two differ, - for the standard input. Where the graph differs from the model by more than 1e-5 standard deviations of the label, nothing is written and the exit status is 1.",
        };
        var command = new Command("export", "Write a saved model with its preparation of columns as an ONNX file, which takes the columns of the table as they are.") { model, onnx, check };
        var reading = new ReadingOptions();
        reading.AddTo(command);
        command.SetAction(parsed => Run(console, errors, parsed.GetValue(model)!, parsed.GetValue(onnx)!, parsed.GetValue(check), reading.Read(parsed)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter errors, string modelPath, string onnxPath, string? dataPath, ReadingSettings reading)
    {
        using var target = new OutputFile(onnxPath);
        SavedModel model = SavedModel.Load(modelPath);
        TableFile? file = dataPath is null ? null : TableFile.Open(dataPath, reading);
        using var onnx = new MemoryStream();
        Convert(model, onnx);
        if (target.IsStandardOutput) console = ErrorConsole.Of(errors, console);
        if (file is not null)
        {
            var check = GraphCheck.Of(model, file, onnx.ToArray());
            check.WriteTo(console);
            if (!check.IsPassed) throw new UserError($"The graph differs from the model by more than 1e-5 standard deviations of the label; nothing was written.");
        }

        onnx.WriteTo(target.Stream);
        target.Commit();
        console.WriteLine(Invariant($"{onnx.Length:N0} bytes written to {target.Name}"));
        return ExitCode.Success;
    }

    private static void Convert(SavedModel model, Stream target)
    {
        DataViewSchema schema = model.NeedSchema();
        try
        {
            ExportableModel.Write(model.Context, model.ScoringSteps, schema, ExportableModel.Outputs(model.Network), target);
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new UserError($"The model cannot be exported: {error.GetBaseException().Message}");
        }
    }
}
