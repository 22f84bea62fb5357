using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Ensembles;

/// <summary>Measures how strongly an ensemble depends on each of its inputs: the root mean square, over rows, of the slope of its members' weighted mean.</summary>
internal static class SlopeMeasure
{
    // More rows, spread evenly over the table, would change no digit that is shown.
    private const int MostRows = 1000;

    /// <summary>One number for every input: standard deviations of the label per standard deviation of the mapped feature.</summary>
    /// <param name="members">The members, with the share that each has in the score.</param>
    /// <param name="views">The training rows in every map.</param>
    /// <param name="work">The threads.</param>
    internal static double[] Of(IReadOnlyList<(EnsembleMember Member, double Share)> members, RegressionData[] views, WorkSharing work)
    {
        int count = Math.Min(MostRows, views[0].RowCount), inputs = views[0].InputSize;
        int[] chosen = [.. Enumerable.Range(0, count).Select(j => (int)((long)j * views[0].RowCount / count))];
        double[][][] rows = [.. views.Select(view => view.Select(chosen).Inputs().Chunk(inputs).ToArray())];
        double[] weights = views[0].Select(chosen).Weights(), squares = new double[inputs];
        var slopes = new double[count][];
        work.For(count, j =>
        {
            slopes[j] = new double[inputs];
            var ofMember = new double[inputs];
            foreach ((EnsembleMember member, double share) in members)
            {
                Array.Clear(ofMember);
                member.AddSlopes(rows[member.Map][j], ofMember);
                Vectors.AddScaled(ofMember, share, slopes[j]);
            }
        });
        for (int j = 0; j < count; j++)
        {
            for (int k = 0; k < inputs; k++) squares[k] += weights[j] * slopes[j][k] * slopes[j][k];
        }

        double total = weights.Sum();
        return [.. squares.Select(square => Math.Sqrt(square / total))];
    }
}
