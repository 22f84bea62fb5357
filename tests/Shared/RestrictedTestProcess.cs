using System.Diagnostics;
using System.Reflection;

namespace GnMlNet.Tests.Shared;

/// <summary>Tests that run again in a process of their own in which instruction sets are switched off.</summary>
internal static class RestrictedTestProcess
{
    /// <summary>Runs tests of an assembly and fails with their output unless all pass.</summary>
    /// <param name="tests">The assembly.</param>
    /// <param name="filter">Which of its tests.</param>
    /// <param name="environment">Variables of the process, those that switch instruction sets off among them.</param>
    internal static async Task ShouldPass(Assembly tests, string filter, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["test", tests.Location, "--filter", filter]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, output + await errors);
        output.Should().Contain("Passed!");
    }
}
