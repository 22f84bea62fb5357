using System.CommandLine;
using System.Diagnostics;
using GnMlNet.Cli.Clustering;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Tables;
using GnMlNet.Cluster.Costs;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using Spectre.Console;

namespace GnMlNet.Cli.Training;

/// <summary><c>gnml train</c>: from a table to a saved model.</summary>
internal static class TrainCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output, TextWriter errors)
    {
        var table = new TableOptions();
        var defaults = new GaussNewtonRegressionTrainer.Options();
        var group = new Option<string?>("--group") { Description = "The column whose equal cells make rows one group, such as a specimen or a day: no group is cut by the test or within training, so errors and intervals are those of new groups." };
        Option<int> ensemble = Ranges.Integer("--ensemble", "How many networks are trained and averaged; 1 trains a single one, without prediction intervals.", defaults.NumberOfNetworks, 1);
        Option<int?> hidden = Ranges.OptionalInteger("--hidden", "The number of hidden units of each network. Without it, 30, and 50 for an ensemble on 3,000 rows or more.", 1);
        Option<int?> iterations = Ranges.OptionalInteger("--iterations", "The greatest number of Gauss-Newton iterations. Without it, 300 for an ensemble and 200 for a single network.", 0);
        Option<int> seed = Ranges.Integer("--seed", "The seed of the split and of the initial weights.", 1, 0);
        Option<double?> testFraction = Ranges.OptionalFraction("--test-fraction", Invariant($"The share of rows held out for the test; 0 trains on everything. Without it, {RowSplit.UsualFraction}, but no more than {RowSplit.MostTestRows:N0} rows, for more tell an error no better."));
        Option<double?> penalty = Ranges.OptionalNonNegative("--penalty", "A fixed penalty on squared weights, in standardized units. Without it, it adapts by evidence for an ensemble and is 1e-4 for a single network.");
        Option<double> level = Ranges.Share("--interval-level", "The share of new rows that a prediction interval is to hold.", defaults.IntervalLevel);
        Option<IntervalKind> intervals = Ranges.Choice(
            "--intervals",
            "What prediction intervals of an ensemble are calibrated on: LeftOutRows, Ensemble (tighter), HeldOutRows (a fifth of the rows, which nothing is trained on: a guarantee for finite samples), or None for no intervals.",
            defaults.Intervals);
        var kernel = new Option<string>("--kernel")
        {
            Description = "The kernel block beside the networks, weighed by rows that neither saw: full; smooth, with which predictions have derivatives everywhere; or none, with which the model holds no training row.",
            DefaultValueFactory = _ => "full",
        };
        kernel.AcceptOnlyFromAmong("full", "smooth", "none");
        var loss = new Option<string>("--loss")
        {
            Description = "How much the error of a row counts: squared, its square; or huber, hardly more than linearly where a label lies far from what other rows make it, so that wrong labels do not pull the predictions.",
            DefaultValueFactory = _ => "squared",
        };
        loss.AcceptOnlyFromAmong("squared", "huber");
        Option<double?> lower = Ranges.OptionalLabel("--lower-bound", "The least label that there can be, such as 0 for a count: predictions and intervals are confined to it.");
        Option<double?> upper = Ranges.OptionalLabel("--upper-bound", "The greatest label that there can be.");
        Option<double> validation = Ranges.Fraction("--validation-fraction", "The share of training rows held out to choose the number of iterations.", 0);
        Option<int> starts = Ranges.Integer("--starts", "How many random initializations of a single network are trained; the best is kept.", defaults.NumberOfStarts, 1);
        Option<Activation> activation = SharedOptions.Activation();
        Option<int> threads = SharedOptions.Threads();
        Option<long?> memoryLimit = Sizes.Optional("--memory-limit", Invariant($"The memory that the command may take, such as 512MiB, 2GB or a number of bytes. The rows of an ensemble that do not fit, from {EnsembleTraining.LeastStreamedRows:N0} of them on, go into temporary files; the model does not depend on it. Without it, four fifths of the machine's."));
        var temporaryFolder = new Option<string?>("--temporary-folder") { Description = "The folder for temporary files, which are gone when the command ends, however that is. Without it, the system's." };
        Option<long?> temporaryLimit = Sizes.Optional("--temporary-limit", "The most that temporary files may take together, such as 20GB. Without it, what the disk has.");
        var noBaselines = new Option<bool>("--no-baselines") { Description = "Do not train ML.NET's linear model and FastTree for comparison." };
        var model = new Option<string>("--out") { Description = "Where to write the model; - is standard output.", DefaultValueFactory = _ => "model.zip" };
        var page = new Option<string?>("--report") { Description = "Also write a page about the model, one HTML file (- is standard output): errors, predictions with intervals, what they depend on, how training went." };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "A file to keep the state of training in while it lasts, from which --resume goes on after an interruption to the very same model; it is deleted when the model is saved. Or cluster:NAME, which the Redis server or PostgreSQL database of --cluster keeps, so that another machine can go on." };
        Option<double> interval = Ranges.NonNegative("--checkpoint-interval", "The seconds from one checkpoint to the next; 0 writes one after every iteration.", CheckpointOptions.DefaultInterval.TotalSeconds);
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint, with the same table and options; where there is none yet, begin." };
        Option<bool> json = SharedOptions.Json("the report");

        var cluster = new ClusterOptions(isRequired: false);
        var clusterFolder = new Option<string?>("--cluster-folder") { Description = "The folder that all silos of the cluster reach by the same path, for the rows of a large table; without it, on one machine, that for temporary files. Silos are started with --allow for it." };
        var spread = new Option<string?>("--spread") { Description = $"What silos share of an ensemble: members, its networks, of which each silo trains some by itself; or rows, over which all silos pass for every network, from {EnsembleTraining.LeastStreamedRows:N0} rows on. Without it, whichever is predicted to take less time." };
        spread.AcceptOnlyFromAmong("rows", "members");

        var shards = new Option<bool>("--shards") { Description = "Let the silos of the cluster read the files of --data themselves, by the same paths, each those that hold its rows, rather than write the rows into --cluster-folder. Silos are started with --allow for their folders." };

        var command = new Command("train", "Train a network on a table and save it as an ML.NET model.");
        table.AddTo(command);
        foreach (Option option in new Option[] { group, ensemble, kernel, hidden, iterations, seed, testFraction, penalty, level, intervals, loss, lower, upper, validation, starts, activation, threads, memoryLimit, temporaryFolder, temporaryLimit, noBaselines, model, page, checkpoint, interval, resume, json })
            command.Add(option);
        cluster.AddTo(command);
        command.Add(clusterFolder);
        command.Add(spread);
        command.Add(shards);
        Rules.Add(command, result =>
        {
            foreach (Option option in new Option[] { clusterFolder, spread, shards })
            {
                if (Rules.IsGiven(result, option) && !cluster.IsGiven(result)) result.AddError($"{option.Name} needs --cluster.");
            }

            if (result.GetValue(shards))
            {
                if (!table.HasData(result)) result.AddError("--shards needs --data.");
                if (Rules.IsGiven(result, clusterFolder)) result.AddError("With --shards silos read the files of --data themselves; leave out --cluster-folder.");
                if (result.GetValue(spread) == "members") result.AddError("With --shards silos pass over the rows that they read; leave out --spread members.");
            }

            if (result.GetValue(group) is not null && !table.HasData(result)) result.AddError("--group needs --data.");
            SharedOptions.CheckMode(result, result.GetValue(checkpoint) is not null, checkpoint, needed: [interval, resume], refused: [], refusal: "");
            if (result.GetValue(checkpoint) is "") result.AddError("--checkpoint must name a file.");
            if (result.GetValue(checkpoint) is { } place && CheckpointWords.NameOnCluster(place) is not null && !cluster.IsGiven(result)) result.AddError($"--checkpoint {place} needs --cluster.");
            if (result.GetValue(interval) > CheckpointNotices.MostSeconds) result.AddError(Invariant($"--checkpoint-interval must be at most {CheckpointNotices.MostSeconds:N0} seconds."));
        });
        command.SetAction(parsed => Run(
            console,
            output,
            errors,
            new TrainSettings(
                table.Read(parsed, parsed.GetValue(memoryLimit)) with { Group = parsed.GetValue(group) },
                new GaussNewtonRegressionTrainer.Options
                {
                    NumberOfNetworks = parsed.GetValue(ensemble),
                    Kernel = parsed.GetValue(kernel) == "none" ? null : new KernelOptions { Smooth = parsed.GetValue(kernel) == "smooth" },
                    Intervals = parsed.GetValue(intervals),
                    IntervalLevel = parsed.GetValue(level),
                    Loss = parsed.GetValue(loss) == "huber" ? RegressionLoss.Huber : RegressionLoss.SquaredError,
                    LowerBound = parsed.GetValue(lower),
                    UpperBound = parsed.GetValue(upper),
                    NumberOfHiddenUnits = parsed.GetValue(hidden),
                    Activation = parsed.GetValue(activation)!,
                    L2Regularization = parsed.GetValue(penalty),
                    MaximumNumberOfIterations = parsed.GetValue(iterations),
                    NumberOfStarts = parsed.GetValue(starts),
                    ValidationFraction = parsed.GetValue(validation),
                    NumberOfThreads = parsed.GetValue(threads),
                    MemoryLimit = parsed.GetValue(memoryLimit),
                    TemporaryFolder = parsed.GetValue(temporaryFolder),
                    TemporaryFileLimit = parsed.GetValue(temporaryLimit),
                    Seed = parsed.GetValue(seed),
                },
                parsed.GetValue(seed),
                parsed.GetValue(testFraction),
                WithBaselines: !parsed.GetValue(noBaselines),
                parsed.GetValue(model)!,
                parsed.GetValue(page))
            {
                Cluster = cluster.IsGiven(parsed) ? new TrainingClusterSettings(cluster, parsed, parsed.GetValue(clusterFolder), parsed.GetValue(spread) is { } what ? Enum.Parse<Spread>(what, ignoreCase: true) : null)
                {
                    ReadsShards = parsed.GetValue(shards),
                    TemporaryFolder = parsed.GetValue(temporaryFolder),
                    MemoryLimit = parsed.GetValue(memoryLimit),
                } : null,
                Checkpoint = parsed.GetValue(checkpoint) is { } file ? new CheckpointOptions { Path = file, Interval = TimeSpan.FromSeconds(parsed.GetValue(interval)), Resume = parsed.GetValue(resume) } : null,
            },
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, TextWriter errors, TrainSettings settings, bool json)
    {
        if (settings.Trainer is { NumberOfNetworks: > 1, NumberOfStarts: > 1 }) throw new UserError("--starts is for a single network: give --ensemble 1 with it.");
        if ((float?)settings.Trainer.LowerBound >= (float?)settings.Trainer.UpperBound) throw new UserError("--lower-bound must be below --upper-bound.");
        SharedOptions.CheckFolder("--temporary-folder", settings.Trainer.TemporaryFolder);
        using var model = new OutputFile(settings.ModelPath);
        using OutputFile? page = settings.PagePath is null ? null : new OutputFile(settings.PagePath);
        if (page is not null && model.Collides(page)) throw new UserError($"--out and --report both write to {model.Name}; give each a file of its own.");
        if (model.IsStandardOutput || page?.IsStandardOutput == true)
        {
            if (json) throw new UserError($"--json and {(model.IsStandardOutput ? "--out" : "--report")} both write to standard output; give {(model.IsStandardOutput ? "--out" : "--report")} a file.");
            console = ErrorConsole.Of(errors, console);
        }

        if (settings.Checkpoint is { } file && CheckpointWords.NameOnCluster(file.Path) is null) Check(file, model, page);
        using var interrupts = new Interrupts();
        using var memory = new MemoryKeeper(settings.Trainer.MemoryLimit);
        var display = new TrainingDisplay(console, interrupts.Stop);
        var notices = new CheckpointNotices(display);
        var job = new TrainJob(settings, model, page, notices);
        string? onCluster = settings.Checkpoint is { } kept ? CheckpointWords.NameOnCluster(kept.Path) : null;
        using TrainingCluster? cluster = settings.Cluster is null
            ? null
            : TrainingCluster.Start(settings.Cluster, TrainRows.AreStreamed(settings.Trainer, job.TrainingRowCount), settings.Cluster.ReadsShards ? job.Shards() : null, keepsCheckpoint: onCluster is not null);
        settings.Trainer.Sharing = cluster?.Sharing;
        if (onCluster is not null) job.Checkpoint = job.Checkpoint! with { Store = cluster!.OpenCheckpoint(onCluster, job.Checkpoint) };
        long start = Stopwatch.GetTimestamp();
        var progress = new Listener<TrainingIteration>(iteration =>
        {
            if (cluster is not null) display.Note = cluster.Describe(Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (cluster is not null && iteration.Iteration == 0) display.WriteIfPlain($"{cluster.Plan}.");
            ((IProgress<TrainingIteration>)display).Report(iteration);
        });
        TrainResult Train() => job.Run(progress, display, stage => display.Stage = stage, interrupts.Stop);
        TrainResult Work() => cluster is null ? Train() : ClusterWork.Do(Train);
        if (json)
        {
            TrainResult result = Work();
            notices.WriteFailures(errors);
            Json.Write(output, TrainSummary.ToJson(result));
            return ExitCode.Success;
        }

        console.WriteLine($"{job.Table.Name}: {job.TrainingRowCount} training rows, {job.TestRowCount} test rows, {job.Table.Features.Count} features, label '{job.Table.Label}'.");
        TrainResult report = display.Run(Work);
        notices.WriteFailures(errors);
        TrainSummary.Write(console, report);
        return ExitCode.Success;
    }

    /// <summary>Refuses, before any work, a checkpoint that would take the place of another file.</summary>
    private static void Check(CheckpointOptions checkpoint, OutputFile model, OutputFile? page)
    {
        var target = FileTarget.Of(checkpoint.Path);
        if (!target.IsRegular) throw new UserError($"Cannot write '{checkpoint.Path}': --checkpoint must name a file.");
        using var file = new OutputFile(checkpoint.Path);
        foreach ((OutputFile? other, string option) in new[] { (model, "--out"), (page, "--report") })
        {
            if (other?.Collides(file) == true) throw new UserError($"{option} and --checkpoint both write to {other.Name}; give each a file of its own.");
        }

        if (File.Exists(target.Path) && !checkpoint.Resume) throw new UserError($"The checkpoint '{checkpoint.Path}' is there already: go on from it with --resume, or remove it to begin anew.");
    }
}
