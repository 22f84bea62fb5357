using GnMlNet.Cli.Output;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>What was found as one HTML file that needs no other.</summary>
internal static class ExplainPage
{
    // Of a pair that does less than this share of what the strongest input does a chart shows nothing.
    private const double Negligible = 0.01;

    private const string Band = "Band: 90% of the model's own uncertainty of this curve, not of single predictions.";

    internal static string ToHtml(ExplainResult result)
    {
        var page = new HtmlPage($"What predictions of {result.Label} depend on");
        page.Paragraph(Invariant($"{result.Table}, {result.RowCount} rows; curves are means over {result.Effects.RowCount} of them. The model: {result.Model}."));
        page.Table(
            ["Input", "Strength", "Effect"],
            result.Effects.Columns.Select(effect => new[] { effect.Name, Cells.Significant(effect.Strength), EffectWords.Describe(effect) }));
        page.Note("Strength is the standard deviation of the effect over the rows, in the units of the label. Effects are what the model does, not what causes what.");
        if (result.Row is { } row) Row(page, row, result.Label);
        if (result.Change is { } change) Change(page, result, change);
        page.Heading("Along each input");
        Columns(page, result.Effects, result.Label);
        if (result.Effects.Pairs.Count > 0) Pairs(page, result);
        return page.ToString();
    }

    /// <summary>The curves of columns, one beside its text.</summary>
    internal static void Columns(HtmlPage page, EffectReport effects, string label)
    {
        foreach (ColumnEffect effect in effects.Columns.Where(effect => effect.Grid.Count > 1))
        {
            bool hasBand = effect.Curve.Deviations.All(double.IsFinite), hasRows = effect.Recommended == EffectKind.PartialDependence && effect.Levels is null;
            page.Beside(effect.Name, EffectCharts.Of(effect, label).ToSvg(), $"{Capital(EffectWords.NameOf(effect.Recommended))}. {(hasBand ? Band : "")}{(hasRows ? " Thin: single rows." : "")}", [EffectWords.Describe(effect), EffectWords.Reason(effect)]);
        }
    }

    private static void Pairs(HtmlPage page, ExplainResult result)
    {
        page.Heading("Pairs of inputs");
        page.Table(
            ["Pair", "H", "Strength"],
            result.Effects.Pairs.Select(pair => new[] { $"{pair.FirstName} × {pair.SecondName}", Invariant($"{pair.Interaction:0.00}"), Cells.Significant(pair.Strength) }));
        page.Note("H (Friedman and Popescu 2008) is the share, as a root, of the joint effect's variance that the sum of both effects does not explain: 0 where they add up, 1 where there is nothing else, more where the sum of both effects misses the joint one by more than that varies. Strength is that part in the units of the label, by which pairs are ordered.");
        var names = new ExplainedNames(result.Effects);
        foreach (PairEffect pair in result.Effects.Pairs.Where(pair => pair.Surface is not null && pair.Strength >= Negligible * result.Effects.Columns[0].Strength))
            page.Beside($"{pair.FirstName} × {pair.SecondName}", EffectCharts.Of(pair, names, result.Label).ToSvg(), $"Joint partial dependence along {pair.FirstName}, one line for each of some values of {pair.SecondName}.", [EffectWords.Describe(pair, result.Label)]);
    }

    private static void Row(HtmlPage page, ExplainedRow row, string label)
    {
        page.Heading(Invariant($"Row {row.Number}"));
        page.Paragraph($"Predicted {label}: {EffectWords.Describe(row.Prediction)}.");
        page.Table(["Input", "Value", "Slope"], row.Slopes.Select(at => new[] { at.Column, at.Value, EffectWords.Describe(at.Slope) }));
        page.Note("A slope is the exact derivative of the prediction by the input at this row, in units of the label per unit of the input.");
    }

    private static void Change(HtmlPage page, ExplainResult result, WhatIfResult change)
    {
        page.Heading("What would have to change");
        string[] lines = [.. EffectWords.Describe(change, result.Row!.Number, result.Label)];
        page.Paragraph(lines[0]);
        page.Table(
            ["Input", "From", "To", "Standard deviations"],
            change.Changes.Select(part => new[] { part.Name, Cells.Significant(part.From), Cells.Significant(part.To), Invariant($"{part.Deviations:+0.00;-0.00;0}") }));
        page.Note(lines[^1]);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
