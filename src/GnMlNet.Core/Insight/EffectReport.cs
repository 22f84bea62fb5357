namespace GnMlNet.Core.Insight;

/// <summary>What predictions depend on, and how.</summary>
/// <param name="Columns">The columns, the strongest first.</param>
/// <param name="Pairs">The pairs of the strongest columns, the strongest interaction first.</param>
/// <param name="RowCount">How many rows curves are means over.</param>
/// <param name="MeanPrediction">The mean of their predictions.</param>
public sealed record EffectReport(IReadOnlyList<ColumnEffect> Columns, IReadOnlyList<PairEffect> Pairs, int RowCount, double MeanPrediction);
