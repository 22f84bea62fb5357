using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Traces;
using GnMlNet.Core.Training;
using Xunit.Abstractions;

namespace GnMlNet.Core.Tests.Checkpoints;

/// <summary>The file of a checkpoint, damaged, foreign, or where it cannot be written.</summary>
public sealed class CheckpointFileTests(ITestOutputHelper log) : IDisposable
{
    private const int HeaderSize = 48;

    private static readonly RegressionData s_data = Problems.NoisyTable(12, 1, 3);
    private static readonly TrainingOptions s_options = new() { Run = new RunOptions { HiddenUnits = 1, Threads = 1 }, MaximumIterations = 8, Starts = 2, AdaptPenalty = true };

    private readonly string _folder = Directory.CreateTempSubdirectory("gnml-checkpoint").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Path => System.IO.Path.Combine(_folder, "run.ckpt");

    private CheckpointOptions EveryIteration => new() { Path = Path, Interval = TimeSpan.Zero };

    private CheckpointOptions Resumed => new() { Path = Path, Interval = TimeSpan.FromDays(1), Resume = true };

    private sealed class Listener<T>(Action<T> told) : IProgress<T>
    {
        public void Report(T value) => told(value);
    }

    private static double[] Train(CheckpointOptions? checkpoint, IProgress<TrainingIteration>? progress = null)
    {
        TrainingResult result = NetworkTraining.Train(s_data, s_options, control: new TrainingControl { Checkpoint = checkpoint, Progress = progress });
        return [.. result.Network.Parameters.ToArray(), .. result.History.Select(at => at.Loss)];
    }

    /// <summary>The bytes of a checkpoint.</summary>
    private byte[] Checkpoint()
    {
        Train(EveryIteration);
        return File.ReadAllBytes(Path);
    }

    /// <summary>A checkpoint with another body, sealed as if it had been written like that.</summary>
    private static byte[] Sealed(byte[] body)
    {
        using var stream = new MemoryStream();
        SealedState.Write(stream, writer => writer.Write(body));
        return stream.ToArray();
    }

    private bool CanBeTried(bool isPossible, string otherwise)
    {
        if (!isPossible) log.WriteLine($"Not tried: {otherwise}");
        return isPossible;
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_and_stays_as_it_is()
    {
        byte[] whole = Checkpoint();
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            FluentActions.Invoking(() => Train(Resumed)).Should().Throw<FormatException>().WithMessage($"The checkpoint '{Path}' is *damaged*").Which.Message.Should().NotContain("\n");
            new FileInfo(Path).Length.Should().Be(length);
        }

        File.WriteAllBytes(Path, [.. whole, 0]);
        FluentActions.Invoking(() => Train(Resumed)).Should().Throw<FormatException>();
    }

    [Fact]
    public void A_file_altered_in_any_bit_is_refused()
    {
        byte[] whole = Checkpoint();
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
            FluentActions.Invoking(() => SealedState.Open(new MemoryStream(whole), "It")).Should().Throw<FormatException>($"bit {bit} is another");
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        using StateReader reader = SealedState.Open(new MemoryStream(whole), "It");
        reader.Remaining.Should().Be(whole.Length - HeaderSize);
    }

    // A hash does not keep anybody from writing nonsense on purpose.
    [Fact]
    public void Nonsense_under_a_right_hash_is_refused_or_gone_on_from_but_never_a_crash()
    {
        byte[] body = Checkpoint()[HeaderSize..];
        byte[] values = [0xff, 0x00, 0x7f, 0x80, 0x01];
        int refused = 0;
        for (int at = 0; at < body.Length; at++)
        {
            byte old = body[at];
            body[at] = values[at % values.Length];
            File.WriteAllBytes(Path, Sealed(body));
            body[at] = old;
            try
            {
                Train(Resumed);
            }
            catch (Exception error) when (error is FormatException or CheckpointRefusedException)
            {
                refused++;
            }
        }

        for (int length = 0; length < body.Length; length += 7)
        {
            File.WriteAllBytes(Path, Sealed(body[..length]));
            FluentActions.Invoking(() => Train(Resumed)).Should().Throw<FormatException>();
        }

        refused.Should().BeGreaterThan(body.Length / 8);
    }

    [Fact]
    public void Another_format_another_version_and_another_machine_are_refused_by_name()
    {
        byte[] body = Checkpoint()[HeaderSize..];
        string Refusal<TException>(byte[] other)
            where TException : Exception
        {
            File.WriteAllBytes(Path, Sealed(other));
            return FluentActions.Invoking(() => Train(Resumed)).Should().Throw<TException>().Which.Message;
        }

        byte[] Replaced(string pattern, string by) => Encoding.Latin1.GetBytes(Regex.Replace(Encoding.Latin1.GetString(body), pattern, by));
        Refusal<FormatException>([2, .. body[1..]]).Should().Contain("its format is 2; this version of GnMlNet reads format 1");
        Refusal<CheckpointRefusedException>(Replaced(@"(?<=^.{8})\d\.", "9.")).Should().Contain("is of GnMlNet 9.1.0; this is GnMlNet 0.1.0");
        Refusal<CheckpointRefusedException>(Replaced(@"(?<=vectors of )\d{3}(?= bits)", "064")).Should().MatchRegex("is of .* with vectors of 064 bits; this is .* with vectors of (128|256|512) bits, which rounds otherwise");
    }

    [Fact]
    public void The_refusal_of_a_memory_limit_that_gives_other_steps_names_their_form()
    {
        Checkpoint();
        FluentActions.Invoking(() => NetworkTraining.Train(s_data, s_options with { AdaptPenalty = false }, control: new TrainingControl { Checkpoint = Resumed })).Should().Throw<CheckpointRefusedException>().WithMessage("*AdaptPenalty = true; now it is false*");
        RegressionData data = Problems.NoisyTable(1_200, 3, 1);
        TrainingOptions options = new() { Run = new RunOptions { HiddenUnits = 200 }, MaximumIterations = 2 };
        File.Delete(Path);
        NetworkTraining.Train(data, options, control: new TrainingControl { Checkpoint = EveryIteration });
        FluentActions.Invoking(() => NetworkTraining.Train(data, options with { Run = options.Run with { MemoryLimit = 8_000_000 } }, control: new TrainingControl { Checkpoint = Resumed }))
            .Should().Throw<CheckpointRefusedException>().WithMessage("*was written with the form of the steps (which the memory limit decides) = Dual; now it is MatrixFree.*");
    }

    [Fact]
    public void A_trace_and_checkpoints_do_not_go_together()
    {
        using var trace = new TraceWriter(Stream.Null);
        FluentActions.Invoking(() => NetworkTraining.Train(s_data, s_options, control: new TrainingControl { Checkpoint = EveryIteration, Recorder = trace })).Should().Throw<ArgumentException>().WithMessage("*trace*checkpoint*");
    }

    [Fact]
    public void A_place_where_no_file_can_be_written_is_refused_before_training()
    {
        var iterations = new Listener<TrainingIteration>(_ => throw new InvalidOperationException("Training has begun."));
        foreach (string path in new[] { System.IO.Path.Combine(_folder, "none", "run.ckpt"), _folder })
            FluentActions.Invoking(() => Train(new CheckpointOptions { Path = path }, iterations)).Should().Throw<IOException>().WithMessage($"Cannot write the checkpoint '{path}': *");
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void What_a_process_that_was_killed_left_unfinished_is_in_nobodys_way()
    {
        double[] expected = Train(checkpoint: null);
        byte[] whole = Checkpoint();
        File.WriteAllBytes(Path + ".partial", whole[..20]);
        Train(Resumed).Should().Equal(expected);
        new CheckpointOptions { Path = Path }.Delete();
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void A_link_stays_one()
    {
        if (OperatingSystem.IsWindows()) return;
        string target = System.IO.Path.Combine(_folder, "elsewhere.ckpt");
        File.CreateSymbolicLink(Path, target);
        double[] expected = Train(EveryIteration);
        new FileInfo(Path).LinkTarget.Should().Be(target);
        new FileInfo(target).Length.Should().BeGreaterThan(HeaderSize);
        Train(Resumed).Should().Equal(expected);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void On_a_full_disk_training_goes_on_where_somebody_is_told_and_the_last_checkpoint_stays_whole(bool isTold)
    {
        string disk = System.IO.Path.Combine(_folder, "disk"), path = System.IO.Path.Combine(disk, "run.ckpt"), filler = System.IO.Path.Combine(disk, "filler");
        Directory.CreateDirectory(disk);
        if (!CanBeTried(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk), "A small disk cannot be mounted here.")) return;
        try
        {
            double[] expected = Train(checkpoint: null);
            List<CheckpointNotice> told = [];
            var options = new CheckpointOptions { Path = path, Interval = TimeSpan.Zero, Progress = isTold ? new Listener<CheckpointNotice>(told.Add) : null };
            var fill = new Listener<TrainingIteration>(at =>
            {
                if (at is { Start: 0, Iteration: 4 }) Fill(filler);
            });
            if (isTold) Train(options, fill).Should().Equal(expected);
            else FluentActions.Invoking(() => Train(options, fill)).Should().Throw<IOException>().WithMessage($"The checkpoint '{path}' of iteration 4 could not be written: *");
            Directory.GetFiles(disk).Should().BeEquivalentTo(path, filler);
            if (isTold) string.Concat(told.Select(notice => notice.Event)).Should().MatchRegex("^(Written)+(Failed)+$");
            File.Delete(filler);
            Train(Resumed with { Path = path }).Should().Equal(expected);
        }
        finally
        {
            Run("umount", disk);
        }
    }

    /// <summary>Writes as many bytes as there is room for.</summary>
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(new byte[64]);
        }
        catch (IOException)
        {
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
