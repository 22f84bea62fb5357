using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>A run on very many rows, which begins with some of them.</summary>
public sealed class LockstepCheckpointTests : IDisposable
{
    private const int Rows = 54_000;
    private const int TrainingRows = 50_400;

    private static readonly RegressionData s_rows = Mapped(Problems.NoisyTable(Rows, 2, 3));

    private readonly string _folder = Directory.CreateTempSubdirectory("gnml-checkpoint").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, "run.ckpt");

    private static RegressionData Mapped(RegressionData raw)
    {
        Standardization units = Standardization.Measure(raw);
        return FeatureMap.Plain(units).Map(raw, units.Label, new WorkSharing(2));
    }

    private sealed class Keeper(List<byte[]> kept) : IProgress<CheckpointNotice>
    {
        public void Report(CheckpointNotice value)
        {
            if (value.Event == CheckpointEvent.Written) kept.Add(System.IO.File.ReadAllBytes(value.Path));
        }
    }

    /// <summary>Runs to the end; tells what the members and the run came to.</summary>
    private static (string[] Members, TrainingIteration[] History, double[] LeftOut, int Rows) Train(CheckpointOptions? checkpoint)
    {
        var options = new EnsembleOptions { Run = new RunOptions { HiddenUnits = 2, Threads = 2 }, Members = 2, MaximumIterations = 40 };
        int[] training = [.. Enumerable.Range(0, TrainingRows)], leftOut = [.. Enumerable.Range(TrainingRows, Rows - TrainingRows)];
        var shape = new NetworkShape(2, 2);
        var growth = new RowGrowth(TrainingRows, shape.ParameterCount);
        var random = new Random(5);
        MemberTraining[] members = [.. Enumerable.Range(0, 2).Select(_ => new MemberTraining(new HeldMemberRows(0, s_rows, training, leftOut), options.MemberOptions(2), new TrainingControl(), growth.Rows))];
        foreach (MemberTraining member in members) member.Begin(Initialization.DrawSpread(shape, random), null);
        RunCheckpoints? checkpoints = RunCheckpoints.Of(checkpoint, settings => new RunOrigin(settings, new TableSource(s_rows), null, ""));
        DistinctRows distinct = DistinctRows.Of(s_rows);
        var rows = new HeldRows([], new ColumnScale(0, 1), [s_rows], s_rows.Weights(), LabelRange.Unlimited, distinct, CrossFitting.Draw(distinct, 2, new Random(1)));
        var run = new LockstepRun(new LocalMembers(members, options.MemberOptions(2), new TrainingControl(), new WorkSharing(2)), growth, rows, null, options, new TrainingControl(), checkpoints);
        run.Train();
        return ([.. members.Select(member => Convert.ToHexString(member.SaveState()))], [.. run.History], [.. run.LeftOut.SelectMany(at => at.Predictions)], growth.Rows);
    }

    [Fact]
    public void It_goes_on_from_any_checkpoint_before_and_after_its_rows_were_doubled()
    {
        var expected = Train(checkpoint: null);
        expected.Rows.Should().Be(TrainingRows, "rows were doubled");
        List<byte[]> kept = [];
        Train(new CheckpointOptions { Path = File, Interval = TimeSpan.Zero, Progress = new Keeper(kept) }).Should().BeEquivalentTo(expected);
        foreach (byte[] checkpoint in kept.Where((_, at) => at % 5 == 4 || at == kept.Count - 1))
        {
            System.IO.File.WriteAllBytes(File, checkpoint);
            var resumed = Train(new CheckpointOptions { Path = File, Resume = true });
            resumed.Members.Should().Equal(expected.Members);
            resumed.History.Should().Equal(expected.History);
            resumed.LeftOut.Should().Equal(expected.LeftOut);
            resumed.Rows.Should().Be(expected.Rows);
        }
    }
}
