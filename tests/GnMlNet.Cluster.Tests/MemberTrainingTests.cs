using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Tests;

/// <summary>Ensembles whose members are trained by silos, each its own.</summary>
public sealed class MemberTrainingTests : IDisposable
{
    // Enough iterations for rungs, last steps, and steps of several phases.
    private static readonly EnsembleOptions s_options = new()
    {
        Members = 8,
        MaximumIterations = 24,
        Kernel = new KernelOptions { Members = 2, Centres = 20, EvidenceRows = 60, SolutionRows = 200 },
        Run = new RunOptions { HiddenUnits = 3, Seed = 4, Threads = 2 },
    };

    private static readonly RegressionData s_data = Make(rows: 400, hasGroups: false);
    private static readonly Lazy<double[]> s_expected = new(() => Numbers(EnsembleTraining.Train(s_data, s_options)));

    private static readonly string[] s_cases = ["ensemble", "validation", "huber", "held-out rows", "fixed penalty", "no kernel", "no intervals", "few iterations", "going on"];

    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<LocalCluster> Start(int silos) => LocalCluster.StartInProcessAsync(silos, ClusterSharing.PartWork, ClusterSharing.MemberWork);

    /// <summary>What is trained in a case.</summary>
    private static Func<EnsembleOptions, EnsembleResult> Of(string name)
    {
        if (name == "ensemble") return options => EnsembleTraining.Train(s_data, options);
        RegressionData data = name == "huber" ? Make(rows: 300, hasGroups: true) : s_data;
        NetworkEnsemble? initial = name == "going on" ? EnsembleTraining.Train(s_data, s_options with { MaximumIterations = 5 }).Ensemble : null;
        return options => EnsembleTraining.Train(
            data,
            name switch
            {
                "validation" => options with { ValidationFraction = 0.2 },
                "huber" => options with { Loss = RegressionLoss.Huber, Members = 5, MaximumIterations = 12 },
                "held-out rows" => options with { Intervals = IntervalKind.HeldOutRows, MaximumIterations = 12 },
                "fixed penalty" => options with { Penalty = 1e-3, MaximumIterations = 12 },
                "no kernel" => options with { Kernel = null },
                "no intervals" => options with { Intervals = IntervalKind.None, Kernel = null, MaximumIterations = 12 },
                "few iterations" => options with { MaximumIterations = 2, Kernel = null },
                _ => options with { MaximumIterations = 12 },
            },
            initial: initial);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_model_has_the_same_bits_whoever_trains_its_members(int silos)
    {
        await using LocalCluster cluster = await Start(silos);
        foreach (string name in silos == 1 ? s_cases[..1] : s_cases)
        {
            Func<EnsembleOptions, EnsembleResult> train = Of(name);
            // States are fetched after every iteration in one case, in the others hardly ever.
            await using var sharing = new ClusterSharing(cluster.Coordinator, folder: null) { StateInterval = name == "no kernel" ? TimeSpan.Zero : TimeSpan.FromMinutes(1) };
            EnsembleResult expected = train(s_options), result = train(s_options with { Sharing = sharing });
            Numbers(result).Should().Equal(Numbers(expected), name);
            result.History.Should().Equal(expected.History);
            sharing.Choice!.Spread.Should().Be(Spread.Members);
            sharing.StepsTaken.Should().BeGreaterThan(0);
        }
    }

    [Fact]
    public async Task A_checkpoint_of_members_on_silos_is_that_of_members_here_and_training_goes_on_from_it_in_either_place()
    {
        await using LocalCluster cluster = await Start(2);
        async Task<EnsembleResult> TrainThere(CheckpointOptions checkpoint)
        {
            await using var sharing = new ClusterSharing(cluster.Coordinator, folder: null);
            return EnsembleTraining.Train(s_data, s_options with { Sharing = sharing }, control: new TrainingControl { Checkpoint = checkpoint });
        }

        EnsembleResult TrainHere(CheckpointOptions checkpoint) => EnsembleTraining.Train(s_data, s_options, control: new TrainingControl { Checkpoint = checkpoint });
        List<byte[]> here = [], there = [];
        string file = Path.Combine(_folder, "run.ckpt");
        CheckpointOptions Written(List<byte[]> kept) => new() { Path = file, Interval = TimeSpan.Zero, Progress = new Keeper(kept) };
        TrainHere(Written(here));
        File.Delete(file);
        await TrainThere(Written(there));
        there.Should().HaveCountGreaterThan(20);
        there.Select(Convert.ToHexString).Should().Equal(here.Select(Convert.ToHexString));
        foreach (byte[] checkpoint in new[] { there[4], there[15], there[^1] })
        {
            CheckpointOptions resume = new() { Path = file, Resume = true };
            await File.WriteAllBytesAsync(file, checkpoint);
            Numbers(TrainHere(resume)).Should().Equal(s_expected.Value);
            await File.WriteAllBytesAsync(file, checkpoint);
            Numbers(await TrainThere(resume)).Should().Equal(s_expected.Value);
        }
    }

    [Fact]
    public async Task Training_that_is_stopped_keeps_its_best_members_and_one_that_is_cancelled_ends()
    {
        await using LocalCluster cluster = await Start(2);
        EnsembleResult Train(TableSharing? sharing)
        {
            using var stop = new CancellationTokenSource();
            return EnsembleTraining.Train(s_data, s_options with { Sharing = sharing }, control: new TrainingControl { StopToken = stop.Token, Progress = new At(13, stop) });
        }

        await using (var sharing = new ClusterSharing(cluster.Coordinator, folder: null)) Numbers(Train(sharing)).Should().Equal(Numbers(Train(null)));
        await using (var sharing = new ClusterSharing(cluster.Coordinator, folder: null))
        {
            using var cancel = new CancellationTokenSource();
            var control = new TrainingControl { CancellationToken = cancel.Token, Progress = new At(5, cancel) };
            FluentActions.Invoking(() => EnsembleTraining.Train(s_data, s_options with { Sharing = sharing }, control: control)).Should().Throw<OperationCanceledException>();
        }
    }

    [Fact]
    public async Task Silos_that_are_killed_while_they_train_members_change_no_bit_of_the_model()
    {
        RegressionData data = Make(rows: 6_000, hasGroups: false);
        EnsembleOptions options = s_options with { Kernel = null, MaximumIterations = 60, Run = s_options.Run with { HiddenUnits = 12 } };
        double[] expected = Numbers(EnsembleTraining.Train(data, options));
        var random = new Random(Environment.TickCount);
        await using LocalCluster cluster = await LocalCluster.StartProcesses(2, TestSilo.Program, [], TestSilo.Options(ClusterSpecification.Parse("local:2")), TimeLimit.Minute());
        List<SiloProcess> silos = [.. cluster.Processes];
        for (int kill = 0; kill < Kills.Count; kill++)
        {
            // Some states are fetched in time, others are old.
            await using var sharing = new ClusterSharing(cluster.Coordinator, folder: null) { StateInterval = TimeSpan.FromMilliseconds(random.Next(0, 1000)) };
            Task<EnsembleResult> training = Task.Run(() => EnsembleTraining.Train(data, options with { Sharing = sharing }));
            // Any iteration, or the end.
            int moment = random.Next(options.Members * (options.MaximumIterations + 5));
            while (sharing.StepsTaken < Math.Min(moment, options.Members * options.MaximumIterations) && !training.IsCompleted) await Task.Delay(random.Next(10));
            SiloProcess victim = silos[random.Next(silos.Count)];
            victim.Kill();
            silos.Remove(victim);
            // Another takes its place, perhaps while training goes on.
            SiloProcess next = SiloProcess.Start(TestSilo.Program, [.. cluster.SiloArguments, "--name", $"silo {kill + 3}"]);
            silos.Add(next);
            await next.Ready(TimeLimit.Minute());
            Numbers(await training).Should().Equal(expected, $"a silo was killed after {moment} steps, and states were fetched every {sharing.StateInterval.TotalMilliseconds} ms");
            await cluster.Coordinator.WaitForSilosAsync(2, TimeLimit.Minute());
        }

        foreach (SiloProcess silo in silos.Except(cluster.Processes)) await silo.DisposeAsync();
    }

    [Fact]
    public async Task Rows_of_a_table_in_memory_are_not_spread()
    {
        await using LocalCluster cluster = await Start(1);
        await using var sharing = new ClusterSharing(cluster.Coordinator, folder: null, Spread.Rows);
        FluentActions.Invoking(() => EnsembleTraining.Train(s_data, s_options with { Sharing = sharing })).Should().Throw<ClusterException>().WithMessage("Rows are spread from 65,536 on*");
    }

    private sealed class Keeper(List<byte[]> kept) : IProgress<CheckpointNotice>
    {
        public void Report(CheckpointNotice value)
        {
            if (value.Event == CheckpointEvent.Written) kept.Add(File.ReadAllBytes(value.Path));
        }
    }

    private sealed class At(int iteration, CancellationTokenSource source) : IProgress<TrainingIteration>
    {
        public void Report(TrainingIteration value)
        {
            if (value.Iteration == iteration) source.Cancel();
        }
    }

    private static double[] Numbers(EnsembleResult result)
    {
        NetworkEnsemble ensemble = result.Ensemble;
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 20).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        return
        [
            .. ensemble.Members.OfType<NetworkMember>().SelectMany(member => (double[])[.. member.Network.Parameters, .. member.Evidence is null ? [] : member.Evidence.Precisions.ToArray()]),
            .. ensemble.Members.OfType<NetworkMember>().SelectMany(member => member.Leverage is null ? [] : member.Leverage.Triangle.ToArray().Select(value => (double)value)),
            .. rows.Select(row => ensemble.Predict(row)),
            ensemble.KernelWeight, ensemble.Intervals?.Quantile ?? 0, ensemble.Intervals?.NoiseVariance ?? 0, result.BestIteration, .. ensemble.Relevance,
        ];
    }

    private static RegressionData Make(int rows, bool hasGroups)
    {
        var random = new Random(6);
        var data = new RegressionData(2);
        for (int j = 0; j < rows; j++)
        {
            // Features that are no floats, weights, and an outlier now and then.
            double first = random.NextDouble(), second = Math.Exp(random.NextDouble());
            data.Add([first, second], Math.Sin(5 * first) + second + (0.2 * random.NextDouble()) + (random.Next(40) == 0 ? 10 : 0), 1 + (j % 3), hasGroups ? random.Next(60) : null);
        }

        return data;
    }
}
