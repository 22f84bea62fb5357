using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Tests;

public sealed class TrainingTests : IDisposable
{
    // So wide that members pass over their rows and hold none.
    private const int Inputs = 85;

    private static readonly EnsembleOptions s_options = new() { Members = 2, MaximumIterations = 4, Kernel = null, Run = new RunOptions { HiddenUnits = 2, Seed = 4, Threads = 4 } };
    private static readonly Lazy<RegressionData> s_data = new(Make);
    private static readonly Lazy<double[]> s_expected = new(() => Numbers(EnsembleTraining.Train(s_data.Value, s_options).Ensemble));

    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, Spread.Rows)]
    [InlineData(2, Spread.Rows)]
    [InlineData(4, Spread.Rows)]
    [InlineData(2, Spread.Members)]
    public async Task A_model_has_the_same_bits_trained_here_and_by_any_number_of_silos(int silos, Spread spread)
    {
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(silos, ClusterSharing.PartWork, ClusterSharing.MemberWork, new ShardFolders([_folder]));
        await using (var sharing = new ClusterSharing(cluster.Coordinator, _folder, spread))
        {
            NetworkEnsemble ensemble = EnsembleTraining.Train(s_data.Value, s_options with { Sharing = sharing }).Ensemble;
            Numbers(ensemble).Should().Equal(s_expected.Value);
            sharing.Choice!.Reason.Should().MatchRegex("^as asked; predicted [0-9.]+ s an iteration by rows, [0-9.]+ s by members$");
            sharing.StepsTaken.Should().Be(spread == Spread.Members ? s_options.Members * s_options.MaximumIterations : 0);
            sharing.RowsPassed.Should().BeGreaterThanOrEqualTo((spread == Spread.Members ? 1 : 3) * s_data.Value.RowCount, "they did the steps, too");
        }

        Directory.GetFileSystemEntries(_folder).Should().BeEmpty("the folder of the table goes with it");
    }

    [Fact]
    public async Task Silos_that_are_killed_while_they_train_change_no_bit_of_the_model()
    {
        var random = new Random(Environment.TickCount);
        await using LocalCluster cluster = await LocalCluster.StartProcesses(2, TestSilo.Program, ["--allow", _folder], TestSilo.Options(ClusterSpecification.Parse("local:2")), TimeLimit.Minute());
        List<SiloProcess> silos = [.. cluster.Processes];
        for (int kill = 0; kill < Kills.Count; kill++)
        {
            await using var sharing = new ClusterSharing(cluster.Coordinator, _folder, Spread.Rows);
            Task<NetworkEnsemble> training = Task.Run(() => EnsembleTraining.Train(s_data.Value, s_options with { Sharing = sharing }).Ensemble);
            while (sharing.RowsPassed == 0 && !training.IsCompleted) await Task.Delay(20);
            int moment = random.Next(0, 1500);
            await Task.Delay(moment);
            SiloProcess victim = silos[random.Next(silos.Count)];
            victim.Kill();
            silos.Remove(victim);
            // Another takes its place, perhaps while training goes on.
            SiloProcess next = SiloProcess.Start(TestSilo.Program, [.. cluster.SiloArguments, "--name", $"silo {kill + 3}"]);
            silos.Add(next);
            await next.Ready(TimeLimit.Minute());
            Numbers(await training).Should().Equal(s_expected.Value, $"a silo was killed after {moment} ms");
            await cluster.Coordinator.WaitForSilosAsync(2, TimeLimit.Minute());
        }

        foreach (SiloProcess silo in silos.Except(cluster.Processes)) await silo.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_that_may_not_read_the_folder_is_named_with_it()
    {
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, shared = Directory.CreateDirectory(Path.Combine(_folder, "shared")).FullName;
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, ClusterSharing.PartWork, folders: new ShardFolders([other]));
        await using var sharing = new ClusterSharing(cluster.Coordinator, shared, Spread.Rows);
        FluentActions.Invoking(() => EnsembleTraining.Train(s_data.Value, s_options with { Sharing = sharing })).Should().Throw<ClusterException>().WithMessage($"*silo 1*'{shared}*refused*--allow*");
    }

    [Fact]
    public async Task What_a_process_of_this_machine_left_that_was_killed_is_removed_and_nothing_else()
    {
        string Make(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        string[] stay = [Make($"gnmlnet-{Environment.MachineName}-{Environment.ProcessId}-a"), Make("gnmlnet-elsewhere-999999999-a"), Make("mine")];
        string left = Make($"gnmlnet-{Environment.MachineName}-999999999-a");
        File.WriteAllText(Path.Combine(left, "map-0.rows"), "x");
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, ClusterSharing.PartWork);
        await using (new ClusterSharing(cluster.Coordinator, _folder)) Directory.Exists(left).Should().BeFalse();
        Directory.GetDirectories(_folder).Should().BeEquivalentTo(stay);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_named()
    {
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, ClusterSharing.PartWork);
        FluentActions.Invoking(() => new ClusterSharing(cluster.Coordinator, Path.Combine("/proc", "none"))).Should().Throw<TemporaryFileException>().WithMessage("*'/proc/none' that silos share*Choose another one.");
    }

    private static double[] Numbers(NetworkEnsemble ensemble) =>
        [.. ensemble.Members.OfType<NetworkMember>().SelectMany(member => member.Network.Parameters.ToArray()), ensemble.Intervals!.Quantile, ensemble.Intervals.NoiseVariance, .. ensemble.Relevance];

    private static RegressionData Make()
    {
        var random = new Random(6);
        var data = new RegressionData(Inputs);
        var features = new float[Inputs];
        // Several parts, so that several silos have some.
        for (int j = 0; j < 110_000; j++)
        {
            for (int k = 0; k < Inputs; k++) features[k] = random.NextSingle();
            data.Add(features, (float)(Math.Sin(4 * features[0]) + features[1] + (0.2 * random.NextDouble())), 1);
        }

        return data;
    }
}
