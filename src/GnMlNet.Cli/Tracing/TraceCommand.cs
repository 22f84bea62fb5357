using System.CommandLine;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using Spectre.Console;

namespace GnMlNet.Cli.Tracing;

/// <summary><c>gnml trace</c>: one run with everything about it written down.</summary>
internal static class TraceCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var table = new TableOptions();
        Option<int?> rows = Ranges.OptionalInteger("--rows", "How many rows to draw at random; without it, all.", 1);
        Option<int> subsetSeed = Ranges.Integer("--subset-seed", "The seed of that draw.", 1, 0);
        Option<int> hidden = Ranges.Integer("--hidden", "The number of hidden units.", TrainingOptions.Defaults.HiddenUnits, 1);
        Option<Activation> activation = SharedOptions.Activation();
        Option<int> seed = Ranges.Integer("--seed", "The seed of the initial weights.", 1, 0);
        Option<int> threads = SharedOptions.Threads();
        Option<int> iterations = Ranges.Integer("--iterations", "Training: the greatest number of iterations.", TrainingOptions.Defaults.MaximumIterations, 0);
        Option<double> penalty = Ranges.NonNegative("--penalty", "Training: the penalty on squared weights, in standardized units.", TrainingOptions.Defaults.Penalty);
        var adapt = new Option<bool>("--adapt-penalty") { Description = "Training: let the penalty adapt by evidence, as for a network of an ensemble." };
        var flow = new Option<bool>("--flow") { Description = "Run the Gauss-Newton flow of the paper instead of training: no biases, fixed signs, features standardized, label as it is." };
        Option<double> alpha = Ranges.Positive("--alpha", "Flow: the scaling factor.", FlowOptions.Defaults.ScalingFactor);
        Option<double> rho = Ranges.UnitInterval("--rho", "Flow: the damping, 0 Gauss-Newton to 1 gradient flow.", FlowOptions.Defaults.Damping);
        Option<FlowScheme> scheme = Ranges.Choice("--scheme", "Flow: how it is integrated.", FlowScheme.Euler);
        Option<double> step = Ranges.Positive("--step", "Flow: the time step, or the first one of the adaptive scheme.", FlowOptions.Defaults.TimeStep);
        Option<double> time = Ranges.Positive("--time", "Flow: the time at which it ends.", FlowOptions.Defaults.Duration);
        Option<double> tolerance = Ranges.Positive("--tolerance", "Flow: the tolerance of the adaptive scheme.", FlowOptions.Defaults.Tolerance);
        Option<double> interval = Ranges.NonNegative("--record", "Flow: the time from one recorded point to the next; 0 records every step.", 0);
        var antiSymmetric = new Option<bool>("--anti-symmetric") { Description = "Flow: start the second half of the units as the first with opposite signs." };
        var goOn = new Option<bool>("--continue-after-rank-loss") { Description = "Flow: go on with the pseudoinverse where H is rank-deficient." };
        var spectrum = new Option<bool>("--spectrum") { Description = "Find condition and effective rank at every step; takes time." };
        Option<string> folder = SharedOptions.Folder("trace");
        var command = new Command("trace", "Write down one run so that it can be replayed and checked: trace.jsonl, trace.csv and charts.");
        table.AddTo(command);
        foreach (Option option in new Option[] { rows, subsetSeed, hidden, activation, seed, threads, iterations, penalty, adapt, flow, alpha, rho, scheme, step, time, tolerance, interval, antiSymmetric, goOn, spectrum, folder })
            command.Add(option);
        Rules.Add(command, result =>
        {
            Option[] ofFlow = [alpha, rho, scheme, step, time, tolerance, interval, antiSymmetric, goOn], ofTraining = [iterations, penalty, adapt];
            SharedOptions.CheckMode(result, result.GetValue(flow), flow, ofFlow, ofTraining, "has no meaning with");
        });
        RunOptions Shared(ParseResult parsed) => new()
        {
            HiddenUnits = parsed.GetValue(hidden),
            Activation = parsed.GetValue(activation)!,
            Seed = parsed.GetValue(seed),
            Threads = parsed.GetValue(threads),
        };
        TrainingOptions Training(ParseResult parsed) => new()
        {
            Run = Shared(parsed),
            Penalty = parsed.GetValue(penalty),
            AdaptPenalty = parsed.GetValue(adapt),
            MaximumIterations = parsed.GetValue(iterations),
        };
        FlowTrainingOptions Flow(ParseResult parsed) => new()
        {
            Run = Shared(parsed),
            AntiSymmetric = parsed.GetValue(antiSymmetric),
            Flow = new FlowOptions
            {
                ScalingFactor = parsed.GetValue(alpha),
                Damping = parsed.GetValue(rho),
                Scheme = parsed.GetValue(scheme),
                TimeStep = parsed.GetValue(step),
                Duration = parsed.GetValue(time),
                Tolerance = parsed.GetValue(tolerance),
                RecordingInterval = parsed.GetValue(interval),
                ContinueAfterRankLoss = parsed.GetValue(goOn),
                RecordSpectrum = parsed.GetValue(spectrum),
            },
        };
        command.SetAction(parsed => Run(console, new TraceSettings(
            table.Read(parsed),
            parsed.GetValue(rows),
            parsed.GetValue(subsetSeed),
            parsed.GetValue(seed),
            parsed.GetValue(flow) ? null : Training(parsed),
            parsed.GetValue(flow) ? Flow(parsed) : null,
            parsed.GetValue(spectrum),
            parsed.GetValue(folder)!)));
        return command;
    }

    private static int Run(IAnsiConsole console, TraceSettings settings)
    {
        using var interrupts = new Interrupts();
        var job = new TraceJob(settings);
        console.WriteLine($"{job.Table.Name}: {job.Table.Rows.RowCount} rows, {job.Table.Rows.InputSize} features, label '{job.Table.Label}'.");
        if (settings.Training is { } training) RunTraining(console, job, training, interrupts.Stop);
        if (settings.Flow is { } flow) RunFlow(console, job, flow, interrupts.Stop);
        console.WriteLine($"Written to {Path.GetFullPath(settings.Folder)}: trace.jsonl, trace.csv and charts.");
        return ExitCode.Success;
    }

    private static void RunTraining(IAnsiConsole console, TraceJob job, TrainingOptions options, CancellationToken stop)
    {
        var display = new TrainingDisplay(console, stop) { Stage = "Training the network" };
        TrainingResult result = display.Run(() => job.Train(options, display, stop));
        console.WriteLine(Invariant($"{result.History.Count - 1} iterations, loss {Cells.Significant(result.History[^1].Loss)}; ended by {result.Termination}."));
    }

    private static void RunFlow(IAnsiConsole console, TraceJob job, FlowTrainingOptions options, CancellationToken stop)
    {
        FlowTrainingResult result = Bar.Run(console, "Integrating the flow", advance => job.Flow(options, Bar.Over(options.Flow.Duration, advance), stop));
        Trajectory trajectory = result.Trajectory;
        FlowPoint first = trajectory.Points[0], last = trajectory.Points[^1];
        console.WriteLine(Invariant($"Loss {Cells.Significant(first.Loss)} to {Cells.Significant(last.Loss)} at t = {last.Time:0.####} after {last.Steps} steps; ended by {trajectory.End}."));
        if (trajectory.RankLossTime is { } time)
            console.WriteLine(Invariant($"H became rank-deficient at t = {time:0.####}: raise --rho or --alpha, or see what follows with --continue-after-rank-loss."));
    }
}
