namespace GnMlNet.Core.Ensembles;

/// <summary>What the members of one kind said of rows that they had not seen, by row of the table, in standardized units.</summary>
/// <param name="Means">Their mean, or NaN for a row that none of them left out or that was not judged.</param>
/// <param name="Spreads">The variance between them, as an estimate of that between all members of the kind; 0 where one alone left the row out.</param>
/// <param name="Variances">The mean variance of a member because its parameters are uncertain.</param>
internal sealed record LeftOutPredictions(double[] Means, double[] Spreads, double[] Variances)
{
    /// <summary>Of networks that each left some rows out.</summary>
    /// <param name="predictions">Every member's left-out rows and its predictions for them.</param>
    /// <param name="leverages">Every member's leverage at its left-out rows, or nothing.</param>
    /// <param name="rowCount">n.</param>
    internal static LeftOutPredictions OfNetworks(IReadOnlyList<(int[] Rows, double[] Predictions)> predictions, double[][] leverages, int rowCount)
    {
        var sums = new (int Count, double Sum, double Square, double Leverage)[rowCount];
        for (int k = 0; k < predictions.Count; k++)
        {
            (int[] rows, double[] predicted) = predictions[k];
            for (int j = 0; j < rows.Length; j++)
            {
                (int count, double sum, double square, double leverage) = sums[rows[j]];
                sums[rows[j]] = (count + 1, sum + predicted[j], square + (predicted[j] * predicted[j]), leverage + (leverages.Length == 0 ? 0 : leverages[k][j]));
            }
        }

        // The sample variance of a few members estimates that of all, which is divided by their number.
        double share = (predictions.Count - 1.0) / predictions.Count;
        return new LeftOutPredictions(
            [.. sums.Select(at => at.Sum / at.Count)],
            [.. sums.Select(at => at.Count < 2 ? 0 : share * Math.Max(0, at.Square - (at.Sum * at.Sum / at.Count)) / (at.Count - 1))],
            [.. sums.Select(at => at.Leverage / at.Count)]);
    }
}
