using System.CommandLine;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace GnMlNet.Cli.Evaluating;

/// <summary><c>gnml evaluate</c>: the errors of a saved model on a CSV file.</summary>
internal static class EvaluateCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        Argument<string> model = SharedOptions.Model();
        var data = new Option<string?>("--data") { Description = "The CSV file with the columns that the model was trained on. Without it, California Housing is used." };
        Option<bool> json = SharedOptions.Json("the errors");
        var command = new Command("evaluate", "Measure a saved model's errors on a CSV file.") { model, data, json };
        var reading = new ReadingOptions();
        reading.AddTo(command);
        command.SetAction(parsed => Run(console, output, parsed.GetValue(model)!, parsed.GetValue(data) ?? CaliforniaHousing.Path, reading.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string modelPath, string dataPath, ReadingSettings reading, bool json)
    {
        SavedModel model = SavedModel.Load(modelPath);
        CsvFile file = CsvFile.Open(dataPath, reading);
        string label = model.Network.LabelColumnName;
        IDataView labelled = model.Context.Data.FilterRowsByMissingValues(model.Evaluate(file), label);
        IDataView scored = model.Context.Data.Cache(labelled, label, RegressionTable.ScoreColumn);
        int rows = scored.GetColumn<float>(label).Count();
        if (rows == 0) throw new UserError($"{dataPath}: no row has a label '{label}'.");

        var errors = Errors.From(model.Context.Regression.Evaluate(scored, label));
        if (json)
        {
            Json.Write(output, new { model = modelPath, data = dataPath, label, rows, errors });
            return ExitCode.Success;
        }

        Table table = Cells.Table(["Rows", "RMSE", "MAE", "R²"], []);
        table.AddRow(Invariant($"{rows}"), Invariant($"{errors.RootMeanSquaredError:0.0000}"), Invariant($"{errors.MeanAbsoluteError:0.0000}"), Cells.OrDash(errors.RSquared));
        console.Write(table.Caption(Markup.Escape($"{modelPath} on {Path.GetFileName(dataPath)}; label '{label}'")));
        return ExitCode.Success;
    }
}
