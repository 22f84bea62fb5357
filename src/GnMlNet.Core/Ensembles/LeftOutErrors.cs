namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The error of an ensemble on new rows, estimated from the predictions of members for the rows that they left out (weighted means over the rows):
/// <list type="table">
/// <listheader><term>symbol</term><description>here</description></listheader>
/// <item><term>V</term><description>the mean squared error of one member</description></item>
/// <item><term>C</term><description>the mean product of the errors of two members: what all members have in common</description></item>
/// <item><term>A</term><description>the mean square of a row's mean error</description></item>
/// <item><term>U</term><description>C + (V - C)/K, the mean squared error of the mean of K members, at least 0.3 A</description></item>
/// </list>
/// U is unbiased for members whose errors are exchangeable. A row that only one member left out has no product; where most rows are such, U is V.
/// </summary>
/// <param name="OfEnsemble">U, or NaN where no row is left out.</param>
/// <param name="OfRowMeans">A, or NaN where no row is left out.</param>
internal readonly record struct LeftOutErrors(double OfEnsemble, double OfRowMeans)
{
    // A difference of averages can come out far too low by chance.
    private const double LeastShareOfRowMeans = 0.3;

    /// <summary>U / A, at most 1: by how much the ensemble's squared error is smaller than that of a row's left-out members.</summary>
    internal double Ratio => OfRowMeans > 0 ? Math.Min(1, OfEnsemble / OfRowMeans) : 1;

    /// <summary>Measures the errors.</summary>
    /// <param name="predictions">The left-out rows of every member and its predictions for them.</param>
    /// <param name="labels">The labels of all rows.</param>
    /// <param name="weights">The weights of all rows.</param>
    internal static LeftOutErrors Measure(IReadOnlyList<(int[] Rows, double[] Predictions)> predictions, double[] labels, double[] weights)
    {
        int[] counts = new int[labels.Length];
        double[] sums = new double[labels.Length], squares = new double[labels.Length];
        foreach ((int[] rows, double[] predicted) in predictions)
        {
            for (int j = 0; j < rows.Length; j++)
            {
                double error = predicted[j] - labels[rows[j]];
                counts[rows[j]]++;
                sums[rows[j]] += error;
                squares[rows[j]] += error * error;
            }
        }

        double Mean(int least, Func<int, double> value)
        {
            double sum = 0, total = 0;
            for (int j = 0; j < labels.Length; j++)
            {
                if (counts[j] < least) continue;
                sum += weights[j] * value(j);
                total += weights[j];
            }

            return sum / total;
        }

        double rowMeans = Mean(1, j => sums[j] * sums[j] / (counts[j] * (double)counts[j]));
        double one = Mean(1, j => squares[j] / counts[j]);
        if (2 * counts.Count(count => count > 1) < labels.Length) return OfMeans(rowMeans, one, common: null, predictions.Count);
        return OfMeans(rowMeans, Mean(2, j => squares[j] / counts[j]), Mean(2, j => ((sums[j] * sums[j]) - squares[j]) / (counts[j] * (counts[j] - 1.0))), predictions.Count);
    }

    /// <summary>The errors from their means over the rows.</summary>
    /// <param name="ofRowMeans">A.</param>
    /// <param name="ofOne">V.</param>
    /// <param name="common">C, or null where no row was left out by two members.</param>
    /// <param name="members">K.</param>
    internal static LeftOutErrors OfMeans(double ofRowMeans, double ofOne, double? common, int members)
    {
        if (common is not { } shared) return new LeftOutErrors(ofOne, ofRowMeans);
        double ensemble = shared + ((ofOne - shared) / members);
        return new LeftOutErrors(Math.Max(ensemble, LeastShareOfRowMeans * ofRowMeans), ofRowMeans);
    }
}
