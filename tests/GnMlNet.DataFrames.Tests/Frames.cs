using Microsoft.Data.Analysis;

namespace GnMlNet.DataFrames.Tests;

/// <summary>Frames that tests train on, and what they have in common.</summary>
internal static class Frames
{
    internal const string Label = "y";

    /// <summary>Two small networks and a few iterations: laws hold whatever the model is worth.</summary>
    internal static GaussNewtonRegressionTrainer.Options Quick => new() { NumberOfNetworks = 2, NumberOfHiddenUnits = 3, MaximumNumberOfIterations = 3, Kernel = null, Seed = 3 };

    /// <summary>y = sin 2a + b^2 plus a little noise, all in single precision.</summary>
    internal static DataFrame Plain(int rows = 60, int seed = 1)
    {
        var random = new Random(seed);
        float[] Uniform() => [.. Enumerable.Range(0, rows).Select(_ => (float)((random.NextDouble() * 4) - 2))];
        float[] a = Uniform(), b = Uniform();
        return new DataFrame(
            new SingleDataFrameColumn("a", a),
            new SingleDataFrameColumn("b", b),
            new SingleDataFrameColumn(Label, a.Zip(b, (x, z) => (float)(Math.Sin(2 * x) + (z * z) + (0.05 * random.NextDouble())))));
    }

    /// <summary>Numbers, text, truth values and dates, each with some missing.</summary>
    internal static DataFrame Mixed(int rows = 60)
    {
        IEnumerable<int> all = Enumerable.Range(0, rows);
        return new DataFrame(
            new DoubleDataFrameColumn("x", all.Select(j => j % 7 == 2 ? (double?)null : j % 11)),
            new StringDataFrameColumn("kind", all.Select(j => j % 5 == 1 ? null : j % 3 == 0 ? "red" : "blue")),
            new BooleanDataFrameColumn("flag", all.Select(j => j % 6 == 3 ? (bool?)null : j % 2 == 0)),
            new DateTimeDataFrameColumn("when", all.Select(j => j % 9 == 4 ? (DateTime?)null : new DateTime(2024, 1, 1).AddHours(13 * j))),
            new DoubleDataFrameColumn(Label, all.Select(j => (double)(j % 11 * 0.5) + (j % 3 == 0 ? 2 : 0) + Math.Sin(j))));
    }

    internal static GaussNewtonRegressionFrameModel Fit(this DataFrame frame) => frame.FitGaussNewtonRegression(Label, Quick);

    /// <summary>The frame with another column in the place of one.</summary>
    internal static DataFrame With(this DataFrame frame, DataFrameColumn column) => new(frame.Columns.Select(old => old.Name == column.Name ? column : old.Clone()));

    internal static DataFrame Select(this DataFrame frame, params string[] names) => new(names.Select(name => frame.Columns[name].Clone()));

    /// <summary>All predictions, as bits.</summary>
    internal static int[] Bits(this DataFrame predictions) => [.. predictions.Columns.SelectMany(column => (SingleDataFrameColumn)column).Select(value => BitConverter.SingleToInt32Bits(value!.Value))];

    internal static float[] Numbers(this DataFrame frame, string column) => [.. ((SingleDataFrameColumn)frame.Columns[column]).Select(value => value!.Value)];
}
