using System.Diagnostics;
using GnMlNet.Cli.Common;

namespace GnMlNet.Cli.Tests;

/// <summary>Ctrl+C, as a terminal sends it, to a process of its own.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public async Task The_first_interrupt_keeps_the_best_weights_and_goes_on_to_the_report()
    {
        if (OperatingSystem.IsWindows()) return;
        using Process process = StartTraining();
        await GnmlProcess.WaitForLine(process, "iteration 0");
        Interrupt(process);
        string rest = await process.StandardOutput.ReadToEndAsync();
        await Exit(process);
        process.ExitCode.Should().Be(ExitCode.Success, rest);
        rest.Should().Contain("StoppedByCaller").And.Contain("FastTree");
        CommandLine.Succeed("info", _gnml.PathOf("m.zip"));
    }

    [Fact]
    public async Task A_second_interrupt_aborts_and_leaves_no_file()
    {
        if (OperatingSystem.IsWindows()) return;
        using Process process = StartTraining();
        await GnmlProcess.WaitForLine(process, "iteration 0");
        Interrupt(process);
        // Two signals at the same moment would count as one.
        await Task.Delay(100);
        Interrupt(process);
        await Exit(process);
        process.ExitCode.Should().Be(ExitCode.Interrupted);
        Directory.GetFileSystemEntries(_gnml.Folder).Should().BeEmpty();
    }

    [Theory, InlineData("HUP", 1), InlineData("INT", 2), InlineData("TERM", 15)]
    public async Task A_signal_that_ends_a_command_is_told_by_its_exit_code_and_leaves_no_file(string signal, int number)
    {
        if (OperatingSystem.IsWindows()) return;
        using Process process = GnmlProcess.Start("data", "friedman1", "--rows", "1000000000", "--out", _gnml.PathOf("rows.csv"));
        while (Directory.GetFiles(_gnml.Folder, "*.tmp").Length == 0 && !process.HasExited) await Task.Delay(20);
        GnmlProcess.Send(process, signal);
        await Exit(process);
        process.ExitCode.Should().Be(128 + number);
        Directory.GetFileSystemEntries(_gnml.Folder).Should().BeEmpty();
    }

    // Large enough that the iteration which is under way and the last steps after it take seconds.
    private Process StartTraining() => GnmlProcess.Start("train", "--ensemble", "4", "--hidden", "150", "--kernel", "none", "--iterations", "1000", "--out", _gnml.PathOf("m.zip"));

    /// <summary>Waits for the end of a process, which must not go on writing where a signal does not reach it, as where whoever runs the tests ignores it.</summary>
    private static async Task Exit(Process process)
    {
        using var timeIsUp = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(timeIsUp.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static void Interrupt(Process process) => GnmlProcess.Send(process, "INT");
}
