using GnMlNet.Cli.Internals;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>
/// The networks of a saved model on rows of a table as runs of one iterate: the weights of a network, in the units of its features and with the scores that ML.NET gives, or those of
/// every network of an ensemble with its own inputs. None where a kernel block has all the weight.
/// </summary>
internal static class ModelRun
{
    internal static IReadOnlyList<RunToCheck> Of(ModelOnRows model)
    {
        IReadOnlyList<ScoredRow> rows = model.Rows;
        string title = $"{model.Name} on {rows.Count} rows of {model.Table}";
        if (model.Model.Ensemble is not { } ensemble)
        {
            RecordedRun run = ToRun(model.Model.Members.OfType<NetworkMember>().Single().Network, rows.Select(row => (Array.ConvertAll(row.Features, value => (double)value), (double)row.Label)), rows.Count);
            double[] scores = [.. rows.Select(row => (double)row.Score)];
            return [new RunToCheck(title, model.File, () => run, recorded => iterate => FastPath.Of(recorded)(iterate) with { Scores = scores })];
        }

        return [.. ensemble.Members.OfType<NetworkMember>().Select((member, k) => new RunToCheck(
            $"member {k + 1} of {title}",
            $"{model.File}-member-{k + 1}",
            () => ToRun(member.Network, rows.Select(row => (ModelOnRows.InputsOf(ensemble, member, row), ensemble.Label.Standardize(row.Label))), rows.Count),
            recorded => iterate => WithLeverage(FastPath.Of(recorded)(iterate), member, recorded)))];
    }

    /// <summary>What of a model's predictions is not checked.</summary>
    internal static IReadOnlyList<string> NotChecked(ModelOnRows model)
    {
        if (model.Model.Ensemble is not { } ensemble) return [];
        return ensemble.Intervals is null ? [] : ["Not checked: the training rows that leverage, variances and the quantile come from, which a model does not hold."];
    }

    /// <summary>Adds the leverage at some rows, spread over all of them.</summary>
    private static ComputedValues WithLeverage(ComputedValues values, NetworkMember member, RecordedRun run)
    {
        int[] rows = ModelOnRows.Some(run.Rows.Count);
        return values with { Leverages = MemberFastPath.Variances(member, rows.Select(row => run.Rows[row].X)), LeverageRows = rows, LeverageTriangle = member.Leverage?.Triangle.ToArray() ?? [] };
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
