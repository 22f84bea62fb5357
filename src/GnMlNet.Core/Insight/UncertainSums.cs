using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Insight;

/// <summary>
/// How uncertain an ensemble is of weighted sums of its predictions at several rows, such as the mean over a table. As in an interval, the ensemble is a <see cref="Mixture"/>, here of the sums: its variance is what
/// networks, members of the block, and the two kinds disagree about, and the variance of a member's sum because its parameters are uncertain, with all covariances between the rows.
/// </summary>
internal static class UncertainSums
{
    /// <summary>Standard deviations in the units of the label.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="features">N rows of features.</param>
    /// <param name="weights">N numbers for each sum.</param>
    /// <param name="work">The threads.</param>
    internal static double[] Deviations(NetworkEnsemble ensemble, IReadOnlyList<double[]> features, IReadOnlyList<double[]> weights, WorkSharing work)
    {
        IReadOnlyList<EnsembleMember> members = ensemble.Members;
        int inputs = ensemble.InputSize, networks = members.Count(member => member is NetworkMember);
        double[][] mapped = [.. ensemble.Maps.Select(map =>
        {
            var all = new double[features.Count * inputs];
            for (int j = 0; j < features.Count; j++) map.Map<double>(features[j], all.AsSpan(j * inputs, inputs));
            return all;
        })];
        // By member, then by sum.
        double[][] sums = new double[members.Count][], variances = new double[members.Count][];
        for (int k = 0; k < members.Count; k++)
        {
            EnsembleMember member = members[k];
            var values = new double[features.Count];
            work.For(features.Count, j => values[j] = ensemble.Range.Limit(member.Predict(mapped[member.Map].AsSpan(j * inputs, inputs))));
            sums[k] = [.. weights.Select(of => Dot(of, values))];
            variances[k] = member.KeepsVariance ? member.VariancesOfSums(mapped[member.Map], weights, work) : [];
        }

        return [.. Enumerable.Range(0, weights.Count).Select(g =>
        {
            (double mean, double variance) = OfKind(0, networks, g);
            (double ofBlock, double varianceOfBlock) = OfKind(networks, members.Count, g);
            return ensemble.Label.Deviation * Math.Sqrt(new Mixture(mean, variance, ofBlock, varianceOfBlock, ensemble.KernelWeight).Variance);
        })];

        (double Mean, double Variance) OfKind(int first, int end, int g)
        {
            if (first == end) return (0, 0);
            double[] ofMembers = [.. sums[first..end].Select(sum => sum[g])];
            double mean = ofMembers.Average(), spread = ofMembers.Average(sum => (sum - mean) * (sum - mean));
            // A mean puts its numbers in another order.
            return (ensemble.Mean(ofMembers.AsSpan()), spread + variances[first..end].Where(variance => variance.Length > 0).Select(variance => variance[g]).DefaultIfEmpty(0).Average());
        }
    }

    private static double Dot(double[] weights, double[] values)
    {
        double sum = 0;
        for (int j = 0; j < weights.Length; j++) sum += weights[j] * values[j];
        return sum;
    }
}
