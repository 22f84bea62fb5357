using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Output;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>Charts of effects.</summary>
internal static class EffectCharts
{
    // What a normal distribution holds 90% of.
    private const double Quantile = 1.645;
    private const int MostSingleRows = 30;

    /// <summary>The recommended curve of a column with its band; behind partial dependence those of some rows.</summary>
    internal static HoverChart Of(ColumnEffect effect, string label)
    {
        EffectCurve curve = effect.Curve;
        (double[] lower, double[] upper) = Band(curve.Values, curve.Deviations);
        bool isLocal = effect.Recommended == EffectKind.AccumulatedLocalEffects;
        string unit = isLocal ? $"{label}, from the mean" : label;
        int rows = effect.Individual.Count, shown = Math.Min(MostSingleRows, rows);
        return new HoverChart($"{EffectWords.NameOf(effect.Recommended)} of {label} on {effect.Name}. {EffectWords.Describe(effect)}", effect.Name, unit, effect.Grid, [new HoverSeries("", curve.Values, lower, upper)])
        {
            Levels = effect.Levels is null ? null : [.. effect.Grid.Select((_, k) => EffectWords.ValueOf(effect, k))],
            Background = isLocal || effect.Levels is not null ? [] : [.. Enumerable.Range(0, shown).Select(j => effect.Individual[(int)((long)j * rows / shown)])],
            Texts = [.. effect.Grid.Select((_, k) => $"{effect.Name} {EffectWords.ValueOf(effect, k)}: {Cells.Significant(curve.Values[k])}{(double.IsNaN(lower[k]) ? "" : $" ({Cells.Significant(lower[k])} to {Cells.Significant(upper[k])})")}")],
        };
    }

    /// <summary>The joint effect of two columns: along the first, at the least, the middle and the greatest value of the second.</summary>
    internal static HoverChart Of(PairEffect pair, ExplainedNames names, string label)
    {
        EffectSurface surface = pair.Surface!;
        int[] shown = [.. new[] { 0, surface.SecondGrid.Count / 2, surface.SecondGrid.Count - 1 }.Distinct()];
        string[] first = [.. surface.FirstGrid.Select(value => names.ValueOf(pair.First, value))], second = [.. shown.Select(place => names.ValueOf(pair.Second, surface.SecondGrid[place]))];
        HoverSeries[] series = [.. shown.Select((place, k) => new HoverSeries(second[k], [.. surface.Values.Select(row => row[place])], [], []))];
        return new HoverChart($"Partial dependence of {label} on {pair.FirstName} and {pair.SecondName}", pair.FirstName, label, surface.FirstGrid, series)
        {
            Levels = names.IsNumeric(pair.First) ? null : first,
            Texts = [.. first.Select((value, k) => $"{pair.FirstName} {value}: " + string.Join(", ", series.Select(line => $"{Cells.Significant(line.Y[k])} at {pair.SecondName} {line.Name}")))],
        };
    }

    /// <summary>The ends of a band that holds 90% of a normal distribution.</summary>
    internal static (double[] Lower, double[] Upper) Band(IReadOnlyList<double> values, IReadOnlyList<double> deviations) =>
        ([.. values.Zip(deviations, (value, deviation) => value - (Quantile * deviation))], [.. values.Zip(deviations, (value, deviation) => value + (Quantile * deviation))]);
}
