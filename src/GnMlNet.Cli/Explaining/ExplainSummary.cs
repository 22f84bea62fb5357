using GnMlNet.Cli.Output;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;
using Spectre.Console;

namespace GnMlNet.Cli.Explaining;

/// <summary>What was found, for people and for machines.</summary>
internal static class ExplainSummary
{
    private const int MostColumns = 12;

    internal static void Write(IAnsiConsole console, ExplainResult result)
    {
        Table table = Cells.Table(["Input"], ["Strength"]);
        table.AddColumn("Effect");
        foreach (ColumnEffect effect in result.Effects.Columns.Take(MostColumns)) table.AddRow(Markup.Escape(effect.Name), Cells.Significant(effect.Strength), Markup.Escape(EffectWords.Describe(effect)));
        console.Write(table.Caption(Markup.Escape(Invariant($"{result.Table}; '{result.Label}'; strength: the standard deviation of the effect over {result.Effects.RowCount} rows"))));
        if (result.Effects.Columns.Count > MostColumns) console.WriteLine(Invariant($"and {result.Effects.Columns.Count - MostColumns} weaker inputs."));
        if (result.Effects.Pairs.Count > 0) console.WriteLine($"Strongest pair: {EffectWords.Describe(result.Effects.Pairs[0], result.Label)}");
        if (result.Row is not { } row) return;
        console.WriteLine();
        Table slopes = Cells.Table(["Input", "Value", "Slope"], []);
        foreach ((string column, string value, Slope slope) in row.Slopes) slopes.AddRow(Markup.Escape(column), Markup.Escape(value), Markup.Escape(EffectWords.Describe(slope)));
        console.Write(slopes.Caption(Markup.Escape(Invariant($"row {row.Number}: '{result.Label}' {EffectWords.Describe(row.Prediction)}; slope: how fast it changes there with the input"))));
        if (result.Change is null) return;
        console.WriteLine();
        foreach (string line in EffectWords.Describe(result.Change, row.Number, result.Label)) console.WriteLine(line);
    }

    internal static object ToJson(ExplainResult result) => new
    {
        data = result.Table,
        result.Label,
        rows = result.RowCount,
        rowsOfCurves = result.Effects.RowCount,
        result.Effects.MeanPrediction,
        columns = result.Effects.Columns.Select(effect => new
        {
            effect.Name,
            effect.Strength,
            effect.Association,
            effect.AssociatedWith,
            recommended = effect.Recommended.ToString(),
            values = effect.Levels is null ? (object)effect.Grid : effect.Grid.Select((_, k) => EffectWords.ValueOf(effect, k)),
            effect.RowCounts,
            effect.PartialDependence,
            effect.AccumulatedLocalEffects,
        }),
        pairs = result.Effects.Pairs.Select(pair => new { first = pair.FirstName, second = pair.SecondName, h = pair.Interaction, pair.Strength, pair.Surface }),
        row = result.Row is not { } row ? null : new { row.Number, row.Prediction, slopes = row.Slopes.Select(at => new { name = at.Column, at.Value, state = at.Slope.State.ToString(), at.Slope.Left, at.Slope.Right }) },
        change = result.Change is not { } change ? null : new
        {
            row = result.Row!.Number,
            change.IsFound,
            target = new { change.Target.Least, change.Target.Greatest },
            changes = change.Changes.Select(part => new { part.Name, part.From, part.To, part.Deviations }),
            change.Before,
            change.Prediction,
            change.Distance,
            change.Unusualness,
            change.UnusualnessLimit,
            change.HasCorrelations,
        },
    };
}
