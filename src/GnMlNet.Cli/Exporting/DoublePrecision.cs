using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Exporting;

/// <summary>Ensembles whose kernel block is evaluated in single precision, evaluated in double, as a graph does.</summary>
internal static class DoublePrecision
{
    /// <summary>The same ensemble in double, or null where it is in double already.</summary>
    internal static NetworkEnsemble? Of(NetworkEnsemble? ensemble)
    {
        if (ensemble is null || !ensemble.Members.OfType<KernelMember>().Any(member => member.Expansion.IsInSinglePrecision)) return null;
        return new NetworkEnsemble(ensemble.Maps, [.. ensemble.Members.Select(InDouble)], ensemble.Label, ensemble.Range, ensemble.KernelWeight)
        {
            HasPlainMeans = ensemble.HasPlainMeans,
            Bounds = ensemble.Bounds,
            Intervals = ensemble.Intervals,
        };
    }

    /// <summary>The predictions for the rows of a view, rounded as ML.NET does.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="view">A view with its features.</param>
    /// <param name="featureColumn">The column of features.</param>
    /// <returns>Scores, and where there are intervals their ends and the deviations.</returns>
    internal static double[][] Predict(NetworkEnsemble ensemble, IDataView view, string featureColumn)
    {
        // A column that the model adds may have the name of the features, and hide them.
        DataViewSchema.Column column = view.Schema.Last(candidate => candidate.Name == featureColumn && candidate.Type is VectorDataViewType);
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> features = default;
        var rows = new List<double[]>();
        while (cursor.MoveNext())
        {
            get(ref features);
            rows.Add(Predict(ensemble, [.. features.DenseValues()]));
        }

        return [.. Enumerable.Range(0, rows[0].Length).Select(k => rows.Select(row => (double)(float)row[k]).ToArray())];
    }

    private static double[] Predict(NetworkEnsemble ensemble, float[] features)
    {
        if (ensemble.Intervals is null) return [ensemble.Predict(features)];
        IntervalPrediction at = ensemble.PredictInterval(features);
        return [at.Score, at.Lower, at.Upper, at.StandardDeviation];
    }

    private static EnsembleMember InDouble(EnsembleMember member) => member is KernelMember { Expansion: { IsInSinglePrecision: true } single } kernel
        ? new KernelMember(kernel.Map, kernel.Form, new KernelExpansion(single.Kernel, single.CentreTable, single.Coefficients.ToArray()), kernel.NoiseVariance, kernel.LogEvidence, kernel.Posterior, kernel.Equations)
        : member;
}
