using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Explaining;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Output;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Training;

/// <summary>The report of <c>gnml train</c> as one HTML file that needs no other: how training went, and how the model does on rows that were held out.</summary>
internal static class TrainPage
{
    private const int Groups = 10;

    internal static string ToHtml(TrainResult report)
    {
        var page = new HtmlPage($"{report.Table.Name}: predicting {report.Table.Label}");
        GaussNewtonRegressionModelParameters model = report.Model;
        page.Paragraph($"{ModelSummary.Describe(model)}. {report.TrainingRows} training rows, {report.TestRows} test rows, seed {report.Seed}. {Invariant($"Training ended after {model.TrainingHistory.Count - 1} iterations by {model.Termination}; the model is of iteration {model.BestIteration}.")}");
        if (report.MeasuredNote is { } measured) page.Note(measured);
        foreach (string note in report.Table.Notes) page.Note(note);
        Comparison(page, report);
        if (report.TestPredictions.Count > 0) Predictions(page, report.TestPredictions, report.Table.Label);
        Importance(page, report);
        Effects(page, report);
        History(page, model.TrainingHistory);
        return page.ToString();
    }

    private static void Comparison(HtmlPage page, TrainResult report)
    {
        page.Heading("Errors beside those of ML.NET's own trainers");
        page.Table(
            ["Trainer", "RMSE train", "RMSE test", "MAE test", "R² test", "Seconds"],
            report.Trainers.Select(at => new[]
            {
                report.NameOf(at), Cells.Significant(at.Training.RootMeanSquaredError), Cells.Significant(at.Test?.RootMeanSquaredError), Cells.Significant(at.Test?.MeanAbsoluteError), Cells.Determination(at.Test?.RSquared), Invariant($"{at.Seconds:0.0}"),
            }));
    }

    private static void Predictions(HtmlPage page, IReadOnlyList<TestRow> rows, string label)
    {
        TestRow[] sorted = [.. rows.OrderBy(row => row.Score)];
        bool hasIntervals = sorted.Any(row => double.IsFinite(row.Lower));
        Curve Of(string name, Func<TestRow, double> value) => Curve.Of(name, sorted, row => row.Score, value);
        page.Heading("Predicted and actual, test rows");
        Curve[] bounds = hasIntervals ? [Of("lower end", row => row.Lower) with { Dashed = true }, Of("upper end", row => row.Upper) with { Dashed = true }] : [];
        Draw(page, new LineChart("Actual against predicted", $"predicted {label}", label, [Of("actual", row => row.Actual) with { IsPoints = true }, Of("predicted", row => row.Score) with { Dashed = false }, .. bounds]));
        Draw(page, new LineChart("Residuals", $"predicted {label}", $"actual − predicted {label}", [Of("residual", row => row.Actual - row.Score) with { IsPoints = true }]));
        if (hasIntervals) Coverage(page, sorted);
    }

    private static void Coverage(HtmlPage page, TestRow[] sorted)
    {
        page.Heading("How often intervals hold");
        int open = sorted.Count(row => !double.IsFinite(row.Upper - row.Lower));
        string share = open == 0 ? "" : Invariant($" of those with two finite ends ({100.0 * open / sorted.Length:0.0}% are open to a side, where the prediction is cut off at the range of the labels)");
        page.Paragraph(Invariant($"{100 * Held(sorted):0.0}% of {sorted.Length} test rows lie in their interval; mean width {Cells.Significant(Width(sorted))}{share}. By tenths of the rows, ordered by prediction:"));
        page.Table(
            ["Predicted", "Rows", "Held", "Mean width", "RMSE"],
            sorted.Chunk(Math.Max(1, (sorted.Length + Groups - 1) / Groups)).Select(group => new[]
            {
                $"{Cells.Significant(group[0].Score)} to {Cells.Significant(group[^1].Score)}",
                Invariant($"{group.Length}"),
                Invariant($"{100 * Held(group):0}%"),
                Cells.Significant(Width(group)),
                Cells.Significant(Errors.Of([.. group.Select(row => row.Actual)], [.. group.Select(row => row.Score)]).RootMeanSquaredError),
            }));
    }

    private static void Importance(HtmlPage page, TrainResult report)
    {
        if (report.Importance.Count == 0) return;
        page.Heading("What predictions depend on");
        page.Paragraph("Relevance is the root mean square slope of the model in standardized units (ensembles only). Permutation importance is how much the test RMSE rises when the feature's values are shuffled.");
        IReadOnlyList<double> relevance = report.Model.Ensemble?.Relevance ?? [];
        page.Table(
            ["Feature", "Relevance", "Rise of RMSE"],
            report.Importance.Select((at, k) => (at.Feature, Relevance: k < relevance.Count ? relevance[k] : double.NaN, at.Rise)).OrderByDescending(at => at.Rise)
                .Select(at => new[] { at.Feature, Cells.Significant(at.Relevance), Cells.Significant(at.Rise) }));
    }

    private static void Effects(HtmlPage page, TrainResult report)
    {
        if (report.Effects is not { } effects) return;
        page.Heading("Along each input");
        page.Paragraph(Invariant($"Means over {effects.RowCount} {(TrainJob.HasEffectsOfTest(report.TestRows) ? "test" : "training")} rows. Effects are what the model does, not what causes what; gnml explain shows pairs of inputs, slopes and changes, too."));
        ExplainPage.Columns(page, effects, report.Table.Label);
    }

    private static void History(HtmlPage page, IReadOnlyList<TrainingIteration> history)
    {
        page.Heading("Training");
        Curve Of(string name, Func<TrainingIteration, double> value) => Curve.Of(name, history.Where(at => double.IsFinite(value(at))), at => at.Iteration, value);
        Curve[] errors = [Of("training rows", at => at.MeanSquaredError), Of("left-out or validation rows", at => at.ValidationError)];
        Draw(page, new LineChart("Error by iteration", "iteration", "mean squared error (standardized units)", [.. errors.Where(curve => curve.X.Count > 0)]) { LogarithmicY = true });
        if (history.All(at => double.IsNaN(at.NoisePrecision))) return;
        Draw(page, new LineChart("Evidence by iteration", "iteration", "b, γ (mean over the networks)", [Of("precision of the noise b", at => at.NoisePrecision), Of("effective parameters γ", at => at.EffectiveParameters)]) { LogarithmicY = true });
    }

    private static void Draw(HtmlPage page, LineChart chart) => page.Figure(chart.ToPng(), chart.Title, $"{chart.Title}.");

    /// <summary>The mean width of the intervals with two finite ends; NaN where there is none.</summary>
    private static double Width(TestRow[] rows) => rows.Select(row => row.Upper - row.Lower).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static double Held(TestRow[] rows) => rows.Average(row => row.IsHeld ? 1.0 : 0.0);
}
