namespace GnMlNet.Core.Insight;

/// <summary>What a model's predictions depend on, and how: curves along columns, and interactions of pairs. Depends on the rows but not on their order, nor on the number of threads.</summary>
public static class Effects
{
    /// <summary>Computes the effects of columns, the strongest first, and of pairs of the strongest.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows like those that the model is for, such as those of its training, at least 2; a number for each column, NaN where it is missing. Rows without a prediction are left out.</param>
    /// <param name="columns">Which columns; null for all.</param>
    /// <param name="options">How much work is spent; null for the defaults.</param>
    /// <param name="progress">Told the share of the work that is done, in [0, 1].</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows with a prediction, a row has another number of columns than the model, or a column is not there.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static EffectReport Of(
        ExplainedModel model, IReadOnlyList<double[]> rows, IReadOnlyList<int>? columns = null, EffectOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new EffectOptions();
        options.Validate();
        double[][] chosen = Choose(model, rows, columns, options.Rows), few = SortedRows.Take(chosen, options.InteractionRows);
        int[] asked = [.. columns ?? Enumerable.Range(0, model.Columns.Count)];
        double done = 0, total = asked.Length + options.Pairs + (options.InteractionColumns / 2.0);
        void Advance(double work)
        {
            done += work;
            progress?.Report(Math.Min(1, done / total));
            cancellation.ThrowIfCancellationRequested();
        }

        var effects = new List<ColumnEffect>();
        foreach (int column in asked)
        {
            effects.Add(Of(model, chosen, column, options));
            Advance(1);
        }

        // Of a column without values, or with a single one, there is nothing to say.
        ColumnEffect[] strongest = [.. effects.OrderByDescending(effect => effect.Strength)];
        int[] paired = [.. strongest.Where(effect => effect.Grid.Count > 1).Take(options.InteractionColumns).Select(effect => effect.Column)];
        var interactions = new Interactions(model, few);
        var pairs = new List<PairEffect>();
        for (int i = 0; i < paired.Length; i++)
        {
            for (int j = i + 1; j < paired.Length; j++)
            {
                (double statistic, double strength) = interactions.Of(paired[i], paired[j]);
                pairs.Add(new PairEffect(paired[i], paired[j], model.Columns[paired[i]].Name, model.Columns[paired[j]].Name, statistic, strength, Surface: null));
                cancellation.ThrowIfCancellationRequested();
            }

            Advance(0.5);
        }

        PairEffect[] ordered = [.. pairs.OrderByDescending(pair => pair.Strength)];
        for (int k = 0; k < Math.Min(options.Pairs, ordered.Length); k++)
        {
            ordered[k] = ordered[k] with { Surface = Surface(model, chosen, few, ordered[k], options) };
            Advance(1);
        }

        return new EffectReport(strongest, ordered, chosen.Length, model.Predict(chosen).Average());
    }

    private static ColumnEffect Of(ExplainedModel model, double[][] rows, int column, EffectOptions options)
    {
        ExplainedColumn about = model.Columns[column];
        double[] grid = ValueGrid.Of(about, rows, column, options.GridSteps);
        (EffectCurve dependence, double[][] individual) = PartialDependence.Of(model, rows, [column], [.. grid.Select(value => new[] { value })]);
        EffectCurve? accumulated = about.IsNumeric ? AccumulatedEffects.Of(model, rows, column, grid) : null;
        (double association, int with) = Enumerable.Range(0, model.Columns.Count).Where(other => other != column)
            .Select(other => (Association.Between(model.Columns, rows, column, other), other)).DefaultIfEmpty((0, -1)).MaxBy(at => at.Item1);
        int[] places = [.. rows.Where(row => !double.IsNaN(row[column])).Select(row => about.IsNumeric ? ValueGrid.StepOf(grid, row[column]) : Array.BinarySearch(grid, row[column]))];
        EffectKind kind = accumulated is not null && association >= options.AssociationLimit ? EffectKind.AccumulatedLocalEffects : EffectKind.PartialDependence;
        EffectCurve curve = kind == EffectKind.PartialDependence ? dependence : accumulated!;
        double[] atRows = [.. rows.Where(row => !double.IsNaN(row[column])).Select(row => At(about, grid, curve.Values, row[column]))];
        return new ColumnEffect(
            column,
            about.Name,
            about.Levels,
            grid,
            [.. grid.Select((_, k) => places.Count(place => place == k))],
            dependence,
            individual,
            accumulated,
            association,
            with < 0 ? null : model.Columns[with].Name,
            kind,
            atRows.Length == 0 ? 0 : Math.Sqrt(atRows.Average(value => Math.Pow(value - atRows.Average(), 2))));
    }

    /// <summary>The curve at a value, straight between places.</summary>
    private static double At(ExplainedColumn column, double[] grid, IReadOnlyList<double> values, double value)
    {
        int place = ValueGrid.StepOf(grid, value);
        if (!column.IsNumeric) return values[Array.BinarySearch(grid, value)];
        if (grid.Length == 1) return values[0];
        double share = (value - grid[place - 1]) / (grid[place] - grid[place - 1]);
        return ((1 - share) * values[place - 1]) + (share * values[place]);
    }

    private static EffectSurface Surface(ExplainedModel model, double[][] rows, double[][] few, PairEffect pair, EffectOptions options)
    {
        double[] first = ValueGrid.Of(model.Columns[pair.First], rows, pair.First, options.PairGridSteps), second = ValueGrid.Of(model.Columns[pair.Second], rows, pair.Second, options.PairGridSteps);
        (EffectCurve curve, _) = PartialDependence.Of(model, few, [pair.First, pair.Second], [.. first.SelectMany(one => second.Select(other => new[] { one, other }))]);
        return new EffectSurface(first, second, [.. curve.Values.Chunk(second.Length)], [.. curve.Deviations.Chunk(second.Length)]);
    }

    private static double[][] Choose(ExplainedModel model, IReadOnlyList<double[]> rows, IReadOnlyList<int>? columns, int most)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (int j = 0; j < rows.Count; j++)
        {
            if (rows[j].Length != model.Columns.Count) throw new ArgumentException($"Row {j} has {rows[j].Length} columns, and the model {model.Columns.Count}.");
        }

        foreach (int column in columns ?? [])
        {
            if (column < 0 || column >= model.Columns.Count) throw new ArgumentException($"There is no column {column}; they are counted from 0 to {model.Columns.Count - 1}.");
        }

        double[][] some = SortedRows.Take(rows, most);
        double[] predictions = model.Predict(some);
        double[][] there = [.. some.Where((_, j) => double.IsFinite(predictions[j]))];
        return there.Length >= 2 ? there : throw new ArgumentException($"Effects need at least 2 rows with a prediction; there are {there.Length} among {some.Length}.");
    }
}
