using GnMlNet.Balls;
using Spectre.Console;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The figures of cross-checks of predictions for people at a terminal and for programs.</summary>
internal static class PredictionsCheckSummary
{
    /// <summary>Adds the errors to the table of all runs.</summary>
    internal static void AddTo(Table table, PredictionsCheckResult result)
    {
        foreach (var figure in result.Figures)
        {
            table.AddRow(
                Markup.Escape(result.What.Name),
                figure.Name,
                double.IsFinite(figure.Error.Greatest) ? Invariant($"{figure.Error.Greatest:0.0E+0}") : "nothing proved",
                Invariant($"{figure.Error.Greatest * (1L << 53):G4}"),
                Invariant($"{figure.Bound:0.0E+0}"),
                Invariant($"{(figure.Bound == 0 ? 0 : figure.Error.Greatest / figure.Bound):G2}"),
                "-",
                Invariant($"{figure.Count}"));
        }
    }

    /// <summary>One line about all columns.</summary>
    internal static string Sentence(PredictionsCheckResult result) => result.Verdict switch
    {
        Verdict.Proved => Invariant($"{result.What.Name}: every column proved to be what the members come to; {result.Elapsed.TotalSeconds:0.0} s."),
        Verdict.Refuted => Invariant($"{result.What.Name}: refuted: {Names(result, Verdict.Refuted)} beyond what is promised."),
        _ => Invariant($"{result.What.Name}: undecided: {Names(result, Verdict.Undecided)}."),
    };

    internal static object ToJson(PredictionsCheckResult result) => new
    {
        result.What.Name,
        rows = result.What.Predictions.Count,
        verdict = result.Verdict.ToString(),
        errors = result.Figures.Select(figure => new { quantity = figure.Quantity, error = new { atLeast = figure.Error.Least, atMost = figure.Error.Greatest }, bound = figure.Bound, isWithinBound = figure.Verdict.ToString(), figure.Count }),
        seconds = result.Elapsed.TotalSeconds,
    };

    private static string Names(PredictionsCheckResult result, Verdict verdict) => string.Join(", ", result.Figures.Where(figure => figure.Verdict == verdict).Select(figure => figure.Name));
}
