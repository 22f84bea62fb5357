using System.CommandLine;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cluster.Costs;
using GnMlNet.Core.Ensembles;
using Spectre.Console;

namespace GnMlNet.Cli.Clustering;

/// <summary><c>gnml cluster plan</c>: how long training would take on so many silos. It asks nobody, and computes from rates alone.</summary>
internal static class PlanCommand
{
    private const double MillisecondsPerSecond = 1e3, BitsPerByte = 8, Million = 1e6;

    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        TrainingTask usual = new() { Rows = 1, Inputs = 1, HiddenUnits = 1 };
        ClusterSize size = new();
        Option<long?> rows = Ranges.OptionalCount("--rows", "How many rows training has.", 1);
        rows.Required = true;
        Option<int> inputs = Ranges.Integer("--inputs", "How many inputs they have, categories as columns of their own.", 10, 1);
        Option<int?> hidden = Ranges.OptionalInteger("--hidden", "How many hidden units every network has; without it as many as training would choose.", 1);
        Option<int> ensemble = Ranges.Integer("--ensemble", "How many networks there are.", usual.Members, 2);
        Option<int> iterations = Ranges.Integer("--iterations", "In how many iterations members pass over all their rows.", usual.Iterations, 0);
        Option<int> held = Ranges.Integer("--held-iterations", "In how many before these they take rows that are in memory.", usual.HeldIterations, 0);
        Option<double> cores = Ranges.Positive("--cores", "How many cores a silo has, and the machine that trains; less than 1 for a share of one.", size.Cores);
        Option<int?> threads = Ranges.OptionalInteger("--threads", "How many members take their steps at the same time; without it as many as cores.", 1);
        Option<double?> latency = Ranges.OptionalNonNegative("--latency", Invariant($"Milliseconds from a call to its answer; without it those of --rates, or {MillisecondsPerSecond * new ClusterRates().CallSeconds:0.0}."));
        Option<double?> bandwidth = Ranges.OptionalNonNegative("--bandwidth", Invariant($"Million bits a second of vectors over the wire of the machine that trains; without it those of --rates, or {BitsPerByte * new ClusterRates().BytesPerSecond / Million:0}."));
        var file = new Option<string?>("--rates") { Description = "A file that 'gnml cluster bench --json' wrote; without it rates are those of a core of 2025 and a wire of 1 Gbit/s." };
        Option<int> most = Ranges.Integer("--most", "The greatest number of silos that is looked at.", 1000, 1);
        var chart = new Option<string?>("--chart") { Description = "Where to draw the time of training with 10^6 to 10^10 rows over the number of silos: .png and .svg are added." };
        Option<bool> json = SharedOptions.Json("the predictions");
        var command = new Command("plan", "Predict how long training would take on clusters, and where adding silos stops to pay.");
        foreach (Option option in new Option[] { rows, inputs, hidden, ensemble, iterations, held, cores, threads, latency, bandwidth, file, most, chart, json }) command.Add(option);
        Rules.Add(command, result =>
        {
            if (result.GetValue(bandwidth) is 0) result.AddError("--bandwidth must be a finite number above 0; '0' is not.");
        });
        command.SetAction(parsed =>
        {
            long count = parsed.GetValue(rows)!.Value;
            TrainingTask task = usual with
            {
                Rows = count,
                Inputs = parsed.GetValue(inputs),
                HiddenUnits = parsed.GetValue(hidden) ?? EnsembleOptions.Defaults.HiddenUnits(count, parsed.GetValue(inputs)),
                Members = parsed.GetValue(ensemble),
                Iterations = parsed.GetValue(iterations),
                HeldIterations = parsed.GetValue(held),
            };
            ClusterRates rates = parsed.GetValue(file) is { } path ? RatesFile.Read(path) : new ClusterRates();
            if (parsed.GetValue(latency) is { } milliseconds) rates = rates with { CallSeconds = milliseconds / MillisecondsPerSecond };
            if (parsed.GetValue(bandwidth) is { } bits) rates = rates with { BytesPerSecond = bits * Million / BitsPerByte };
            ClusterSize machines = size with { Cores = parsed.GetValue(cores), CoordinatorCores = parsed.GetValue(cores), Threads = parsed.GetValue(threads) ?? (int)Math.Ceiling(parsed.GetValue(cores)) };
            var plan = new ClusterPlan(task, rates, machines, parsed.GetValue(most));
            if (parsed.GetValue(chart) is { } picture) PlanChart.Of(plan).Save(picture);
            if (parsed.GetValue(json)) Json.Write(output, plan.Result());
            else PlanSummary.Write(console, plan.Result());
            return ExitCode.Success;
        });
        return command;
    }
}
