using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>
/// A saved model on rows of a table as runs of one iterate: the weights of a network, in the units of its features and with the scores that ML.NET gives, or those of every
/// member of an ensemble with its own inputs.
/// </summary>
internal static class ModelRun
{
    private sealed record ScoredRow(float[] Features, float Label, float Score);

    /// <param name="modelPath">The model.</param>
    /// <param name="dataPath">The CSV file; null means California Housing.</param>
    /// <param name="mostRows">How many of its rows at most, drawn at random.</param>
    /// <exception cref="UserError">The file lacks a column that the model needs, no row has a label, or a row has no score.</exception>
    internal static IReadOnlyList<RunToCheck> Of(string modelPath, string? dataPath, int mostRows)
    {
        SavedModel model = SavedModel.Load(modelPath);
        CsvFile file = CsvFile.Open(dataPath ?? CaliforniaHousing.Path);
        ScoredRow[] rows = Choose(Read(model, file), mostRows);
        if (Array.Find(rows, row => !float.IsFinite(row.Score)) is { } broken)
            throw new UserError($"{file.Path}: the model gives no finite score for a row with label {broken.Label}; a feature of it is missing or not a number.");

        string name = Path.GetFileName(modelPath), title = $"{name} on {rows.Length} rows of {Path.GetFileName(file.Path)}", fileName = Path.GetFileNameWithoutExtension(name);
        if (model.Network.Ensemble is not { } ensemble)
        {
            RecordedRun run = ToRun(model.Network.Members.OfType<NetworkMember>().Single().Network, rows.Select(row => (Array.ConvertAll(row.Features, value => (double)value), (double)row.Label)), rows.Length);
            double[] scores = [.. rows.Select(row => (double)row.Score)];
            return [new RunToCheck(title, fileName, () => run, recorded => iterate => FastPath.Of(recorded)(iterate) with { Scores = scores })];
        }

        return [.. ensemble.Members.OfType<NetworkMember>().Select((member, k) =>
            new RunToCheck($"member {k + 1} of {title}", $"{fileName}-member-{k + 1}", () => ToRun(member.Network, rows.Select(row => Mapped(ensemble, member, row)), rows.Length)))];
    }

    private static (double[] Inputs, double Target) Mapped(NetworkEnsemble ensemble, EnsembleMember member, ScoredRow row)
    {
        var inputs = new double[row.Features.Length];
        ensemble.Maps[member.Map].Map<float>(row.Features, inputs);
        return (inputs, ensemble.Label.Standardize(row.Label));
    }

    private static ScoredRow[] Read(SavedModel model, CsvFile file)
    {
        string label = model.Network.LabelColumnName;
        IDataView scored = model.Context.Data.FilterRowsByMissingValues(model.Evaluate(file), label);
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

    private static RecordedRun ToRun(Network network, IEnumerable<(double[] Inputs, double Target)> rows, int count) => new()
    {
        Kind = RunKind.Training,
        Inputs = network.Shape.InputSize,
        HiddenUnits = network.Shape.HiddenSize,
        Biases = network.Shape.HasBiases,
        TrainsOutputLayer = true,
        Activation = Enum.Parse<Sigmoid>(network.Activation.Name),
        Rows = [.. rows.Select(row => new RecordedRow(row.Inputs, row.Target, 1.0 / count))],
        Iterates = [new RecordedIterate { Parameters = network.Parameters.ToArray(), Loss = double.NaN }],
    };
}
