using System.CommandLine;
using System.Globalization;
using CsvHelper;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Reading;
using Microsoft.ML;

namespace GnMlNet.Cli.Predicting;

/// <summary><c>gnml predict</c>: a table in, the same rows as CSV with a column Score out, and with Lower and Upper where the model has intervals; in order, streaming.</summary>
internal static class PredictCommand
{
    internal static Command Create(TextWriter output, TextWriter errors)
    {
        Argument<string> model = SharedOptions.Model();
        var data = new Option<string>("--data") { Description = "The CSV or Parquet file with the columns that the model was trained on, or - for the standard input; the label is not needed.", Required = true };
        var result = new Option<string?>("--out") { Description = "The CSV file to write. Without it, or with -, rows go to standard output." };
        var command = new Command("predict", "Add a saved model's predictions to the rows of a table, and write them as CSV.") { model, data, result };
        var reading = new ReadingOptions();
        reading.AddTo(command);
        command.SetAction(parsed => Run(output, errors, parsed.GetValue(model)!, parsed.GetValue(data)!, reading.Read(parsed), parsed.GetValue(result)));
        return command;
    }

    private static int Run(TextWriter output, TextWriter errors, string modelPath, string dataPath, ReadingSettings reading, string? resultPath)
    {
        using OutputFile? result = OutputFile.Open(resultPath);
        SavedModel model = SavedModel.Load(modelPath);
        TableFile file = TableFile.Open(dataPath, reading);
        IDataView scored = model.Predict(file);
        IReadOnlyList<string> names = [.. BlockPredictions.Names(model.Network).Where(name => name != "StandardDeviation")];
        foreach (string taken in names.Where(file.Header.Contains)) errors.WriteLine($"Note: the file has a column '{taken}' of its own; the predicted one is called '{Written(taken, file)}'.");
        string[] leftOut = [.. Enumerable.Range(0, file.Header.Count).Where(i => !file.HasCells(i)).Select(i => $"'{file.Header[i]}' ({((ColumnNotation.NoCells)file.Declared(i)!).Content})")];
        if (leftOut.Length > 0) errors.WriteLine($"Note: a CSV file has no cells for {string.Join(", ", leftOut)}; what is written leaves {(leftOut.Length == 1 ? "this column" : "these columns")} out.");
        if (model.DerivesLabel) errors.WriteLine($"Note: {string.Join(", ", names)} are values of '{model.Label}', which the model derives from columns of the file; they are in its units.");
        long rows = 0;
        OutputFile.WriteText(result, output, writer => rows = WriteRows(file, BlockPredictions.Of(model.Transformer, scored), names, writer));
        if (result is not null) errors.WriteLine($"{rows} rows written to {resultPath}{(OutputFile.IsNamedParquet(resultPath!) ? "; what is in it is CSV, whatever its name says" : "")}");
        return ExitCode.Success;
    }

    /// <summary>The name of a predicted column beside those of the file.</summary>
    private static string Written(string name, TableFile file)
    {
        while (file.Header.Contains(name)) name += " (predicted)";
        return name;
    }

    /// <summary>Writes the file's own cells, read a second time in step with the predictions, and the first of these that have a name.</summary>
    private static long WriteRows(TableFile file, IEnumerable<float[]> predictions, IReadOnlyList<string> names, TextWriter output)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        int[] columns = [.. Enumerable.Range(0, file.Header.Count).Where(file.HasCells)];
        IReadOnlyList<string> header = file.WrittenHeader.All(name => name.Length == 0) ? file.Header : file.WrittenHeader;
        foreach (int i in columns) csv.WriteField(header[i]);
        foreach (string name in names) csv.WriteField(Written(name, file));
        csv.NextRecord();

        using IEnumerator<float[]> ofRow = predictions.GetEnumerator();
        using TableFile.Reader reader = file.Read();
        long rows = 0;
        while (reader.MoveNext())
        {
            if (!ofRow.MoveNext()) throw new UserError($"{file.Path}: the model gives no prediction for the row in {reader.Place}; its pipeline leaves rows out.");
            foreach (int i in columns) csv.WriteField(reader[i]);
            foreach (float value in ofRow.Current.AsSpan(0, names.Count)) csv.WriteField(value.ToString("R", CultureInfo.InvariantCulture));
            csv.NextRecord();
            rows++;
        }

        if (ofRow.MoveNext()) throw new UserError($"{file.Path}: the model gives more predictions than there are rows; its pipeline adds rows.");
        return rows;
    }
}
