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
        Option<int?> fits = Ranges.OptionalInteger("--fits", "Measure whole fits with default options instead, beside FastTree and LightGBM: on concrete strength, California Housing, and Friedman's first problem with 10,000, 100,000, ... rows up to this many.", 10_000);
        var chart = new Option<string?>("--chart") { Description = "Where to draw how the seconds of these fits grow with the rows: .png and .svg are added." };
        Option<bool> json = SharedOptions.Json("what was measured");
        var command = new Command("bench", "Measure how fast training is on this machine, beside OpenBLAS and plain managed code.") { each, json, fits, chart, problem, race, seconds, threads };
        Rules.Add(command, result => SharedOptions.CheckMode(result, result.GetValue(problem) is not null, problem, [race, seconds, threads], [each, json, fits], "does not go with"));
        Rules.Add(command, result => SharedOptions.CheckMode(result, result.GetValue(fits) is not null, fits, [chart], [each], "does not go with"));
        command.SetAction(parsed => parsed switch
        {
            _ when parsed.GetValue(problem) is { } folder => RunRace(console, errors, folder, parsed.GetValue(race)!, parsed.GetValue(seconds), parsed.GetValue(threads)),
            _ when parsed.GetValue(fits) is { } rows => RunFits(console, output, rows, parsed.GetValue(chart), parsed.GetValue(json)),
            _ => RunComparisons(console, output, parsed.GetValue(each), parsed.GetValue(json)),
        });
        return command;
    }

    private static int RunComparisons(IAnsiConsole console, TextWriter output, double secondsEach, bool json)
    {
        if (json) Json.Write(output, new BenchJob(secondsEach, _ => { }).Run());
        else BenchSummary.Write(console, console.Status().Start("Preparing", context => new BenchJob(secondsEach, stage => context.Status(Markup.Escape(stage))).Run()));
        return ExitCode.Success;
    }

    private static int RunFits(IAnsiConsole console, TextWriter output, int mostRows, string? chart, bool json)
    {
        IReadOnlyList<DefaultFits.Fit> fits = json ? new DefaultFits(mostRows, _ => { }).Run() : console.Status().Start("Preparing", context => new DefaultFits(mostRows, stage => context.Status(Markup.Escape(stage))).Run());
        string machine = BenchJob.Machine();
        if (json) Json.Write(output, new { machine, fits });
        else DefaultFitsSummary.Write(console, fits, machine);
        if (chart is not null) DefaultFitsSummary.Draw(fits).Save(chart);
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
