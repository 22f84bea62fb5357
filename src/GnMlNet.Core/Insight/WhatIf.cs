using GnMlNet.Core.Ensembles;

namespace GnMlNet.Core.Insight;

/// <summary>The smallest change of some columns of a row that brings its score to a target, within the range and the correlations of given rows.</summary>
public static class WhatIf
{
    /// <summary>
    /// Looks for it by sequential quadratic programming with the exact slopes (Nocedal and Wright, Numerical Optimization, chapter 18), from the row itself and from rows at or beyond the target; what it returns was predicted. A
    /// smaller change may exist, since a score may have many valleys.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows like those that the model is for, such as those of its training, a number for each column.</param>
    /// <param name="row">The row to change.</param>
    /// <param name="target">What the score is to become.</param>
    /// <param name="columns">Which columns may change: numbers by which the score has slopes; at least one.</param>
    /// <param name="options">How it is looked for; null for the defaults.</param>
    /// <param name="cancellation">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// There is no column to change, one is not there, named twice, without a value in the row, the same in all rows, or without slopes, the row has no prediction, too few rows have the numbers that the row has, or the target is empty or not a number.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static WhatIfResult Find(ExplainedModel model, IReadOnlyList<double[]> rows, double[] row, WhatIfTarget target, IReadOnlyList<int> columns, WhatIfOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(columns);
        options ??= new WhatIfOptions();
        options.Validate();
        if (!(target.Least <= target.Greatest)) throw new ArgumentException($"The target from {target.Least} to {target.Greatest} is empty.");
        Check(model, row, columns);

        var region = new RowRegion(model, rows, row, [.. columns], options.UsualShare);
        double[][] there = SortedRows.Take(rows, options.Rows);
        double[] scores = model.Predict(there);
        (there, scores) = ([.. there.Where((_, j) => double.IsFinite(scores[j]))], [.. scores.Where(double.IsFinite)]);
        double mean = scores.DefaultIfEmpty(0).Average(), unit = Math.Sqrt(scores.Select(score => (score - mean) * (score - mean)).DefaultIfEmpty(0).Average());
        var search = new WhatIfSearch(model, region, target, options.Tolerance * (unit > 0 ? unit : 1), options.Steps, cancellation);
        search.Run(Starts(region, there, scores, target, model.Predict([row])[0], options.Starts));

        double[] changed = search.Best;
        return new WhatIfResult(
            search.IsFound,
            target,
            changed,
            [.. columns.Select((column, k) => new WhatIfChange(column, model.Columns[column].Name, row[column], changed[column], (changed[column] - row[column]) / region.Unit(k)))],
            model.PredictInterval(row),
            model.PredictInterval(changed),
            region.Distance(region.ChangeTo(changed)),
            region.Unusualness(changed),
            region.Limit,
            region.HasCorrelations);
    }

    /// <summary>The rows at or beyond the target that need the least change.</summary>
    private static IEnumerable<double[]> Starts(RowRegion region, double[][] rows, double[] scores, WhatIfTarget target, double score, int count)
    {
        double aim = target.NearestTo(score);
        return (from j in Enumerable.Range(0, rows.Length)
                where region.Chosen.All(column => double.IsFinite(rows[j][column])) && (scores[j] - aim) * (aim - score) >= 0
                orderby region.Distance(region.ChangeTo(rows[j]))
                select rows[j]).Take(count);
    }

    private static void Check(ExplainedModel model, double[] row, IReadOnlyList<int> columns)
    {
        if (row.Length != model.Columns.Count) throw new ArgumentException($"The row has {row.Length} columns, and the model {model.Columns.Count}.");
        if (columns.Count == 0) throw new ArgumentException("No column may change; name at least one.");
        if (columns.Distinct().Count() < columns.Count) throw new ArgumentException("A column that may change is named twice.");
        foreach (int column in columns)
        {
            if (column < 0 || column >= row.Length) throw new ArgumentException($"There is no column {column}; they are counted from 0 to {row.Length - 1}.");
        }

        if (!double.IsFinite(model.Predict([row])[0])) throw new ArgumentException("The row has no prediction: a value that the model needs is missing or infinite.");
        Slope[] slopes = model.Slopes(row);
        foreach (int column in columns)
        {
            string name = model.Columns[column].Name;
            if (!double.IsFinite(row[column])) throw new ArgumentException($"Column '{name}' has no value in the row, so that it cannot be changed.");
            if (slopes[column].State is SlopeState.Categorical) throw new ArgumentException($"Column '{name}' has levels, between which there is nothing: only columns of numbers can change.");
            if (slopes[column].State is SlopeState.Transformed) throw new ArgumentException($"Column '{name}' is transformed before the model sees it, so that the slopes by it are not known: only columns that are passed on unchanged can change.");
        }
    }
}
