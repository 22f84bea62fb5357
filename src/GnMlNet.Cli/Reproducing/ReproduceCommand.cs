using System.CommandLine;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using Spectre.Console;

namespace GnMlNet.Cli.Reproducing;

/// <summary><c>gnml reproduce</c>: the numerical section of the paper, with its figures and a report.</summary>
internal static class ReproduceCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        var defaults = new ReproduceSettings { Folder = "reproduction" };
        Option<int> rows = Ranges.Integer("--rows", "n, the number of rows of California Housing.", defaults.Rows, 2);
        Option<int> hidden = Ranges.Integer("--hidden", "m, the number of hidden units.", defaults.HiddenUnits, 1);
        Option<double[]> alpha = Ranges.PositiveList("--alpha", "The scaling factors, separated by commas.", [.. defaults.ScalingFactors]);
        Option<int> seed = Ranges.Integer("--seed", "The seed of signs and initial weights.", defaults.Seed, 0);
        Option<int> subsetSeed = Ranges.Integer("--subset-seed", "The seed of the subset of rows.", defaults.SubsetSeed, 0);
        Option<int> subsets = Ranges.Integer("--subsets", "For how many other subsets, with seeds 1, 2, ..., the order of the losses is looked at.", defaults.Subsets, 0);
        Option<int> threads = Ranges.Integer("--threads", "How many flows are integrated at once; changes no figure.", defaults.Threads, 1);
        Option<string> folder = SharedOptions.Folder(defaults.Folder);
        Option<bool> json = SharedOptions.Json("the summary");
        var command = new Command("reproduce", "Reproduce the experiments of Cayci, 'Gauss-Newton dynamics for neural networks', with figures, traces and a report.")
        {
            rows, hidden, alpha, seed, subsetSeed, subsets, threads, folder, json,
        };
        command.SetAction(parsed => Run(
            console,
            output,
            new ReproduceSettings
            {
                Rows = parsed.GetValue(rows),
                HiddenUnits = parsed.GetValue(hidden),
                ScalingFactors = [.. parsed.GetValue(alpha)!.Distinct().Order()],
                Seed = parsed.GetValue(seed),
                SubsetSeed = parsed.GetValue(subsetSeed),
                Subsets = parsed.GetValue(subsets),
                Threads = parsed.GetValue(threads),
                Folder = parsed.GetValue(folder)!,
            },
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, ReproduceSettings settings, bool json)
    {
        var folder = new OutputFolder(settings.Folder);
        using var interrupts = new Interrupts();
        ReproduceResult result = json
            ? new ReproduceJob(settings, _ => { }, interrupts.Stop).Run()
            : Bar.Run(console, "Integrating the flows", progress => new ReproduceJob(settings, progress, interrupts.Stop).Run());
        ReproduceFiles.Write(result, folder);
        if (json) Json.Write(output, ReproduceSummary.ToJson(result));
        else ReproduceSummary.Write(console, result);
        return ExitCode.Success;
    }
}
