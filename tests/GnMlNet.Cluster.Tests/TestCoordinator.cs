using System.Security.Cryptography;
using GnMlNet.Cluster.Checkpoints;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Training;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Tests;

/// <summary>What a process does that coordinates training, or writes checkpoints, until it is killed.</summary>
internal static class TestCoordinator
{
    internal const string Train = "train", Write = "write", Written = "written", Resumed = "resumed", Model = "model";

    /// <summary>More bytes than go into one chunk.</summary>
    internal const int LargeState = 3_500_000;

    /// <summary>So many that silos pass over them, in one part, and in two.</summary>
    internal const int OnePart = 66_000, TwoParts = 140_000;

    private const int Inputs = 3;

    private static readonly EnsembleOptions s_options = new() { Members = 2, MaximumIterations = 6, Kernel = null, Run = new RunOptions { HiddenUnits = 2, Seed = 4 } };

    /// <summary>Trains, in this process or on a cluster.</summary>
    /// <returns>The hash of the model.</returns>
    internal static string HashOfModel(int rows, ClusterSharing? sharing = null, CheckpointOptions? checkpoint = null)
    {
        var random = new Random(6);
        var data = new RegressionData(Inputs);
        var features = new float[Inputs];
        for (int j = 0; j < rows; j++)
        {
            for (int k = 0; k < Inputs; k++) features[k] = random.NextSingle();
            data.Add(features, (float)(Math.Sin(4 * features[0]) + features[1] + (0.2 * random.NextDouble())), 1);
        }

        NetworkEnsemble ensemble = EnsembleTraining.Train(data, s_options with { Sharing = sharing }, control: new TrainingControl { Checkpoint = checkpoint }).Ensemble;
        double[] numbers = [.. ensemble.Members.OfType<NetworkMember>().SelectMany(member => member.Network.Parameters.ToArray()), ensemble.Intervals!.Quantile, .. ensemble.Relevance];
        return Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan())));
    }

    /// <summary>A state that is the same number all over.</summary>
    internal static void WriteState(StateWriter writer, byte number)
    {
        byte[] bytes = new byte[LargeState];
        Array.Fill(bytes, number);
        writer.Write(bytes);
    }

    /// <summary>Its number.</summary>
    internal static byte ReadState(ClusterCheckpoint checkpoint)
    {
        byte[] bytes = [];
        checkpoint.Read(reader => bytes = reader.ReadBytes(LargeState, "a state"));
        return bytes.Distinct().Should().ContainSingle().Subject;
    }

    /// <summary>Says on standard output how far it is.</summary>
    /// <param name="args">What to do, the cluster, its name, the name of the checkpoint and a folder for rows; with <see cref="Model"/> the cluster, its name and the folder, or nothing.</param>
    internal static async Task<int> Run(string[] args)
    {
        if (args is [Model])
        {
            Console.WriteLine(HashOfModel(TwoParts));
            return 0;
        }

        if (args is [Model, string place, string id, string folder])
        {
            await using ClusterSilo silo = await ClusterSilo.StartAsync(TestSilo.Options(ClusterSpecification.Parse(place, id)) with { TakesWork = false });
            await silo.WaitForSilosAsync(2, TimeLimit.Minute());
            await using var rows = new ClusterSharing(silo, folder);
            Console.WriteLine(HashOfModel(TwoParts, rows));
            return 0;
        }

        ClusterSpecification cluster = ClusterSpecification.Parse(args[1], args[2]);
        await using ClusterSilo coordinator = await ClusterSilo.StartAsync(TestSilo.Options(cluster) with { TakesWork = false });
        var store = new ClusterCheckpoint(coordinator, args[3]);
        if (args[0] == Write)
        {
            for (byte k = 1; ; k++)
            {
                if (store.TryWrite(writer => WriteState(writer, k)) is { } failure) throw new IOException(failure);
                Console.WriteLine($"{Written} {k}");
            }
        }

        await coordinator.WaitForSilosAsync(1, TimeLimit.Minute());
        await using var sharing = new ClusterSharing(coordinator, args[4]);
        var progress = new Listener(notice => Console.WriteLine($"{(notice.Event == CheckpointEvent.Written ? Written : notice.Event == CheckpointEvent.Resumed ? Resumed : notice.Event)} {notice.Iteration}"));
        Console.WriteLine($"{Model} {HashOfModel(OnePart, sharing, new CheckpointOptions { Path = "cluster:" + args[3], Store = store, Interval = TimeSpan.Zero, Resume = true, Progress = progress })}");
        store.Delete();
        return 0;
    }

    private sealed class Listener(Action<CheckpointNotice> hear) : IProgress<CheckpointNotice>
    {
        public void Report(CheckpointNotice value) => hear(value);
    }
}
