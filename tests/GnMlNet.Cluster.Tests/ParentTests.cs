using System.Diagnostics;

namespace GnMlNet.Cluster.Tests;

/// <summary>Silos that are child processes.</summary>
public class ParentTests
{
    [Theory, InlineData("KILL"), InlineData("TERM")]
    public async Task They_end_with_their_parent_however_it_ends(string signal)
    {
        using Process parent = Tool.Start(Path.GetTempPath(), TestSilo.Program.FileName, [.. TestSilo.Program.Arguments, "parent"]);
        string line = await parent.StandardOutput.ReadLineAsync(TimeLimit.Minute()) ?? await parent.StandardError.ReadToEndAsync();
        int[] children = [.. line.Split(' ').Select(int.Parse)];
        children.Should().HaveCount(2).And.OnlyContain(child => IsAlive(child));
        Tool.Signal(parent.Id, signal);
        await parent.WaitForExitAsync(TimeLimit.Minute());
        CancellationToken limit = TimeLimit.Minute();
        while (children.Any(IsAlive)) await Task.Delay(100, limit);
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
