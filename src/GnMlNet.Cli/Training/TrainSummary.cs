using GnMlNet.Cli.Models;
using GnMlNet.Cli.Output;
using Spectre.Console;

namespace GnMlNet.Cli.Training;

/// <summary>The report of <c>gnml train</c> for people and for machines.</summary>
internal static class TrainSummary
{
    internal static void Write(IAnsiConsole console, TrainResult report)
    {
        foreach (string note in report.Table.Notes) console.WriteLine($"Note: {note}");
        GaussNewtonRegressionModelParameters model = report.Model;
        console.WriteLine($"Model: {ModelSummary.Describe(model)}.");
        console.WriteLine(Invariant($"Training ended after {model.TrainingHistory.Count - 1} iterations by {model.Termination}."));
        console.WriteLine();
        console.Write(MetricsTable(report));
        if (report.MeasuredNote is { } measured) console.WriteLine(measured);
        console.WriteLine($"Model saved to {report.ModelPath}");
        if (report.Checkpoint is { } checkpoint) console.WriteLine($"Training was ended early: go on with the same command and --resume, from the checkpoint {checkpoint}");
    }

    internal static object ToJson(TrainResult report) => new
    {
        data = report.Table.Name,
        report.TrainingRows,
        report.TrainingRowsMeasured,
        report.TestRows,
        report.Seed,
        report.Table.Label,
        report.Table.Features,
        report.Table.Notes,
        model = ModelSummary.ToJson(report.Model, report.Table.Features),
        report.Trainers,
        report.ModelPath,
        report.Checkpoint,
    };

    private static Table MetricsTable(TrainResult report)
    {
        bool hasTest = report.TestRows > 0;
        string[] errors = hasTest ? ["RMSE test", "MAE test", "R² test"] : ["MAE train", "R² train"];
        Table table = Cells.Table(["Trainer"], ["RMSE train", .. errors, "Seconds"]);
        double best = report.Trainers.Select(trainer => (trainer.Test ?? trainer.Training).RootMeanSquaredError).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        foreach (TrainerMetrics trainer in report.Trainers)
        {
            Errors shown = trainer.Test ?? trainer.Training;
            string error = Cells.Significant(shown.RootMeanSquaredError);
            string marked = hasTest && shown.RootMeanSquaredError == best ? $"[bold green]{error}[/]" : error;
            string[] middle = hasTest ? [Cells.Significant(trainer.Training.RootMeanSquaredError), marked] : [marked];
            table.AddRow([Markup.Escape(report.NameOf(trainer)), .. middle, Cells.Significant(shown.MeanAbsoluteError), Cells.Determination(shown.RSquared), Invariant($"{trainer.Seconds:0.0}")]);
        }

        string rows = hasTest ? Invariant($"{report.TrainingRows} training rows, {report.TestRows} test rows") : Invariant($"{report.TrainingRows} training rows, no test rows");
        return table.Caption(Markup.Escape($"{report.Table.Name}; {rows}; label '{report.Table.Label}'"));
    }
}
