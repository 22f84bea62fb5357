using GnMlNet.Cli.CrossChecking;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using GnMlNet.Reference.Minimizers;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.Certifying;

/// <summary>
/// The objectives that the networks of a saved model were trained for, on the rows of their training. Rows of a single network are standardized anew, as training does it; the inputs of an
/// ensemble's networks and their penalties are in the model.
/// </summary>
internal static class ModelObjectives
{
    /// <param name="model">The model and its training rows.</param>
    /// <param name="penalty">The fixed penalty that it was trained with; null for the default of a single network.</param>
    /// <exception cref="UserError">The model was trained for another objective, or does not hold what is needed.</exception>
    internal static IReadOnlyList<NetworkToCertify> Of(ModelOnRows model, double? penalty)
    {
        if (model.Model.NullifiedNetwork is not null) throw new UserError($"{model.Name} was trained by the paper's flow, which has another objective, without a penalty and with outputs counted from the start. 'gnml audit --model' says which theorem covers it.");
        if (model.Model.Ensemble is not { } ensemble) return [OfSingle(model, penalty ?? TrainingOptions.Defaults.Penalty)];
        if (HasRowWeights(ensemble)) throw new UserError($"{model.Name} was trained with weights of rows, as --loss huber gives them; the model does not hold them row by row, so its objective is not known.");
        NetworkMember[] members = [.. ensemble.Members.OfType<NetworkMember>()];
        if (members.Length == 0) throw new UserError($"{model.Name} has no networks to certify: its kernel block has all the weight. It is not part of this certificate; 'gnml crosscheck --model' certifies it.");
        return [.. members.Select((member, k) => OfMember(model, ensemble, member, $"network {k + 1} of {members.Length}", penalty))];
    }

    private static NetworkToCertify OfSingle(ModelOnRows model, double penalty)
    {
        TrainingIteration recorded = model.Model.TrainingHistory[model.Model.BestIteration];
        if (!double.IsNaN(recorded.ValidationError)) throw new UserError($"{model.Name} was stopped early by validation rows: not at a minimum, which is intended; and the model does not say which rows these were.");
        Network network = model.Model.Members.OfType<NetworkMember>().Single().Network;
        var table = new RegressionData(network.Shape.InputSize);
        foreach (ScoredRow row in model.Rows) table.Add(row.Features, row.Label, 1);
        Standardization units = Standardization.Measure(table);
        if (units.Label.Deviation == 0) throw new UserError($"{model.Name}: all labels of these rows are the same, so that training had nothing to minimize.");
        RecordedRow[] rows = [.. model.Rows.Select(row => new RecordedRow([.. row.Features.Select((value, k) => units.Features[k].Standardize(value))], units.Label.Standardize(row.Label), 1.0 / model.Rows.Count))];
        double[] penalties = [.. Enumerable.Range(0, (int)network.Shape.ParameterCount).Select(i => network.Shape.IsBias(i) ? 0 : penalty)];
        var saved = new AffineUnits(units.Features.Select(column => (column.Mean, column.Deviation)), (units.Label.Mean, units.Label.Deviation));
        return new NetworkToCertify(model.Name, new TrainingObjective(ToRun(network, rows), penalties), network.Parameters.ToArray(), saved, recorded, HasConstantColumn: units.Features.Any(column => column.Deviation == 0));
    }

    private static NetworkToCertify OfMember(ModelOnRows model, NetworkEnsemble ensemble, NetworkMember member, string name, double? penalty)
    {
        Network network = member.Network;
        if (member.Evidence is null && penalty is null) throw new UserError($"The networks of {model.Name} have a fixed penalty, which the model does not hold: give --penalty as in training.");
        RecordedRow[] rows = [.. model.Rows.Select(row => new RecordedRow(ModelOnRows.InputsOf(ensemble, member, row), ensemble.Label.Standardize(row.Label), 1.0 / model.Rows.Count))];
        double[] penalties = [.. Enumerable.Range(0, (int)network.Shape.ParameterCount).Select(i => member.Evidence is { } evidence
            ? evidence.Precisions[GroupOf(network.Shape, i)] / (evidence.NoisePrecision * rows.Length)
            : network.Shape.IsBias(i) ? 0 : penalty!.Value)];
        return new NetworkToCertify(name, new TrainingObjective(ToRun(network, rows), penalties), network.Parameters.ToArray(), Units: null, Recorded: null, HasConstantColumn: false);
    }

    // The columns, then hidden biases, output weights, output bias.
    private static int GroupOf(NetworkShape shape, int parameter)
    {
        if (parameter < shape.OutputWeight(0)) return parameter % shape.UnitLength;
        return parameter < shape.OutputBias ? shape.InputSize + 1 : shape.InputSize + 2;
    }

    // Copies of a row are merged with the sum of their weights: a whole number unless rows have other weights than 1.
    private static bool HasRowWeights(NetworkEnsemble ensemble) =>
        ensemble.Members.OfType<KernelMember>().Any(member => member.Equations is { } equations && equations.Weights.Any(weight => weight != Math.Round(weight)));

    private static RecordedRun ToRun(Network network, IReadOnlyList<RecordedRow> rows) => new()
    {
        Kind = RunKind.Training,
        Inputs = network.Shape.InputSize,
        HiddenUnits = network.Shape.HiddenSize,
        Biases = network.Shape.HasBiases,
        TrainsOutputLayer = true,
        Activation = Enum.Parse<Sigmoid>(network.Activation.Name),
        Rows = rows,
        Iterates = [],
    };
}
