using GnMlNet.Cli.Models;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>A saved model with rows of a table that it has scored.</summary>
/// <param name="Model">The model.</param>
/// <param name="Name">What its file is called.</param>
/// <param name="Table">What the table's file is called.</param>
/// <param name="Rows">At least one row with a label and a finite score.</param>
internal sealed record ModelOnRows(GaussNewtonRegressionModelParameters Model, string Name, string Table, IReadOnlyList<ScoredRow> Rows)
{
    // What takes p^2/2 exact products, or exponentials of many places, for each row.
    private const int MostCostly = 20;

    /// <summary>Some of the rows, spread over all of them, for what is costly.</summary>
    internal IReadOnlyList<ScoredRow> SomeRows => [.. Some(Rows.Count).Select(j => Rows[j])];

    /// <summary>Which of so many rows these are.</summary>
    internal static int[] Some(int rows)
    {
        int count = Math.Min(MostCostly, rows);
        return [.. Enumerable.Range(0, count).Select(k => (int)((long)k * rows / count))];
    }

    /// <summary>What files about it are called.</summary>
    internal string File => Path.GetFileNameWithoutExtension(Name);

    /// <summary>Reads both.</summary>
    /// <param name="modelPath">The model.</param>
    /// <param name="data">The CSV or Parquet files that make up the table; none means California Housing.</param>
    /// <param name="reading">How that file is written.</param>
    /// <param name="mostRows">How many of its rows at most, drawn at random.</param>
    /// <exception cref="UserError">The file lacks a column that the model needs, no row has a label, or a row has no score.</exception>
    internal static ModelOnRows Read(string modelPath, IReadOnlyList<string> data, ReadingSettings reading, int mostRows)
    {
        SavedModel model = SavedModel.Load(modelPath);
        return Checked(model, modelPath, data.Count == 0 ? TableFile.Open(CaliforniaHousing.Path, reading) : TableFile.Open(DataFiles.Expand(data), reading), keep: null, rows => Choose(rows, mostRows));
    }

    /// <summary>Rows of a table for a model that was read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="modelPath">Where it is from.</param>
    /// <param name="file">The table.</param>
    /// <param name="keep">Which of its rows, by number from 0.</param>
    /// <exception cref="UserError">The file lacks a column that the model needs, no row has a label, or a row has no score.</exception>
    internal static ModelOnRows Read(SavedModel model, string modelPath, TableFile file, Func<int, bool> keep) => Checked(model, modelPath, file, keep, rows => rows);

    private static ModelOnRows Checked(SavedModel model, string modelPath, TableFile file, Func<int, bool>? keep, Func<ScoredRow[], ScoredRow[]> choose)
    {
        ScoredRow[] rows = choose(Read(model, file, keep));
        if (Array.Find(rows, row => !float.IsFinite(row.Score)) is { } broken)
            throw new UserError($"{file.Path}: the model gives no finite score for a row with label {broken.Label}; a feature of it is missing or not a number.");
        return new ModelOnRows(model.Network, Path.GetFileName(modelPath), Path.GetFileName(file.Path), rows);
    }

    /// <summary>The inputs that a member of an ensemble sees of a row.</summary>
    internal static double[] InputsOf(NetworkEnsemble ensemble, EnsembleMember member, ScoredRow row)
    {
        var inputs = new double[row.Features.Length];
        ensemble.Maps[member.Map].Map<float>(row.Features, inputs);
        return inputs;
    }

    private static ScoredRow[] Read(SavedModel model, TableFile file, Func<int, bool>? keep)
    {
        string label = model.Network.LabelColumnName;
        IDataView scored = model.Context.Data.FilterRowsByMissingValues(model.Evaluate(file, keep), label);
        float[][] columns = [.. new[] { label, RegressionTable.ScoreColumn, "Lower", "Upper", "StandardDeviation" }.Select(Column)];
        ScoredRow[] rows = [.. scored.GetColumn<float[]>(model.FeatureColumn).Select((features, j) => new ScoredRow(features, columns[0][j], columns[1][j], ValueOf(columns[2], j), ValueOf(columns[3], j), ValueOf(columns[4], j)))];
        return rows.Length > 0 ? rows : throw new UserError($"{file.Path}: no row has a label '{label}'.");

        // The ends of intervals are not in every model.
        float[] Column(string name) => scored.Schema.GetColumnOrNull(name) is null ? [] : [.. scored.GetColumn<float>(name)];
        static float ValueOf(float[] column, int j) => column.Length == 0 ? float.NaN : column[j];
    }

    private static ScoredRow[] Choose(ScoredRow[] rows, int most)
    {
        if (rows.Length <= most) return rows;
        bool[] chosen = RowSplit.Draw(rows.Length, most, seed: 1);
        return [.. rows.Where((_, j) => chosen[j])];
    }
}
