using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Ensembles;

public class StreamedTrainingTests
{
    // Members and iterations are few, since the rows must be many.
    private static readonly EnsembleOptions s_options = new()
    {
        Members = 8,
        MaximumIterations = 12,
        Run = new RunOptions { HiddenUnits = 3, Seed = 5, Threads = 2 },
        Kernel = new KernelOptions { Members = 2, Centres = 30, EvidenceRows = 100, SolutionRows = 500 },
    };

    [Theory]
    [InlineData(70_000, false)]
    [InlineData(140_000, true)]
    public void A_model_has_the_same_bits_from_a_table_and_from_a_spool_in_memory_and_from_disk_with_any_threads(int rows, bool hasGroups)
    {
        RegressionData data = Make(rows, hasGroups);
        NetworkEnsemble expected = EnsembleTraining.Train(data, s_options).Ensemble;
        foreach ((bool isInMemory, int threads) in new[] { (true, 1), (false, 2) })
        {
            EnsembleOptions options = s_options with { Run = s_options.Run with { Threads = threads } };
            using RowSpool spool = Spool(data, options.Run with { MemoryLimit = isInMemory ? 1L << 33 : 1 });
            spool.IsOnDisk.Should().Be(!isInMemory);
            ShouldBeEqual(StreamedTraining.Train(spool, options, validation: null, initial: null, new TrainingControl(), isInMemory).Ensemble, expected);
            ShouldBeEqual(EnsembleTraining.TrainFrom(spool, options).Ensemble, expected);
        }
    }

    [Fact]
    public void Rows_that_are_passed_over_where_they_are_train_members_as_well_as_rows_in_memory()
    {
        // So wide that only some blocks may be held.
        const int inputs = 70;
        EnsembleOptions options = s_options with { Kernel = null, Members = 2, Run = s_options.Run with { HiddenUnits = 3 } };
        double Error(int rows)
        {
            var random = new Random(3);
            var features = new float[inputs];
            float Draw()
            {
                for (int k = 0; k < inputs; k++) features[k] = random.NextSingle();
                return features[0] + (2 * features[1] * features[2]);
            }

            var data = new RegressionData(inputs);
            for (int j = 0; j < rows; j++)
            {
                float value = Draw();
                data.Add(features, value + (0.1 * (random.NextDouble() - 0.5)), 1);
            }

            NetworkEnsemble ensemble = EnsembleTraining.Train(data, options).Ensemble;
            return Math.Sqrt(Enumerable.Range(0, 1000).Average(_ => Math.Pow(-Draw() + ensemble.Predict(features), 2)));
        }

        double streamed = Error(EnsembleTraining.LeastStreamedRows + 500), held = Error(EnsembleTraining.LeastStreamedRows - 500);
        streamed.Should().BeLessThan(1.25 * held, "networks that begin elsewhere end elsewhere, but no worse");
        streamed.Should().BeLessThan(0.3, "the label's deviation is 0.5");
    }

    [Fact]
    public void Training_goes_on_from_a_checkpoint_with_rows_in_memory_or_on_disk_and_refuses_that_of_another_table()
    {
        RegressionData data = Make(70_000, hasGroups: false);
        using RowSpool spool = Spool(data, s_options.Run with { MemoryLimit = 1 });
        NetworkEnsemble expected = EnsembleTraining.TrainFrom(spool, s_options).Ensemble;
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.checkpoint");
        try
        {
            using var stop = new CancellationTokenSource();
            EnsembleTraining.TrainFrom(spool, s_options, control: new TrainingControl { Checkpoint = new CheckpointOptions { Path = path }, StopToken = stop.Token, Progress = new StopAt(5, stop) });
            CheckpointOptions resume = new() { Path = path, Resume = true };
            RegressionData other = Make(70_001, hasGroups: false);
            FluentActions.Invoking(() => EnsembleTraining.Train(other, s_options, control: new TrainingControl { Checkpoint = resume })).Should().Throw<CheckpointRefusedException>().WithMessage("*70,000 rows*70,001 rows*");
            byte[] kept = File.ReadAllBytes(path);
            ShouldBeEqual(EnsembleTraining.TrainFrom(spool, s_options, control: new TrainingControl { Checkpoint = resume }).Ensemble, expected);
            File.WriteAllBytes(path, kept);
            ShouldBeEqual(EnsembleTraining.Train(data, s_options, control: new TrainingControl { Checkpoint = resume }).Ensemble, expected);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Labels_beyond_the_bounds_too_few_groups_and_too_little_memory_are_refused()
    {
        RegressionData data = Make(66_000, hasGroups: false);
        FluentActions.Invoking(() => EnsembleTraining.Train(data, s_options with { Bounds = new LabelBounds(lower: 0) })).Should().Throw<ArgumentException>().WithMessage("*labels go from*beyond the bounds from 0*");
        FluentActions.Invoking(() => EnsembleTraining.Train(data, s_options with { Run = s_options.Run with { MemoryLimit = 1 << 20 } })).Should().Throw<MemoryRefusedException>().WithMessage("*beside the rows*");
        var grouped = new RegressionData(1);
        for (int j = 0; j < 66_000; j++) grouped.Add([j % 100f], j % 7, 1, group: 4);
        FluentActions.Invoking(() => EnsembleTraining.Train(grouped, s_options)).Should().Throw<ArgumentException>().WithMessage("*66000 rows are of 1 group*at least 2*");
    }

    private static RegressionData Make(int rows, bool hasGroups)
    {
        var random = new Random(11);
        var data = new RegressionData(2);
        var features = new float[2];
        for (int j = 0; j < rows; j++)
        {
            (features[0], features[1]) = (random.NextSingle(), (float)Math.Exp(random.NextDouble()));
            data.Add(features, (float)(Math.Sin(5 * features[0]) + features[1] + (0.3 * (random.NextDouble() - 2))), 1 + (j % 3), hasGroups ? random.Next(1000) : null);
        }

        return data;
    }

    private static RowSpool Spool(RegressionData data, RunOptions run)
    {
        var spool = new RowSpool(data.InputSize, data.HasGroups, run);
        double[] labels = data.Labels(), weights = data.Weights();
        int?[] groups = data.Groups();
        int row = 0;
        foreach (double[] inputs in data.InputsOfAll())
        {
            spool.Add(Array.ConvertAll(inputs, value => (float)value), labels[row], weights[row], groups[row]);
            row++;
        }

        return spool;
    }

    private static void ShouldBeEqual(NetworkEnsemble ensemble, NetworkEnsemble expected)
    {
        ensemble.KernelWeight.Should().Be(expected.KernelWeight);
        ensemble.Intervals!.Quantile.Should().Be(expected.Intervals!.Quantile);
        foreach ((NetworkMember one, NetworkMember other) in ensemble.Members.OfType<NetworkMember>().Zip(expected.Members.OfType<NetworkMember>()))
            one.Network.Parameters.ToArray().Should().Equal(other.Network.Parameters.ToArray());
        var random = new Random(1);
        for (int j = 0; j < 100; j++)
        {
            float[] features = [random.NextSingle(), 1 + (2 * random.NextSingle())];
            ensemble.PredictInterval(features).Should().Be(expected.PredictInterval(features));
        }
    }

    private sealed class StopAt(int iteration, CancellationTokenSource stop) : IProgress<TrainingIteration>
    {
        public void Report(TrainingIteration value)
        {
            if (value.Iteration == iteration) stop.Cancel();
        }
    }
}
