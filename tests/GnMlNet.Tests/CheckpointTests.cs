using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using Microsoft.ML;

namespace GnMlNet.Tests;

/// <summary>Training that goes on from a checkpoint ends in the model that it would have ended in.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const int MostResumed = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("gnml-checkpoint").FullName;

    private static readonly Dictionary<string, (int Rows, Action<GaussNewtonRegressionTrainer.Options> Set)> s_runs = new()
    {
        ["default"] = (200, options => options.NumberOfNetworks = 10),
        ["kernel none"] = (200, options => options.Kernel = null),
        ["smooth"] = (120, options => options.Kernel = new() { Smooth = true }),
        ["fixed penalty"] = (150, options => (options.Kernel, options.L2Regularization) = (null, 1e-3)),
        ["validation"] = (200, options => (options.Kernel, options.ValidationFraction) = (null, 0.2)),
        ["groups"] = (160, options => (options.Kernel, options.GroupColumnName) = (null, "Group")),
        ["weights"] = (160, options => (options.Kernel, options.ExampleWeightColumnName) = (null, "Weight")),
        ["Huber"] = (120, options => (options.Kernel, options.Loss) = (null, RegressionLoss.Huber)),
        ["held-out rows"] = (160, options => (options.Kernel, options.Intervals, options.IntervalLevel) = (null, IntervalKind.HeldOutRows, 0.8)),
        ["sampled and inexact"] = (6_000, options => (options.Kernel, options.NumberOfNetworks, options.NumberOfHiddenUnits, options.MaximumNumberOfIterations) = (null, 4, 40, 40)),
        ["single"] = (200, options => (options.NumberOfNetworks, options.NumberOfStarts) = (1, 3)),
        ["single, validation"] = (200, options => (options.NumberOfNetworks, options.NumberOfStarts, options.ValidationFraction, options.EarlyStoppingPatience) = (1, 2, 0.2, 4)),
        ["single, Huber, weights"] = (200, options => (options.NumberOfNetworks, options.Loss, options.ExampleWeightColumnName) = (1, RegressionLoss.Huber, "Weight")),
        ["single, dual"] = (60, options => (options.NumberOfNetworks, options.NumberOfHiddenUnits) = (1, 30)),
        ["single, sampled and inexact"] = (6_000, options => (options.NumberOfNetworks, options.NumberOfHiddenUnits, options.MaximumNumberOfIterations) = (1, 40, 80)),
        ["single, matrix-free"] = (1_200, options => (options.NumberOfNetworks, options.NumberOfHiddenUnits, options.MaximumNumberOfIterations, options.MemoryLimit) = (1, 200, 12, 8_000_000)),
    };

    public static TheoryData<string, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, int> { { "default", 2 }, { "kernel none", 3 }, { "single", 4 } };
            foreach (string name in s_runs.Keys) runs.Add(name, 1);
            return runs;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, "run.ckpt");

    private sealed class GroupedRow
    {
        public float A { get; set; }

        public float B { get; set; }

        public float C { get; set; }

        public float Y { get; set; }

        public float Weight { get; set; }

        public int Group { get; set; }
    }

    /// <summary>Told of something on the thread that reports it.</summary>
    private sealed class Listener<T>(Action<T> told) : IProgress<T>
    {
        public void Report(T value) => told(value);
    }

    private static IDataView Table(MLContext context, int rows, int seed)
    {
        IDataView data = context.Data.LoadFromEnumerable(Rows.Make(rows, seed).Select((row, j) => new GroupedRow { A = row.A, B = row.B, C = row.C, Y = row.Y, Weight = 1 + (j % 3), Group = j % 17 }));
        return context.Transforms.Concatenate("Features", "A", "B", "C").Fit(data).Transform(data);
    }

    /// <summary>The bytes of the model that a run ends in.</summary>
    private static byte[] Train(string name, int seed, CheckpointOptions? checkpoint, int threads = 2, Action<GaussNewtonRegressionTrainer.Options>? change = null, int? tableSeed = null, int? rows = null)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        ModelFile.ModelPayload.Write(writer, Fit(name, seed, checkpoint, threads, change, tableSeed, rows).Trained);
        return bytes.ToArray();
    }

    private static GaussNewtonRegressionModelParameters Fit(string name, int seed, CheckpointOptions? checkpoint, int threads, Action<GaussNewtonRegressionTrainer.Options>? change, int? tableSeed, int? rows)
    {
        var context = new MLContext(seed);
        IDataView table = Table(context, rows ?? s_runs[name].Rows, tableSeed ?? seed);
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfHiddenUnits = 5, MaximumNumberOfIterations = 30, Seed = seed, NumberOfThreads = threads, Checkpoint = checkpoint };
        s_runs[name].Set(options);
        change?.Invoke(options);
        return context.Regression.Trainers.GaussNewtonRegression(options).Fit(table).Model;
    }

    /// <summary>Runs with a checkpoint after every iteration and keeps them all.</summary>
    private (byte[] Model, List<byte[]> Checkpoints) TrainKeepingAll(string name, int seed)
    {
        List<byte[]> kept = [];
        var keeper = new Listener<CheckpointNotice>(notice =>
        {
            notice.Event.Should().Be(CheckpointEvent.Written);
            kept.Add(System.IO.File.ReadAllBytes(notice.Path));
        });
        byte[] model = Train(name, seed, new CheckpointOptions { Path = File, Interval = TimeSpan.Zero, Progress = keeper });
        return (model, kept);
    }

    [Theory, MemberData(nameof(Runs))]
    public void Resuming_from_any_checkpoint_ends_in_the_model_of_the_run_that_was_not_interrupted(string name, int seed)
    {
        byte[] expected = Train(name, seed, checkpoint: null);
        (byte[] model, List<byte[]> checkpoints) = TrainKeepingAll(name, seed);
        model.Should().Equal(expected, "checkpoints change no bit");
        checkpoints.Should().HaveCountGreaterThan(5);
        int resumed = 0;
        foreach (int at in Enumerable.Range(0, MostResumed).Select(k => k * (checkpoints.Count - 1) / (MostResumed - 1)).Distinct())
        {
            System.IO.File.WriteAllBytes(File, checkpoints[at]);
            var listener = new Listener<CheckpointNotice>(notice => resumed += notice.Event == CheckpointEvent.Resumed ? 1 : 0);
            // Neither threads nor the interval change a bit.
            Train(name, seed, new CheckpointOptions { Path = File, Resume = true, Progress = listener }, threads: 1 + (at % 3)).AsSpan().SequenceEqual(expected).Should().BeTrue($"checkpoint {at} of {checkpoints.Count} leads to the same model");
        }

        resumed.Should().BeGreaterThan(4);
    }

    [Fact]
    public void The_runs_go_through_what_they_are_called_after()
    {
        GaussNewtonRegressionModelParameters Of(string name) => Fit(name, 1, checkpoint: null, threads: 2, change: null, tableSeed: null, rows: null);
        Of("single, dual").StepForm.Form.Should().Be(StepForm.Dual);
        Of("single, matrix-free").StepForm.Form.Should().Be(StepForm.MatrixFree);
        foreach (string name in new[] { "sampled and inexact", "single, sampled and inexact" })
        {
            TrainingIteration[] history = [.. Of(name).TrainingHistory.Skip(1)];
            int rows = history.Max(at => at.CurvatureRows), first = Array.FindIndex(history, at => at.CurvatureRows == rows);
            first.Should().BePositive();
            history[first].CurvatureInSinglePrecision.Should().BeTrue("inexact steps follow upon those of a sample");
        }
    }

    [Theory, InlineData("default"), InlineData("sampled and inexact"), InlineData("single"), InlineData("single, validation"), InlineData("single, sampled and inexact")]
    public void Ended_early_at_any_iteration_it_goes_on_as_if_it_had_not_been(string name)
    {
        byte[] expected = Train(name, 1, checkpoint: null);
        foreach (int iteration in new[] { 0, 3, 10, 11 })
        {
            var options = new CheckpointOptions { Path = File, Interval = TimeSpan.FromDays(1), Resume = true };
            using var stop = new CancellationTokenSource();
            byte[] early = Train(name, 1, options, change: at => (at.StopToken, at.Progress) = (stop.Token, new Listener<TrainingIteration>(told =>
            {
                if (told.Iteration == iteration) stop.Cancel();
            })));
            early.AsSpan().SequenceEqual(expected).Should().BeFalse("it has ended early");
            // Twice, at the same place.
            using var stopped = new CancellationTokenSource();
            stopped.Cancel();
            Train(name, 1, options, change: at => at.StopToken = stopped.Token);
            Train(name, 1, options).AsSpan().SequenceEqual(expected).Should().BeTrue($"it goes on from iteration {iteration}");
            options.Delete();
            System.IO.File.Exists(File).Should().BeFalse();
        }
    }

    [Fact]
    public void A_run_that_was_resumed_goes_on_with_checkpoints_from_which_it_can_be_resumed()
    {
        byte[] expected = Train("kernel none", 1, checkpoint: null);
        var options = new CheckpointOptions { Path = File, Interval = TimeSpan.Zero, Resume = true };
        for (int died = 0; died < 60; died++)
        {
            using var cancel = new CancellationTokenSource();
            int told = 0;
            try
            {
                Train("kernel none", 1, options, change: at => (at.CancellationToken, at.Progress) = (cancel.Token, new Listener<TrainingIteration>(_ =>
                {
                    if (++told == 2) cancel.Cancel();
                }))).Should().Equal(expected);
                died.Should().BeGreaterThan(5);
                return;
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.Fail("It never came to its end.");
    }

    [Fact]
    public void A_checkpoint_that_is_there_is_refused_unless_it_is_to_be_gone_on_from()
    {
        List<CheckpointEvent> told = [];
        var options = new CheckpointOptions { Path = File, Interval = TimeSpan.Zero, Resume = true, Progress = new Listener<CheckpointNotice>(notice => told.Add(notice.Event)) };
        Train("single", 1, options);
        told[0].Should().Be(CheckpointEvent.NoneYet);
        FluentActions.Invoking(() => Train("single", 1, options with { Resume = false })).Should().Throw<IOException>().WithMessage($"The checkpoint '{File}' is there already.*");
    }

    [Fact]
    public void Another_table_other_options_and_another_seed_are_refused_by_name()
    {
        TrainKeepingAll("default", 1);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        var resume = new CheckpointOptions { Path = File, Resume = true };
        string Refusal(Action<GaussNewtonRegressionTrainer.Options>? change = null, int? tableSeed = null, int? rows = null, CheckpointOptions? from = null)
        {
            string message = FluentActions.Invoking(() => Train("default", 1, from ?? resume, change: change, tableSeed: tableSeed, rows: rows)).Should().Throw<InvalidOperationException>()
                .Where(error => error.InnerException is CheckpointRefusedException).Which.Message;
            System.IO.File.ReadAllBytes(File).Should().Equal(whole, "what is refused stays as it was");
            return message;
        }

        Refusal(rows: 201).Should().Contain("is of a table with 200 rows and 3 features; this is one with 201 rows and 3 features");
        Refusal(tableSeed: 2).Should().Contain("of a table with 200 rows and 3 features; this is one of the same size with other features and labels");
        Refusal(options => options.ExampleWeightColumnName = "Weight").Should().Contain("with other weights");
        Refusal(options => options.GroupColumnName = "Group").Should().Contain("with other groups");
        Refusal(options => options.NumberOfHiddenUnits = 6).Should().Contain("was written with NumberOfHiddenUnits = 5; now it is 6");
        Refusal(options => options.NumberOfNetworks = 8).Should().Contain("NumberOfNetworks = 10; now it is 8");
        Refusal(options => options.NumberOfNetworks = 1).Should().Contain("NumberOfNetworks = 10; now it is 1");
        Refusal(options => options.Kernel = null).Should().Contain("Kernel = full; now it is none");
        Refusal(options => options.Kernel = new() { Centres = 7 }).Should().Contain("Kernel.Centres = 2000; now it is 7");
        Refusal(options => options.Loss = RegressionLoss.Huber).Should().Contain("Loss = SquaredError; now it is Huber");
        Refusal(options => options.LowerBound = -1000).Should().Contain("LowerBound = -Infinity; now it is -1000");
        Refusal(options => options.L2Regularization = 0.01).Should().Contain("L2Regularization = one that adapts; now it is 0.01");
        Refusal(options => options.MaximumNumberOfIterations = 31).Should().Contain("MaximumNumberOfIterations = 30; now it is 31");
        Refusal(options => options.IntervalLevel = 0.8).Should().Contain("IntervalLevel = 0.9; now it is 0.8");
        Refusal(options => options.ValidationFraction = 0.1).Should().Contain("ValidationFraction = 0; now it is 0.1");
        Refusal(options => options.Activation = Core.Networks.Activation.Logistic).Should().Contain("Activation = Tanh; now it is Logistic");
        Refusal(options => options.Seed = 9).Should().Contain("Seed = 1; now it is 9");
        Refusal(from: resume with { Settings = new Dictionary<string, string> { ["Split"] = "7" } }).Should().Contain("Split = not set; now it is 7");
        // What changes no bit may differ.
        Train("default", 1, resume, threads: 5, change: options => options.MemoryLimit = 3_000_000_000);
    }

    [Fact]
    public void With_the_flow_of_the_paper_there_are_no_checkpoints()
    {
        var context = new MLContext(1);
        context.Invoking(at => at.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { Flow = new FlowOptions { Duration = 1 }, Checkpoint = new CheckpointOptions { Path = File } }))
            .Should().Throw<Exception>().WithMessage("*Flow*Checkpoint*");
        context.Invoking(at => at.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { Checkpoint = new CheckpointOptions { Path = "" } })).Should().Throw<Exception>().WithMessage("*Checkpoint*");
    }
}
