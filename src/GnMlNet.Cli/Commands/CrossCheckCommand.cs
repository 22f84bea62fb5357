using System.CommandLine;
using System.Diagnostics;
using GnMlNet.Balls;
using GnMlNet.Cli.CrossChecking;
using GnMlNet.Cli.Output;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;
using Spectre.Console;

namespace GnMlNet.Cli.Commands;

/// <summary><c>gnml crosscheck</c>: certified errors of a recorded run, from exact arithmetic.</summary>
internal static class CrossCheckCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        var trace = new Option<string?>("--trace") { Description = "A trace that 'gnml trace' wrote. Without it, the paper's instance for three scaling factors and a network on concrete are checked." };
        Option<int> bits = Ranges.Integer("--bits", "The fraction bits to begin with; they are doubled where they do not suffice.", 128, 64);
        Option<int> every = Ranges.Integer("--every", "Check every so many iterations, and the last.", 1, 1);
        var folder = new Option<string>("--out") { Description = "The folder to write to; made if it is not there.", DefaultValueFactory = _ => "crosscheck" };
        var json = new Option<bool>("--json") { Description = "Write the report as JSON." };
        var command = new Command("crosscheck", "Prove how far the doubles of a run are from the exact values of the same inputs.") { trace, bits, every, folder, json };
        command.SetAction(parsed => Run(console, output, parsed.GetValue(trace), parsed.GetValue(bits), parsed.GetValue(every), parsed.GetValue(folder)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string? trace, int bits, int every, string folder, bool json)
    {
        OutputFolder.Prepare(folder);
        using var interrupts = new Interrupts();
        IReadOnlyList<(string Name, string File, Func<RecordedRun> Record)> recorded = trace is null
            ? StandardRuns.All
            : [(Path.GetFileName(trace), Path.GetFileNameWithoutExtension(trace), () => TraceReader.Read(trace))];
        var runs = new List<CrossCheckRun>();
        foreach ((string name, string file, Func<RecordedRun> record) in recorded)
        {
            RecordedRun run = record();
            long start = Stopwatch.GetTimestamp();
            double share = 1.0 / (((run.Iterates.Count - 1) / every) + 1);
            var check = new CrossCheck(run, bits);
            CrossCheckReport Work(Action<double> advance) => check.Run(every, FastPath.Of(run), _ => advance(share), cancellation: interrupts.Stop);
            CrossCheckReport report = json ? Work(_ => { }) : Bar.Run(console, $"Checking {name}", Work);
            runs.Add(new CrossCheckRun(name, file, report, WorstStep(report) is { } worst ? check.Certify(worst.Index) : null, Stopwatch.GetElapsedTime(start)));
        }

        foreach (CrossCheckRun run in runs)
        {
            CrossCheckFigures.Draw(run).Save(Path.Combine(folder, run.File));
            AtomicFile.WriteText(Path.Combine(folder, $"{run.File}.json"), writer => Json.Write(writer, CrossCheckSummary.ToJson(run)));
            if (run.Certificate is { } certificate) AtomicFile.WriteText(Path.Combine(folder, $"{run.File}-certificate.json"), writer => writer.Write(CertificateFile.Write(certificate)));
        }

        if (json) Json.Write(output, runs.Select(CrossCheckSummary.ToJson));
        else CrossCheckSummary.Write(console, runs);
        // Matrices that lose rank are undecided by their nature; an error that is decided must be within its bound.
        bool holds = runs.All(run => run.Report.Iterates.All(iterate => iterate.ParametersFollow && iterate.Errors.All(error => error.IsWithinBound == Verdict.Proved || iterate.IsPositiveDefinite != Verdict.Proved)));
        return holds ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>The iterate whose step has the greatest error of those of which something is proved.</summary>
    private static CheckedIterate? WorstStep(CrossCheckReport report) =>
        report.Iterates
            .Where(iterate => iterate.IsPositiveDefinite == Verdict.Proved)
            .MaxBy(iterate => iterate.Errors.Where(error => error.Quantity is CheckedQuantity.Step or CheckedQuantity.ApproximateStep).Max(error => error.Relative));
}
