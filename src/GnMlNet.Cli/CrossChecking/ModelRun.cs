using GnMlNet.Cli.Tables;
using GnMlNet.Core.Networks;
using GnMlNet.Reference.Traces;
using MathNet.Numerics;
using MathNet.Numerics.Random;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>A saved model on rows of a table as a run of one iterate: the weights that it holds, in the units of its features, with the scores that ML.NET gives.</summary>
internal static class ModelRun
{
    /// <exception cref="UserError">The file lacks a column that the model needs, or no row has a label.</exception>
    internal static RunToCheck Of(SavedModel model, string name, CsvFile file, int mostRows)
    {
        (RecordedRun run, double[] scores) = Read(model, file, mostRows);
        return new RunToCheck($"{name} on {run.Rows.Count} rows of {Path.GetFileName(file.Path)}", Path.GetFileNameWithoutExtension(name), () => run, recorded => iterate => FastPath.Of(recorded)(iterate) with { Scores = scores });
    }

    private static (RecordedRun Run, double[] Scores) Read(SavedModel model, CsvFile file, int mostRows)
    {
        string label = model.Network.LabelColumnName;
        IDataView scored = model.Context.Data.FilterRowsByMissingValues(model.Evaluate(file), label);
        var rows = new List<(double[] X, double Y, double Score)>();
        DataViewSchema.Column x = scored.Schema[model.FeatureColumn], y = scored.Schema[label], score = scored.Schema[SavedModel.ScoreColumn];
        using (DataViewRowCursor cursor = scored.GetRowCursor([x, y, score]))
        {
            ValueGetter<VBuffer<float>> getX = cursor.GetGetter<VBuffer<float>>(x);
            ValueGetter<float> getY = cursor.GetGetter<float>(y), getScore = cursor.GetGetter<float>(score);
            VBuffer<float> features = default;
            float target = 0, prediction = 0;
            while (cursor.MoveNext())
            {
                getX(ref features);
                getY(ref target);
                getScore(ref prediction);
                rows.Add(([.. features.DenseValues().Select(value => (double)value)], target, prediction));
            }
        }

        if (rows.Count == 0) throw new UserError($"{file.Path}: no row has a label '{label}'.");
        (double[] X, double Y, double Score)[] chosen = rows.Count <= mostRows
            ? [.. rows]
            : [.. Combinatorics.GeneratePermutation(rows.Count, new MersenneTwister(1)).Take(mostRows).Order().Select(index => rows[index])];
        if (Array.FindIndex(chosen, row => !double.IsFinite(row.Score)) is >= 0 and var broken)
            throw new UserError($"{file.Path}: the model gives no finite score for a row with label {chosen[broken].Y}; a feature of it is missing or not a number.");

        Network network = model.Network.Network;
        var run = new RecordedRun
        {
            Kind = RunKind.Training,
            Inputs = network.Shape.InputSize,
            HiddenUnits = network.Shape.HiddenSize,
            Biases = network.Shape.HasBiases,
            TrainsOutputLayer = true,
            Activation = network.Activation.Name,
            Rows = [.. chosen.Select(row => new RecordedRow(row.X, row.Y, 1.0 / chosen.Length))],
            Iterates = [new RecordedIterate { Parameters = network.Parameters.ToArray(), Loss = double.NaN }],
        };
        return (run, [.. chosen.Select(row => row.Score)]);
    }
}
