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
    /// <summary>What files about it are called.</summary>
    internal string File => Path.GetFileNameWithoutExtension(Name);

    /// <summary>Reads both.</summary>
    /// <param name="modelPath">The model.</param>
    /// <param name="dataPath">The CSV file; null means California Housing.</param>
    /// <param name="reading">How that file is written.</param>
    /// <param name="mostRows">How many of its rows at most, drawn at random.</param>
    /// <exception cref="UserError">The file lacks a column that the model needs, no row has a label, or a row has no score.</exception>
    internal static ModelOnRows Read(string modelPath, string? dataPath, ReadingSettings reading, int mostRows)
    {
        SavedModel model = SavedModel.Load(modelPath);
        return Checked(model, modelPath, CsvFile.Open(dataPath ?? CaliforniaHousing.Path, reading), keep: null, rows => Choose(rows, mostRows));
    }

    /// <summary>Rows of a table for a model that was read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="modelPath">Where it is from.</param>
    /// <param name="file">The table.</param>
    /// <param name="keep">Which of its rows, by number from 0.</param>
    /// <exception cref="UserError">The file lacks a column that the model needs, no row has a label, or a row has no score.</exception>
    internal static ModelOnRows Read(SavedModel model, string modelPath, CsvFile file, Func<int, bool> keep) => Checked(model, modelPath, file, keep, rows => rows);

    private static ModelOnRows Checked(SavedModel model, string modelPath, CsvFile file, Func<int, bool>? keep, Func<ScoredRow[], ScoredRow[]> choose)
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

    private static ScoredRow[] Read(SavedModel model, CsvFile file, Func<int, bool>? keep)
    {
        string label = model.Network.LabelColumnName;
        IDataView scored = model.Context.Data.FilterRowsByMissingValues(model.Evaluate(file, keep), label);
        ScoredRow[] rows =
        [
            .. scored.GetColumn<float[]>(model.FeatureColumn).Zip(scored.GetColumn<float>(label), scored.GetColumn<float>(RegressionTable.ScoreColumn))
                .Select(row => new ScoredRow(row.First, row.Second, row.Third)),
        ];
        return rows.Length > 0 ? rows : throw new UserError($"{file.Path}: no row has a label '{label}'.");
    }

    private static ScoredRow[] Choose(ScoredRow[] rows, int most)
    {
        if (rows.Length <= most) return rows;
        bool[] chosen = RowSplit.Draw(rows.Length, most, seed: 1);
        return [.. rows.Where((_, j) => chosen[j])];
    }
}
