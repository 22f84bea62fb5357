using System.CommandLine;
using GnMlNet.Balls;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Reference.Certificates;
using Spectre.Console;

namespace GnMlNet.Cli.CrossChecking;

/// <summary><c>gnml crosscheck</c>: certified errors of a run, from exact arithmetic.</summary>
internal static class CrossCheckCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        var trace = new Option<string?>("--trace") { Description = "A trace that 'gnml trace' wrote. Without it, --data and --model, the paper's instance for three scaling factors and networks on concrete are checked." };
        var model = new Option<string?>("--model") { Description = "A model that 'gnml train' wrote: outputs, scores and gradient of its networks on the rows of --data and the coefficients of its kernel block are checked." };
        var table = new TableOptions
        {
            Label = new("--label") { Description = "The column to predict; needed with --data unless a model names it." },
        };
        Option<int> rows = Ranges.Integer("--rows", "Of --data, no more than so many rows, drawn at random.", 1000, 1);
        Option<int> bits = Ranges.Integer("--bits", "The fraction bits to begin with; they are doubled where they do not suffice.", 128, 64);
        Option<int> every = Ranges.Integer("--every", "Check every so many iterations, and the last.", 1, 1);
        var trajectory = new Option<bool>("--trajectory") { Description = "Also follow the trajectory that the run would have in exact arithmetic, and how far the run strays from it." };
        var expected = new Option<string?>("--expect-undecided") { Description = "A file that names the figures that are undecided, one a line: run, figure, iteration. Exactly these may be." };
        Option<string> folder = SharedOptions.Folder("crosscheck");
        Option<bool> json = SharedOptions.Json("the report");
        var command = new Command("crosscheck", "Prove how far the doubles of a run are from the exact values of the same inputs. Exit status 0: all of it is proved; 1: something is refuted; 3: nothing is refuted, something is undecided.") { trace, model };
        table.AddTo(command, "A CSV or Parquet file: rows for --model (without it California Housing), or a table to train a network on, with default options, and to check.", isLabelOptional: true);
        foreach (Option option in new Option[] { rows, bits, every, trajectory, expected, folder, json }) command.Add(option);
        Rules.Add(command, result =>
        {
            bool hasTrace = result.GetValue(trace) is not null, hasModel = result.GetValue(model) is not null, hasData = table.HasData(result);
            bool hasLabel = table.OfTraining.Any(option => Rules.IsGiven(result, option));
            if (hasTrace && (hasModel || hasData || hasLabel)) result.AddError("--trace holds its rows and weights; leave out --model, --data, --label and --features.");
            else if (hasModel && hasLabel) result.AddError("--model knows its label and features; leave out --label, --features and the like.");
            else if (hasModel && result.GetValue(trajectory)) result.AddError("--trajectory needs a run; a model holds its last weights only. Use --trace or --data.");
            else if (!hasModel && hasData && result.GetValue(table.Label) is null) result.AddError("--data needs --label: which column is to be predicted? With --model the model says so.");
        });
        command.SetAction(parsed => Run(
            console,
            output,
            new CrossCheckSettings(
                parsed.GetValue(trace),
                parsed.GetValue(model),
                table.Read(parsed),
                parsed.GetValue(rows),
                parsed.GetValue(bits),
                parsed.GetValue(every),
                parsed.GetValue(trajectory),
                parsed.GetValue(folder)!),
            parsed.GetValue(expected),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, CrossCheckSettings settings, string? expectedPath, bool json)
    {
        ExpectedUndecided? expected = expectedPath is null ? null : ExpectedUndecided.Read(expectedPath);
        var files = new OutputFolder(settings.Folder);
        using var interrupts = new Interrupts();
        CrossCheckOutcome outcome = new CrossCheckJob(settings, json ? null : console, interrupts.Stop).Run();
        foreach (CrossCheckResult run in outcome.Runs)
        {
            CrossCheckFigures.Draw(run).Save(files.At(run.File));
            if (run.Trajectory is { } trajectory) CrossCheckFigures.Draw(run.Name, trajectory).Save(files.At($"{run.File}-trajectory"));
            files.Write($"{run.File}.json", writer => Json.Write(writer, CrossCheckSummary.ToJson(run)));
            if (run.Certificate is { } certificate) files.Write($"{run.File}-certificate.json", CertificateFile.Write(certificate));
        }

        foreach (BlockCheckResult block in outcome.Blocks.Where(block => block.Check is not null)) files.Write($"{block.What.File}.json", writer => Json.Write(writer, BlockCheckSummary.ToJson(block)));
        foreach (PredictionsCheckResult predictions in outcome.Predictions) files.Write($"{predictions.What.File}.json", writer => Json.Write(writer, PredictionsCheckSummary.ToJson(predictions)));
        if (json) Json.Write(output, outcome.Runs.Select(CrossCheckSummary.ToJson).Concat(outcome.Blocks.Select(BlockCheckSummary.ToJson)).Concat(outcome.Predictions.Select(PredictionsCheckSummary.ToJson)));
        else CrossCheckSummary.Write(console, outcome);
        return CodeOf(console, outcome, expected, json);
    }

    private static int CodeOf(IAnsiConsole console, CrossCheckOutcome outcome, ExpectedUndecided? expected, bool json)
    {
        if (outcome.Verdict == Verdict.Refuted) return ExitCode.Failure;
        if (expected is null) return outcome.Verdict == Verdict.Proved ? ExitCode.Success : ExitCode.Undecided;
        IReadOnlyList<string> faults = expected.Faults(outcome);
        foreach (string fault in json ? [] : faults) console.WriteLine(fault);
        return faults.Count == 0 ? ExitCode.Success : ExitCode.Undecided;
    }
}
