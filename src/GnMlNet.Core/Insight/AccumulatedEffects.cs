namespace GnMlNet.Core.Insight;

/// <summary>
/// Accumulated local effects (Apley and Zhu, Visualizing the effects of predictor variables in black box supervised learning models, JRSS B 82, 2020, equations 15 and 16): in each step of the grid the mean change of the prediction between its ends
/// over the rows that lie in it, summed up from the left, less its mean over the rows, where those of a step count at its middle.
/// </summary>
internal static class AccumulatedEffects
{
    /// <summary>The curve; null where the grid has no step.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="column">A column of numbers.</param>
    /// <param name="grid">Values of the column, the least and the greatest among them.</param>
    internal static EffectCurve? Of(ExplainedModel model, double[][] rows, int column, double[] grid)
    {
        if (grid.Length < 2) return null;
        double[][] there = [.. rows.Where(row => !double.IsNaN(row[column]))];
        int[] steps = [.. there.Select(row => ValueGrid.StepOf(grid, row[column]))];
        double[][] ends = [.. there.SelectMany((row, j) => new[] { row.With(column, grid[steps[j] - 1]), row.With(column, grid[steps[j]]) })];
        int[] counts = [.. Enumerable.Range(0, grid.Length).Select(k => steps.Count(step => step == k))];

        // The curve as sums over the predictions at both ends, which the uncertainty is then of, too.
        double[][] sums = [.. grid.Select(_ => new double[ends.Length])];
        for (int j = 0; j < steps.Length; j++)
        {
            // Over the rows the mean of a curve that rises by 1 in this step: half of it within, all of it beyond.
            double mean = ((counts[steps[j]] / 2.0) + counts.Skip(steps[j] + 1).Sum()) / there.Length;
            for (int k = 0; k < grid.Length; k++)
            {
                double share = ((k >= steps[j] ? 1 : 0) - mean) / counts[steps[j]];
                (sums[k][2 * j], sums[k][(2 * j) + 1]) = (-share, share);
            }
        }

        double[] predictions = model.Predict(ends);
        return new EffectCurve([.. sums.Select(sum => sum.Zip(predictions, (weight, prediction) => weight * prediction).Sum())], model.Deviations(ends, sums));
    }
}
