using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Ensembles;

/// <summary>Measures how strongly an ensemble depends on each of its inputs: the root mean square, over rows, of the slope of its members' mean.</summary>
internal static class SlopeMeasure
{
    /// <summary>One number for every input: standard deviations of the label per standard deviation of the mapped feature.</summary>
    /// <param name="members">The members.</param>
    /// <param name="views">The training rows in every map.</param>
    internal static double[] Of(IReadOnlyList<EnsembleMember> members, RegressionData[] views)
    {
        NetworkShape shape = members[0].Network.Shape;
        double[][][] rows = [.. views.Select(view => view.Inputs().Chunk(shape.InputSize).ToArray())];
        double[] weights = views[0].Weights(), squares = new double[shape.InputSize], derivatives = new double[shape.ParameterCount];
        for (int j = 0; j < weights.Length; j++)
        {
            var slopes = new double[shape.InputSize];
            foreach (EnsembleMember member in members)
            {
                member.Network.Differentiate(rows[member.Map][j], derivatives);
                AddSlopes(member.Network, derivatives, slopes);
            }

            for (int k = 0; k < slopes.Length; k++) squares[k] += weights[j] * Math.Pow(slopes[k] / members.Count, 2);
        }

        double total = weights.Sum();
        return [.. squares.Select(square => Math.Sqrt(square / total))];
    }

    /// <summary>Unit i has the slope v_i sigma'(z_i) w_ik by input k, and v_i sigma'(z_i) is its derivative by the bias.</summary>
    private static void AddSlopes(Network network, double[] derivatives, double[] slopes)
    {
        NetworkShape shape = network.Shape;
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            double unit = derivatives[shape.HiddenBias(i)];
            for (int k = 0; k < slopes.Length; k++) slopes[k] += unit * network.Parameters[shape.HiddenWeight(i, k)];
        }
    }
}
