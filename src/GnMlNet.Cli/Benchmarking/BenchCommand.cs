using System.CommandLine;
using System.Globalization;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using Spectre.Console;

namespace GnMlNet.Cli.Benchmarking;

/// <summary><c>gnml bench</c>: how fast training is on this machine.</summary>
internal static class BenchCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output, TextWriter errors)
    {
        var problem = new Option<string?>("--problem") { Description = "A folder with a least squares problem and its starting point, to race other tools on equal work instead." };
        var race = new Option<string>("--out") { Description = "Where to write the race (- is standard output): iteration, wall seconds, processor seconds, sum of squares.", DefaultValueFactory = _ => "race.csv" };
        Option<double> seconds = Ranges.NonNegative("--seconds", "How many seconds of processor time the race may take.", 60);
        Option<int> threads = Ranges.Integer("--threads", "How many threads may work at once in the race.", 1, 1);
        Option<double> each = Ranges.NonNegative("--seconds-each", "How many seconds each comparison takes; at least five rounds are made.", 3);
        Option<bool> json = SharedOptions.Json("the comparisons");
        var command = new Command("bench", "Measure how fast training is on this machine, beside OpenBLAS and plain managed code.") { each, json, problem, race, seconds, threads };
        Rules.Add(command, result => SharedOptions.CheckMode(result, result.GetValue(problem) is not null, problem, [race, seconds, threads], [each, json], "does not go with"));
        command.SetAction(parsed => parsed.GetValue(problem) is { } folder
            ? RunRace(console, errors, folder, parsed.GetValue(race)!, parsed.GetValue(seconds), parsed.GetValue(threads))
            : RunComparisons(console, output, parsed.GetValue(each), parsed.GetValue(json)));
        return command;
    }

    private static int RunComparisons(IAnsiConsole console, TextWriter output, double secondsEach, bool json)
    {
        if (json) Json.Write(output, new BenchJob(secondsEach, _ => { }).Run());
        else BenchSummary.Write(console, console.Status().Start("Preparing", context => new BenchJob(secondsEach, stage => context.Status(Markup.Escape(stage))).Run()));
        return ExitCode.Success;
    }

    private static int RunRace(IAnsiConsole console, TextWriter errors, string folder, string path, double seconds, int threads)
    {
        RacingProblem problem = RacingProblem.Read(folder);
        using var file = new OutputFile(path);
        IReadOnlyList<Race.Lap> laps = Race.Run(problem, seconds, threads);
        file.WriteText(writer => Race.Write(writer, laps));
        Race.Lap last = laps[^1];
        double perIteration = last.CpuSeconds / Math.Max(1, laps.Count - 1);
        if (file.IsStandardOutput) console = ErrorConsole.Of(errors, console);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{problem.Name}: {laps.Count - 1} iterations, {1e3 * perIteration:F2} ms of processor time each, sum of squares {last.SumOfSquares:G6}. Written to {(file.IsStandardOutput ? file.Name : path)}."));
        return ExitCode.Success;
    }
}
