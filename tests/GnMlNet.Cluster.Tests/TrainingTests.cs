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
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_model_has_the_same_bits_trained_here_and_by_any_number_of_silos(int silos)
    {
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(silos, ClusterSharing.PartWork, folders: new ShardFolders([_folder]));
        await using (var sharing = new ClusterSharing(cluster.Coordinator, _folder))
        {
            NetworkEnsemble ensemble = EnsembleTraining.Train(s_data.Value, s_options with { Sharing = sharing }).Ensemble;
            Numbers(ensemble).Should().Equal(s_expected.Value);
            sharing.RowsPassed.Should().BeGreaterThan(2 * s_data.Value.RowCount, "they did the steps, too");
        }

        Directory.GetFileSystemEntries(_folder).Should().BeEmpty("the folder of the table goes with it");
    }

    [Fact]
    public async Task A_silo_that_may_not_read_the_folder_is_named_with_it()
    {
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, shared = Directory.CreateDirectory(Path.Combine(_folder, "shared")).FullName;
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, ClusterSharing.PartWork, folders: new ShardFolders([other]));
        await using var sharing = new ClusterSharing(cluster.Coordinator, shared);
        FluentActions.Invoking(() => EnsembleTraining.Train(s_data.Value, s_options with { Sharing = sharing })).Should().Throw<ClusterException>().WithMessage($"*silo 1*'{shared}*refused*--allow*");
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
