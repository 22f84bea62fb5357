using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

/// <summary>A row of the table that most tests train on: y = sin 2a + b^2 plus a little noise.</summary>
internal sealed class Row
{
    public float A { get; set; }

    public float B { get; set; }

    public float C { get; set; }

    public float Y { get; set; }

    public float Weight { get; set; } = 1;
}

internal sealed class Prediction
{
    public float Score { get; set; }
}

internal static class Rows
{
    internal static List<Row> Make(int count, int seed)
    {
        var random = new Random(seed);
        float Uniform() => (float)((random.NextDouble() * 4) - 2);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var row = new Row { A = Uniform(), B = Uniform(), C = Uniform() };
            row.Y = (float)(Math.Sin(2 * row.A) + (row.B * row.B) + (0.05 * random.NextDouble()));
            return row;
        })];
    }

    /// <summary>The rows as a data frame, which keeps its columns together.</summary>
    internal static DataFrame ToFrame(this IReadOnlyCollection<Row> rows) => new(
        new SingleDataFrameColumn("A", rows.Select(row => row.A)),
        new SingleDataFrameColumn("B", rows.Select(row => row.B)),
        new SingleDataFrameColumn("C", rows.Select(row => row.C)),
        new SingleDataFrameColumn("Weight", rows.Select(row => row.Weight)),
        new SingleDataFrameColumn("Y", rows.Select(row => row.Y)));

    /// <summary>The rows with A, B and C concatenated into Features.</summary>
    internal static IDataView WithFeatures(this MLContext context, IEnumerable<Row> rows)
    {
        IDataView data = context.Data.LoadFromEnumerable(rows);
        return context.Transforms.Concatenate("Features", "A", "B", "C").Fit(data).Transform(data);
    }

    internal static float[] Scores(this ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float>("Score")];

    /// <summary>Collects what ML.NET logs while <paramref name="action"/> runs.</summary>
    internal static List<string> LogOf(this MLContext context, Action action, Func<LoggingEventArgs, bool>? filter = null)
    {
        var messages = new List<string>();
        void Collect(object? sender, LoggingEventArgs entry)
        {
            if (filter?.Invoke(entry) ?? true) lock (messages) messages.Add(entry.Message);
        }

        context.Log += Collect;
        try
        {
            action();
        }
        finally
        {
            context.Log -= Collect;
        }

        return messages;
    }
}
