using System.CommandLine;
using System.Globalization;
using CsvHelper;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Tables;
using Microsoft.ML;

namespace GnMlNet.Cli.Predicting;

/// <summary><c>gnml predict</c>: a CSV file in, the same rows with a column Score out, and with Lower and Upper where the model has intervals; in order, streaming.</summary>
internal static class PredictCommand
{
    private static readonly string[] s_withIntervals = [RegressionTable.ScoreColumn, "Lower", "Upper"];

    internal static Command Create(TextWriter output, TextWriter errors)
    {
        Argument<string> model = SharedOptions.Model();
        var data = new Option<string>("--data") { Description = "The CSV file with the columns that the model was trained on; the label is not needed.", Required = true };
        Option<string?> result = SharedOptions.ResultFile();
        var command = new Command("predict", "Add a saved model's predictions to the rows of a CSV file.") { model, data, result };
        command.SetAction(parsed => Run(output, errors, parsed.GetValue(model)!, parsed.GetValue(data)!, parsed.GetValue(result)));
        return command;
    }

    private static int Run(TextWriter output, TextWriter errors, string modelPath, string dataPath, string? resultPath)
    {
        using OutputFile? result = OutputFile.Open(resultPath);
        SavedModel model = SavedModel.Load(modelPath);
        CsvFile file = CsvFile.Open(dataPath);
        IDataView scored = model.Predict(file);
        string[] names = model.Network.Ensemble?.Intervals is null ? [RegressionTable.ScoreColumn] : s_withIntervals;
        long rows = 0;
        if (result is null) rows = WriteRows(file, scored, names, output);
        else result.WriteText(writer => rows = WriteRows(file, scored, names, writer));
        if (result is not null) errors.WriteLine($"{rows} rows written to {resultPath}");
        return ExitCode.Success;
    }

    /// <summary>Writes the file's own cells, read a second time in step with the predictions, and these. A column that already has such a name is replaced.</summary>
    private static long WriteRows(CsvFile file, IDataView scored, IReadOnlyList<string> names, TextWriter output)
    {
        DataViewSchema.Column[] predictions = [.. names.Select(name => scored.Schema[name])];
        int[] kept = [.. Enumerable.Range(0, file.Header.Count).Where(i => predictions.All(column => column.Name != file.Header[i]))];
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (int i in kept) csv.WriteField(file.Header[i]);
        foreach (DataViewSchema.Column column in predictions) csv.WriteField(column.Name);
        csv.NextRecord();

        using DataViewRowCursor cursor = scored.GetRowCursor(predictions);
        ValueGetter<float>[] getters = [.. predictions.Select(cursor.GetGetter<float>)];
        using CsvFile.Reader reader = file.Read();
        float value = 0;
        long rows = 0;
        while (cursor.MoveNext() && reader.MoveNext())
        {
            foreach (int i in kept) csv.WriteField(reader[i]);
            foreach (ValueGetter<float> get in getters)
            {
                get(ref value);
                csv.WriteField(value.ToString("R", CultureInfo.InvariantCulture));
            }

            csv.NextRecord();
            rows++;
        }

        return rows;
    }
}
