using GnMlNet.Cli.Output;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>Effects in words and figures.</summary>
internal static class EffectWords
{
    private const string Missing = "(missing)";

    // A way back of less than this share of the range does not count.
    private const double Slight = 0.05;

    // From this share of the range on what is between the ends counts more than the ways back.
    private const double Mostly = 0.6;

    /// <summary>What is said where a value is written.</summary>
    internal static string ValueOf(ColumnEffect effect, int place) => ValueOf(effect.Levels, effect.Grid[place]);

    /// <summary>The value of a column in a row.</summary>
    internal static string ValueOf(ExplainedColumn column, double value) => double.IsNaN(value) ? Missing : ValueOf(column.Levels, value);

    /// <summary>A slope, or why there is none.</summary>
    internal static string Describe(Slope slope) => slope.State switch
    {
        SlopeState.Exists => Cells.Significant(slope.Value),
        SlopeState.Kink => $"a kink: {Cells.Significant(slope.Left)} to the left, {Cells.Significant(slope.Right)} to the right",
        SlopeState.Categorical => "none: levels",
        SlopeState.Transformed => "not known: the column is transformed before the model",
        _ => "none: there is no prediction",
    };

    /// <summary>A prediction with its interval, where both ends are finite.</summary>
    internal static string Describe(IntervalPrediction prediction) => $"{Cells.Significant(prediction.Score)}{(double.IsFinite(prediction.Upper - prediction.Lower) ? $" (interval {Cells.Significant(prediction.Lower)} to {Cells.Significant(prediction.Upper)})" : "")}";

    /// <summary>What predictions do along the column.</summary>
    internal static string Describe(ColumnEffect effect)
    {
        IReadOnlyList<double> y = effect.Curve.Values;
        if (y.Count < 2) return "The column has one value.";
        int least = Enumerable.Range(0, y.Count).MinBy(k => y[k]), greatest = Enumerable.Range(0, y.Count).MaxBy(k => y[k]), last = y.Count - 1;
        double range = y[greatest] - y[least];
        if (range == 0) return "Predictions do not depend on it.";
        if (effect.Levels is not null) return $"Least for {ValueOf(effect, least)}, greatest for {ValueOf(effect, greatest)}: {Cells.Significant(range)} more.";

        double up = 0, down = 0;
        for (int k = 1; k < y.Count; k++)
        {
            if (y[k] > y[k - 1]) up += y[k] - y[k - 1];
            else down += y[k - 1] - y[k];
        }

        string way = $"from {ValueOf(effect, 0)} to {ValueOf(effect, last)}";
        if (down <= Slight * range) return $"Predictions rise by {Cells.Significant(range)} {way}.";
        if (up <= Slight * range) return $"Predictions fall by {Cells.Significant(range)} {way}.";
        if (greatest != 0 && greatest != last && up + down - range <= Math.Min(y[greatest] - y[0], y[greatest] - y[last]) + (Slight * range))
            return $"Predictions rise by {Cells.Significant(y[greatest] - y[0])} up to {ValueOf(effect, greatest)} and fall by {Cells.Significant(y[greatest] - y[last])} from there on.";
        if (least != 0 && least != last && up + down - range <= Math.Min(y[0] - y[least], y[last] - y[least]) + (Slight * range))
            return $"Predictions fall by {Cells.Significant(y[0] - y[least])} up to {ValueOf(effect, least)} and rise by {Cells.Significant(y[last] - y[least])} from there on.";
        double net = y[last] - y[0];
        if (Math.Abs(net) >= Mostly * range) return $"Predictions mostly {(net > 0 ? "rise" : "fall")}, by {Cells.Significant(Math.Abs(net))} {way}; least at {ValueOf(effect, least)}, greatest at {ValueOf(effect, greatest)}.";
        return $"Predictions go up and down over {Cells.Significant(range)}, least at {ValueOf(effect, least)}, greatest at {ValueOf(effect, greatest)}.";
    }

    /// <summary>Which curve is read, and why.</summary>
    internal static string Reason(ColumnEffect effect) => effect.AssociatedWith is null ? "There is no other column." : Invariant($"Its association with '{effect.AssociatedWith}', the strongest, is {effect.Association:0.00}: ") + (effect.Recommended == EffectKind.AccumulatedLocalEffects
        ? "the curve shows accumulated local effects, for which only values are compared that occur together."
        : effect.Levels is null || effect.Association < new EffectOptions().AssociationLimit ? "partial dependence can be read." : "levels have no order to accumulate effects along, so partial dependence is shown; it mixes rows that may not occur.");

    /// <summary>The kind of a curve.</summary>
    internal static string NameOf(EffectKind kind) => kind == EffectKind.PartialDependence ? "partial dependence" : "accumulated local effects";

    /// <summary>What two columns do together.</summary>
    internal static string Describe(PairEffect pair, string label) => Invariant($"H = {pair.Interaction:0.00}: what '{pair.FirstName}' and '{pair.SecondName}' do together differs by {Cells.Significant(pair.Strength)} (root mean square, in units of '{label}') from the sum of what each does.");

    /// <summary>A change in words, line by line.</summary>
    internal static IEnumerable<string> Describe(WhatIfResult change, int row, string label)
    {
        string aim = change.Target.Least == change.Target.Greatest ? Cells.Significant(change.Target.Least) : $"between {Cells.Significant(change.Target.Least)} and {Cells.Significant(change.Target.Greatest)}";
        string metric = change.HasCorrelations ? "with their correlations" : "each column for itself, since there are few rows";
        yield return change.IsFound
            ? Invariant($"Row {row} reaches '{label}' {aim} by a change of {Cells.Significant(change.Distance)} standard deviations ({metric}): the score goes from {Cells.Significant(change.Before.Score)} to {Describe(change.Prediction)}.")
            : Invariant($"No change of these columns within the ranges and correlations of the rows was found that brings row {row} to '{label}' {aim}. The nearest is {Describe(change.Prediction)}, from {Cells.Significant(change.Before.Score)}, by a change of {Cells.Significant(change.Distance)} standard deviations ({metric}).");
        foreach (WhatIfChange part in change.Changes)
            yield return part.From == part.To ? $"  {part.Name} stays {Cells.Significant(part.From)}" : Invariant($"  {part.Name} from {Cells.Significant(part.From)} to {Cells.Significant(part.To)} ({part.Deviations:+0.00;-0.00} standard deviations)");
        yield return Invariant($"The changed row is {change.Unusualness:0.0} standard deviations from the mean of the rows, of {change.UnusualnessLimit:0.0} that are allowed.");
    }

    private static string ValueOf(IReadOnlyList<string>? levels, double value) => levels is null ? Cells.Significant(value) : NameOf(levels[(int)value]);

    private static string NameOf(string level) => level.Length == 0 ? Missing : level;
}
