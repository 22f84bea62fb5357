using System.Diagnostics;
using System.Globalization;
using GnMlNet.Cli.Common;

namespace GnMlNet.Cli.Tests;

/// <summary><c>gnml train --checkpoint</c>, killed, interrupted and resumed.</summary>
public sealed class CheckpointCommandTests : IDisposable
{
    // GNMLNET_KILLS=20 for a longer look.
    private static readonly int s_kills = int.TryParse(Environment.GetEnvironmentVariable("GNMLNET_KILLS"), CultureInfo.InvariantCulture, out int count) ? count : 3;

    private readonly CommandLine _gnml = new();
    private readonly string _table;

    public CheckpointCommandTests() => _table = _gnml.WriteTable(rows: 400);

    public void Dispose() => _gnml.Dispose();

    private string Checkpoint => _gnml.PathOf("run.ckpt");

    private string[] Train(string model, params string[] more) =>
        ["train", "--data", _table, "--label", "y", "--hidden", "8", "--iterations", "60", "--no-baselines", "--out", _gnml.PathOf(model), .. more];

    private string[] TrainWithCheckpoints(string model, params string[] more) => Train(model, ["--checkpoint", Checkpoint, "--checkpoint-interval", "0", .. more]);

    private IReadOnlyList<string> ContentOf(string model) => SavedModelContents.Of(_gnml.PathOf(model));

    [Fact]
    public void Checkpoints_change_nothing_in_the_model_and_are_gone_when_it_is_saved()
    {
        CommandLine.Succeed(Train("plain.zip"));
        CommandLine.Outcome outcome = CommandLine.Succeed(TrainWithCheckpoints("other.zip"));
        ContentOf("other.zip").Should().Equal(ContentOf("plain.zip"));
        outcome.Console.Should().NotContain("--resume");
        Directory.GetFiles(_gnml.Folder).Should().BeEquivalentTo(_table, _gnml.PathOf("plain.zip"), _gnml.PathOf("other.zip"));
    }

    [Fact]
    public async Task Killed_at_any_moment_it_is_resumed_to_the_same_model()
    {
        if (OperatingSystem.IsWindows()) return;
        long start = Stopwatch.GetTimestamp();
        using (Process process = GnmlProcess.Start(Train("plain.zip")))
        {
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
        }

        TimeSpan whole = Stopwatch.GetElapsedTime(start);
        IReadOnlyList<string> expected = ContentOf("plain.zip");
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int kill = 0; kill < s_kills; kill++)
        {
            using Process process = GnmlProcess.Start(TrainWithCheckpoints("killed.zip"));
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            // The first at a moment when there is sure to be something to resume.
            if (kill == 0) while (!File.Exists(Checkpoint) && !process.HasExited) await Task.Delay(1);
            else await Task.Delay(random.NextDouble() * whole);
            process.Kill();
            await process.WaitForExitAsync();
            await output;
            CommandLine.Outcome resumed = CommandLine.Succeed(TrainWithCheckpoints("killed.zip", "--resume"));
            if (kill == 0) resumed.Console.Should().Contain("Training goes on from the checkpoint");
            ContentOf("killed.zip").Should().Equal(expected, $"random seed {seed}, kill {kill}");
            File.Exists(Checkpoint).Should().BeFalse();
            File.Exists(Checkpoint + ".partial").Should().BeFalse();
            File.Delete(_gnml.PathOf("killed.zip"));
        }
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_deleted_at_the_end_is_told_of_and_the_model_counts()
    {
        using Process process = GnmlProcess.Start(TrainWithCheckpoints("m.zip"));
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        while (!File.Exists(Checkpoint) && !process.HasExited) await Task.Delay(1);
        // A folder where the next one would be made: from here on none is written or deleted.
        while (!Directory.Exists(Checkpoint + ".partial"))
        {
            try
            {
                Directory.CreateDirectory(Checkpoint + ".partial");
            }
            catch (IOException)
            {
            }
        }

        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(ExitCode.Success, await output);
        (await errors).Should().Contain("could not be written").And.Contain($"The model is saved, but the checkpoint '{Checkpoint}'").And.NotContain("Unhandled");
        CommandLine.Succeed(Train("plain.zip"));
        ContentOf("m.zip").Should().Equal(ContentOf("plain.zip"));
    }

    [Theory, InlineData("10"), InlineData("1")]
    public async Task Ended_early_by_an_interrupt_it_says_how_to_go_on_and_does(string networks)
    {
        if (OperatingSystem.IsWindows()) return;
        // More than it can do before the signal comes.
        string[] many = ["--ensemble", networks, "--hidden", "150", "--kernel", "none", "--iterations", networks == "1" ? "150" : "12"];
        string[] Arguments(string model, params string[] more) => ["train", "--data", _table, "--label", "y", "--no-baselines", "--out", _gnml.PathOf(model), .. many, .. more];
        CommandLine.Succeed(Arguments("plain.zip"));
        using (Process process = GnmlProcess.Start(Arguments("early.zip", "--checkpoint", Checkpoint)))
        {
            await GnmlProcess.WaitForLine(process, "iteration 0");
            GnmlProcess.Send(process, "INT");
            string rest = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.Should().Be(ExitCode.Success, rest);
            rest.Should().Contain("StoppedByCaller").And.Contain("go on with the same command and --resume").And.Contain(Checkpoint);
        }

        ContentOf("early.zip").Should().NotEqual(ContentOf("plain.zip"));
        CommandLine.Fail(Arguments("again.zip", "--checkpoint", Checkpoint)).Should().Contain("is there already: go on from it with --resume, or remove it");
        CommandLine.Succeed(Arguments("early.zip", "--checkpoint", Checkpoint, "--resume", "--threads", "1"));
        ContentOf("early.zip").Should().Equal(ContentOf("plain.zip"));
        File.Exists(Checkpoint).Should().BeFalse();
    }

    [Fact]
    public void Another_table_and_other_options_are_refused_in_the_words_of_the_command()
    {
        string[] Arguments(params string[] more) => ["train", "--data", _table, "--label", "y", "--kernel", "none", "--ensemble", "4", "--hidden", "4", "--iterations", "12", "--no-baselines", "--checkpoint", Checkpoint, "--checkpoint-interval", "0", .. more];
        using (Process process = GnmlProcess.Start(Arguments("--out", _gnml.PathOf("m.zip"))))
        {
            while (!File.Exists(Checkpoint) && !process.HasExited) Thread.Sleep(1);
            process.Kill();
            process.WaitForExit();
        }

        byte[] whole = File.ReadAllBytes(Checkpoint);
        string Refusal(params string[] change)
        {
            string[] arguments = Arguments("--resume", "--out", _gnml.PathOf("m.zip"));
            for (int i = 0; i < change.Length; i += 2)
            {
                int at = Array.IndexOf(arguments, change[i]);
                arguments = at < 0 ? [.. arguments, change[i], change[i + 1]] : [.. arguments[..(at + 1)], change[i + 1], .. arguments[(at + 2)..]];
            }

            string message = CommandLine.Fail(arguments);
            File.ReadAllBytes(Checkpoint).Should().Equal(whole);
            return message;
        }

        Refusal("--hidden", "5").Should().Contain("was written with --hidden 4; now it is 5");
        Refusal("--ensemble", "6").Should().Contain("was written with --ensemble 4; now it is 6");
        Refusal("--ensemble", "1").Should().Contain("was written with --ensemble 4; now it is 1");
        Refusal("--kernel", "full").Should().Contain("was written with --kernel none; now it is full");
        Refusal("--seed", "2").Should().Contain("was written with --seed 1; now it is 2");
        Refusal("--test-fraction", "0.1").Should().Contain("was written with no --test-fraction; now it is 0.1");
        Refusal("--penalty", "0.1").Should().Contain("was written with no --penalty; now it is 0.1");
        Refusal("--loss", "huber").Should().Contain("was written with --loss squared; now it is huber");
        Refusal("--lower-bound", "-5").Should().Contain("was written with no --lower-bound; now it is -5");
        Refusal("--validation-fraction", "0.1").Should().Contain("was written with --validation-fraction 0; now it is 0.1");
        Refusal("--data", _gnml.WriteTable("more.csv", rows: 410)).Should().Contain("is of a table with 320 rows").And.Contain("this is one with 328 rows");
        File.WriteAllBytes(Checkpoint, whole[..^1]);
        CommandLine.Fail(Arguments("--resume", "--out", _gnml.PathOf("m.zip"))).Should().Contain("is damaged: it ends early");
        File.Exists(_gnml.PathOf("m.zip")).Should().BeFalse();
    }

    [Fact]
    public void Options_of_checkpoints_need_a_file_of_their_own()
    {
        foreach (string[] more in new string[][] { ["--resume"], ["--checkpoint-interval", "5"] })
        {
            CommandLine.Outcome outcome = CommandLine.Run(Train("m.zip", more));
            outcome.Code.Should().Be(ExitCode.Usage);
            outcome.Errors.Should().Contain($"{more[0]} needs --checkpoint.");
        }

        CommandLine.Run(Train("m.zip", "--checkpoint", Checkpoint, "--checkpoint-interval", "-1")).Errors.Should().Contain("--checkpoint-interval must be a finite number of at least 0");
        CommandLine.Run(Train("m.zip", "--checkpoint", Checkpoint, "--checkpoint-interval", "1e300")).Errors.Should().Contain("--checkpoint-interval must be at most");
        CommandLine.Run(Train("m.zip", "--checkpoint", "")).Errors.Should().Contain("--checkpoint must name a file");
        CommandLine.Fail(Train("m.zip", "--checkpoint", "-")).Should().Contain("--checkpoint must name a file");
        CommandLine.Fail(Train("m.zip", "--checkpoint", Path.Combine(_gnml.Folder, ".", "m.zip"))).Should().Contain("--out and --checkpoint both write to");
        CommandLine.Fail(Train("m.zip", "--checkpoint", Path.Combine(_gnml.Folder, "none", "c"))).Should().Contain("Cannot write").And.Contain("does not exist");
        if (!OperatingSystem.IsWindows()) CommandLine.Fail(Train("m.zip", "--checkpoint", "/dev/null")).Should().Contain("--checkpoint must name a file");
        Directory.GetFiles(_gnml.Folder).Should().Equal(_table);
    }
}
