namespace GnMlNet.Core.Insight;

/// <summary>
/// Partial dependence (Friedman, Greedy function approximation: a gradient boosting machine, Annals of Statistics 29, 2001, section 8.2) with the curves of single rows that it is the mean of (Goldstein et al., Peeking inside the black box, JCGS 24, 2015).
/// </summary>
internal static class PartialDependence
{
    /// <summary>The mean prediction at settings of some columns, and those of single rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns that are set.</param>
    /// <param name="settings">What they are set to, a number for each.</param>
    /// <returns>The curve, and by row the predictions for each setting.</returns>
    internal static (EffectCurve Curve, double[][] Individual) Of(ExplainedModel model, double[][] rows, int[] columns, IReadOnlyList<double[]> settings)
    {
        double[][] changed = [.. settings.SelectMany(setting => rows.Select(row => Set(row, columns, setting)))];
        double[] predictions = model.Predict(changed);
        double[][] weights = [.. settings.Select((_, g) =>
        {
            var mean = new double[changed.Length];
            mean.AsSpan(g * rows.Length, rows.Length).Fill(1.0 / rows.Length);
            return mean;
        })];
        double[] means = [.. settings.Select((_, g) => predictions.AsSpan(g * rows.Length, rows.Length).ToArray().Average())];
        return (new EffectCurve(means, model.Deviations(changed, weights)), [.. rows.Select((_, j) => settings.Select((_, g) => predictions[(g * rows.Length) + j]).ToArray())]);
    }

    /// <summary>The mean predictions alone, at settings of which many may be equal.</summary>
    internal static double[] Means(ExplainedModel model, double[][] rows, int[] columns, IReadOnlyList<double[]> settings)
    {
        string Key(double[] setting) => string.Join(' ', setting.Select(BitConverter.DoubleToInt64Bits));
        double[][] different = [.. settings.DistinctBy(Key)];
        double[] predictions = model.Predict([.. different.SelectMany(setting => rows.Select(row => Set(row, columns, setting)))]);
        Dictionary<string, double> means = different.Select((setting, g) => (Key(setting), predictions.AsSpan(g * rows.Length, rows.Length).ToArray().Average())).ToDictionary(at => at.Item1, at => at.Item2);
        return [.. settings.Select(setting => means[Key(setting)])];
    }

    private static double[] Set(double[] row, int[] columns, double[] values)
    {
        double[] changed = [.. row];
        for (int k = 0; k < columns.Length; k++) changed[columns[k]] = values[k];
        return changed;
    }
}
