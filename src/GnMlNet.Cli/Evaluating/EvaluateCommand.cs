using System.CommandLine;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Spectre.Console;

namespace GnMlNet.Cli.Evaluating;

/// <summary><c>gnml evaluate</c>: the errors of a saved model on a table.</summary>
internal static class EvaluateCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        Argument<string> model = SharedOptions.Model();
        var data = new Option<string?>("--data") { Description = "The CSV or Parquet file with the columns that the model was trained on, or - for the standard input. Without it, California Housing is used." };
        Option<bool> json = SharedOptions.Json("the errors");
        var command = new Command("evaluate", "Measure a saved model's errors on a table.") { model, data, json };
        var reading = new ReadingOptions();
        reading.AddTo(command);
        command.SetAction(parsed => Run(console, output, parsed.GetValue(model)!, parsed.GetValue(data) ?? CaliforniaHousing.Path, reading.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string modelPath, string dataPath, ReadingSettings reading, bool json)
    {
        SavedModel model = SavedModel.Load(modelPath);
        TableFile file = TableFile.Open(dataPath, reading);
        string label = model.Label, labelColumn = model.Network.LabelColumnName;
        IDataView scored = model.Context.Data.FilterRowsByMissingValues(model.Evaluate(file), labelColumn);
        (Errors errors, long rows) = Measure(NumberColumns.Stream(scored, labelColumn), NumberColumns.Stream(scored, RegressionTable.ScoreColumn), model.ReadLabels(file));
        if (rows == 0) throw new UserError($"{file.Path}: no row has a label '{label}'.");
        if (json)
        {
            Json.Write(output, new { model = modelPath, data = dataPath, label, rows, errors });
            return ExitCode.Success;
        }

        Table table = Cells.Table(["Rows", "RMSE", "MAE", "R²"], []);
        table.AddRow(Invariant($"{rows}"), Cells.Significant(errors.RootMeanSquaredError), Cells.Significant(errors.MeanAbsoluteError), Cells.Determination(errors.RSquared));
        console.Write(table.Caption(Markup.Escape($"{modelPath} on {Path.GetFileName(file.Path)}; label '{label}'")));
        return ExitCode.Success;
    }

    /// <summary>The errors by the labels of the file, which have all their digits, or where there are not as many, since a pipeline leaves rows out or derives its label, by those of the model; row by row.</summary>
    private static (Errors Errors, long Rows) Measure(IEnumerable<double> labels, IEnumerable<double> scores, IEnumerable<double>? exact)
    {
        ErrorTally ofModel = new(), ofFile = new();
        using IEnumerator<double>? digits = exact?.GetEnumerator();
        bool areAlike = digits is not null;
        foreach ((double label, double score) in labels.Zip(scores))
        {
            ofModel.Add(label, score);
            areAlike = areAlike && digits!.MoveNext();
            if (areAlike) ofFile.Add(digits!.Current, score);
        }

        return ((areAlike && !digits!.MoveNext() ? ofFile : ofModel).ToErrors(), ofModel.Count);
    }
}
