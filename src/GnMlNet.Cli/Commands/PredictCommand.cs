using System.CommandLine;
using System.Globalization;
using CsvHelper;
using GnMlNet.Cli.Tables;
using Microsoft.ML;

namespace GnMlNet.Cli.Commands;

/// <summary><c>gnml predict</c>: a CSV file in, the same rows with a column Score out, in order, streaming.</summary>
internal static class PredictCommand
{
    private const string Score = SavedModel.ScoreColumn;

    internal static Command Create(TextWriter output, TextWriter errors)
    {
        var model = new Argument<string>("MODEL") { Description = "A model that 'gnml train' wrote." };
        var data = new Option<string>("--data") { Description = "The CSV file with the columns that the model was trained on; the label is not needed.", Required = true };
        var result = new Option<string?>("--out") { Description = "The CSV file to write. Without it, rows go to standard output." };
        var command = new Command("predict", "Add a saved model's predictions to the rows of a CSV file.") { model, data, result };
        command.SetAction(parsed => Run(output, errors, parsed.GetValue(model)!, parsed.GetValue(data)!, parsed.GetValue(result)));
        return command;
    }

    private static int Run(TextWriter output, TextWriter errors, string modelPath, string dataPath, string? resultPath)
    {
        if (resultPath is not null) AtomicFile.CheckWritable(resultPath);
        SavedModel model = SavedModel.Load(modelPath);
        CsvFile file = CsvFile.Open(dataPath);
        IDataView scored = model.Predict(file);
        if (resultPath is null)
        {
            WriteRows(file, scored, output);
            return ExitCode.Success;
        }

        long rows = 0;
        AtomicFile.WriteText(resultPath, writer => rows = WriteRows(file, scored, writer));
        errors.WriteLine($"{rows} rows written to {resultPath}");
        return ExitCode.Success;
    }

    /// <summary>Writes the file's own cells, read a second time in step with the scores, and the score. A column that is already called Score is replaced.</summary>
    private static long WriteRows(CsvFile file, IDataView scored, TextWriter output)
    {
        int[] kept = [.. Enumerable.Range(0, file.Header.Count).Where(i => file.Header[i] != Score)];
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (int i in kept) csv.WriteField(file.Header[i]);
        csv.WriteField(Score);
        csv.NextRecord();

        DataViewSchema.Column column = scored.Schema[Score];
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(column);
        using CsvFile.Reader reader = file.Read();
        float score = 0;
        long rows = 0;
        while (cursor.MoveNext() && reader.MoveNext())
        {
            getScore(ref score);
            foreach (int i in kept) csv.WriteField(reader[i]);
            csv.WriteField(score.ToString("R", CultureInfo.InvariantCulture));
            csv.NextRecord();
            rows++;
        }

        return rows;
    }
}
