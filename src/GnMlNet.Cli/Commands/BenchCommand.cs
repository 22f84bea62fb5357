using System.CommandLine;
using System.Globalization;
using GnMlNet.Cli.Benchmarks;
using Spectre.Console;

namespace GnMlNet.Cli.Commands;

/// <summary><c>gnml bench</c>: how fast training is on this machine.</summary>
internal static class BenchCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var problem = new Option<string>("--problem") { Description = "A folder with a least squares problem and its starting point, to race other tools on equal work.", Required = true };
        var output = new Option<string>("--out") { Description = "Where to write the race: iteration, wall seconds, processor seconds, sum of squares.", DefaultValueFactory = _ => "race.csv" };
        Option<double> seconds = Ranges.NonNegative("--seconds", "How many seconds of processor time the race may take.", 60);
        Option<int> threads = Ranges.Integer("--threads", "How many threads may work at once.", 1, 1);
        var command = new Command("bench", "Measure how fast training is on this machine.") { problem, output, seconds, threads };
        command.SetAction(parsed => RunRace(console, parsed.GetValue(problem)!, parsed.GetValue(output)!, parsed.GetValue(seconds), parsed.GetValue(threads)));
        return command;
    }

    private static int RunRace(IAnsiConsole console, string folder, string path, double seconds, int threads)
    {
        RacingProblem problem = RacingProblem.Read(folder);
        using (StreamWriter file = File.CreateText(path))
        {
            IReadOnlyList<Race.Lap> laps = Race.Run(problem, seconds, threads);
            Race.Write(file, laps);
            Race.Lap last = laps[^1];
            double perIteration = last.CpuSeconds / Math.Max(1, laps.Count - 1);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{problem.Name}: {laps.Count - 1} iterations, {1e3 * perIteration:F2} ms of processor time each, sum of squares {last.SumOfSquares:G6}. Written to {path}."));
        }

        return ExitCode.Success;
    }
}
