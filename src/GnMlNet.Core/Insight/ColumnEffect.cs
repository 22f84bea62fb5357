namespace GnMlNet.Core.Insight;

/// <summary>What predictions do along a column.</summary>
/// <param name="Column">Which column, counted from 0.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Levels">The names of its levels; null for a column of numbers.</param>
/// <param name="Grid">The values that curves are drawn at, rising: quantiles of the column, or the places of the levels that occur.</param>
/// <param name="RowCounts">How many rows of the table lie in the step that ends at each place of the grid, or have the level; the least value belongs to the first step that there is.</param>
/// <param name="PartialDependence">The mean prediction with the column set to each value.</param>
/// <param name="Individual">The prediction of each row with the column set to each value (individual conditional expectation, Goldstein et al. 2015), row by row in the sorted order of the rows.</param>
/// <param name="AccumulatedLocalEffects">The accumulated local effects with mean 0 over the rows; null for a column of levels, which have no order, and for one of a single value.</param>
/// <param name="Association">How strongly the column depends on the one that it depends on most, in [0, 1]; 0 where there is no other.</param>
/// <param name="AssociatedWith">The name of that column; null where there is none.</param>
/// <param name="Recommended">Which curve to read: accumulated local effects where there are some and the association reaches the limit, partial dependence else.</param>
/// <param name="Strength">The standard deviation of the recommended curve over the rows, in the units of the label.</param>
public sealed record ColumnEffect(
    int Column,
    string Name,
    IReadOnlyList<string>? Levels,
    IReadOnlyList<double> Grid,
    IReadOnlyList<int> RowCounts,
    EffectCurve PartialDependence,
    IReadOnlyList<IReadOnlyList<double>> Individual,
    EffectCurve? AccumulatedLocalEffects,
    double Association,
    string? AssociatedWith,
    EffectKind Recommended,
    double Strength)
{
    /// <summary>The recommended curve.</summary>
    public EffectCurve Curve => Recommended == EffectKind.AccumulatedLocalEffects ? AccumulatedLocalEffects! : PartialDependence;
}
