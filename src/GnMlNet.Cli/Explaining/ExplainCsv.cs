using System.Globalization;
using CsvHelper;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>Curves and surfaces as CSV files.</summary>
internal static class ExplainCsv
{
    internal static void Write(OutputFolder folder, ExplainResult result)
    {
        folder.Write("effects.csv", output => Rows(output, ["column", "value", "rows", "curve", "effect", "deviation"], result.Effects.Columns.SelectMany(Curves)));
        folder.Write("rows.csv", output => Rows(output, ["column", "value", "row", "prediction"], result.Effects.Columns.SelectMany(Individual)));
        var names = new ExplainedNames(result.Effects);
        folder.Write("pairs.csv", output => Rows(output, ["first", "second", "h", "strength"], result.Effects.Pairs.Select(pair => new[] { pair.FirstName, pair.SecondName, Text(pair.Interaction), Text(pair.Strength) })));
        folder.Write("surfaces.csv", output => Rows(output, ["first", "first value", "second", "second value", "effect", "deviation"], result.Effects.Pairs.Where(pair => pair.Surface is not null).SelectMany(pair => Surface(pair, names))));
    }

    private static IEnumerable<string[]> Curves(ColumnEffect effect)
    {
        foreach ((EffectKind kind, EffectCurve? curve) in new[] { (EffectKind.PartialDependence, effect.PartialDependence), (EffectKind.AccumulatedLocalEffects, effect.AccumulatedLocalEffects) })
        {
            for (int k = 0; k < (curve?.Values.Count ?? 0); k++) yield return [effect.Name, Value(effect, k), Text(effect.RowCounts[k]), EffectWords.NameOf(kind), Text(curve!.Values[k]), Text(curve.Deviations[k])];
        }
    }

    private static IEnumerable<string[]> Individual(ColumnEffect effect) =>
        from row in Enumerable.Range(0, effect.Individual.Count) from k in Enumerable.Range(0, effect.Grid.Count) select new[] { effect.Name, Value(effect, k), Text(row + 1), Text(effect.Individual[row][k]) };

    private static IEnumerable<string[]> Surface(PairEffect pair, ExplainedNames names)
    {
        EffectSurface at = pair.Surface!;
        string Of(int column, double value) => names.IsNumeric(column) ? Text(value) : names.ValueOf(column, value);
        return from i in Enumerable.Range(0, at.FirstGrid.Count)
               from j in Enumerable.Range(0, at.SecondGrid.Count)
               select new[] { pair.FirstName, Of(pair.First, at.FirstGrid[i]), pair.SecondName, Of(pair.Second, at.SecondGrid[j]), Text(at.Values[i][j]), Text(at.Deviations[i][j]) };
    }

    private static string Value(ColumnEffect effect, int place) => effect.Levels is { } levels ? levels[(int)effect.Grid[place]] : Text(effect.Grid[place]);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void Rows(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (string[] row in rows.Prepend(header))
        {
            foreach (string cell in row) csv.WriteField(cell);
            csv.NextRecord();
        }
    }
}
