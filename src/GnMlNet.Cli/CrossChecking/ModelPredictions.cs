using GnMlNet.Cli.Internals;
using GnMlNet.Core.Ensembles;
using GnMlNet.Reference.Blocks;
using GnMlNet.Reference.Predictions;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>What a saved ensemble writes for some rows of a table, and what it makes that of, as plain numbers.</summary>
internal static class ModelPredictions
{
    /// <summary>The columns that the ensemble writes; none for a single network, whose score is its output.</summary>
    internal static IReadOnlyList<PredictionsToCheck> Of(ModelOnRows model)
    {
        if (model.Model.Ensemble is not { } ensemble) return [];
        IReadOnlyList<ScoredRow> rows = model.SomeRows;
        string name = $"{model.Name} on {rows.Count} rows of {model.Table}";
        double[][][] inputs = [.. ensemble.Members.Select(member => rows.Select(row => ModelOnRows.InputsOf(ensemble, member, row)).ToArray())];
        double[][] values = [.. ensemble.Members.Zip(inputs, MemberFastPath.Values)];
        double[]?[] variances = [.. ensemble.Members.Zip(inputs, MemberFastPath.Variances)];
        RecordedPrediction[] predictions =
        [
            .. rows.Select((row, j) => new RecordedPrediction(
                [.. values.Select(of => of[j])], [.. variances.Select(of => of?[j])], row.Score, row.Lower, row.Upper, row.StandardDeviation)),
        ];
        return [new PredictionsToCheck(name, $"{model.File}-predictions", ToEnsemble(ensemble), predictions, [.. PosteriorsOf(ensemble, inputs, variances)])];
    }

    private static RecordedEnsemble ToEnsemble(NetworkEnsemble ensemble) => new()
    {
        Networks = ensemble.Members.Count(member => member is NetworkMember),
        KernelWeight = ensemble.KernelWeight,
        HasPlainMeans = ensemble.HasPlainMeans,
        LabelMean = ensemble.Label.Mean,
        LabelDeviation = ensemble.Label.Deviation,
        RangeLeast = ensemble.Range.Least,
        RangeGreatest = ensemble.Range.Greatest,
        LowerBound = ensemble.Bounds.Lower,
        UpperBound = ensemble.Bounds.Upper,
        Intervals = ensemble.Intervals is { } intervals ? new RecordedIntervals(intervals.NoiseVariance, intervals.ConstantLeverage, intervals.Quantile, intervals.ErrorScale) : null,
    };

    private static IEnumerable<PosteriorToCheck> PosteriorsOf(NetworkEnsemble ensemble, double[][][] inputs, double[]?[] variances)
    {
        int networks = ensemble.Members.Count(member => member is NetworkMember);
        for (int k = networks; k < ensemble.Members.Count; k++)
        {
            if (ensemble.Members[k] is not KernelMember { Posterior: { } posterior }) continue;
            var recorded = new RecordedPosterior
            {
                Inputs = posterior.CentreTable,
                LaplaceRates = [.. posterior.Kernel.LaplaceRates],
                GaussianRates = [.. posterior.Kernel.GaussianRates],
                LaplaceScale = posterior.Kernel.LaplaceVariance,
                GaussianScale = posterior.Kernel.GaussianVariance,
                Constant = posterior.Kernel.Constant,
                Triangle = posterior.Triangle.ToArray(),
            };
            yield return new PosteriorToCheck(k - networks + 1, recorded, [.. inputs[k].SelectMany(input => input)], variances[k]!);
        }
    }
}
