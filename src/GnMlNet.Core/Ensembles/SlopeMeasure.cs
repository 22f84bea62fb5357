using GnMlNet.Core.Data;

namespace GnMlNet.Core.Ensembles;

/// <summary>Measures how strongly an ensemble depends on each of its inputs: the root mean square, over rows, of the slope of its members' mean.</summary>
internal static class SlopeMeasure
{
    /// <summary>One number for every input: standard deviations of the label per standard deviation of the mapped feature.</summary>
    /// <param name="members">The members.</param>
    /// <param name="views">The training rows in every map.</param>
    internal static double[] Of(IReadOnlyList<EnsembleMember> members, RegressionData[] views)
    {
        int inputs = views[0].InputSize;
        double[][][] rows = [.. views.Select(view => view.Inputs().Chunk(inputs).ToArray())];
        double[] weights = views[0].Weights(), squares = new double[inputs];
        for (int j = 0; j < weights.Length; j++)
        {
            var slopes = new double[inputs];
            foreach (EnsembleMember member in members) member.AddSlopes(rows[member.Map][j], slopes);
            for (int k = 0; k < slopes.Length; k++) squares[k] += weights[j] * Math.Pow(slopes[k] / members.Count, 2);
        }

        double total = weights.Sum();
        return [.. squares.Select(square => Math.Sqrt(square / total))];
    }
}
