using System.Diagnostics;
using System.Reflection;
using System.Runtime.Intrinsics.X86;

namespace GnMlNet.Tests.Shared;

/// <summary>Tests that run again in a process of their own in which instruction sets are switched off.</summary>
internal static class RestrictedTestProcess
{
    private const string Mark = "GNMLNET_RESTRICTED_TEST_PROCESS";

    /// <summary>Whether this process is one.</summary>
    internal static bool IsThisOne => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Why none can be started here, or null where it can.</summary>
    internal static string? Obstacle =>
        IsThisOne ? "This process is restricted already."
        : !Avx2.IsSupported ? "This machine has no AVX2 that could be switched off."
        : null;

    /// <summary>Runs tests of an assembly and fails with their output unless all pass.</summary>
    /// <param name="tests">The assembly.</param>
    /// <param name="filter">Which of its tests.</param>
    /// <param name="environment">Variables of the process, those that switch instruction sets off among them.</param>
    internal static async Task ShouldPass(Assembly tests, string filter, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["test", tests.Location, "--filter", filter]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment.Append((Mark, "1"))) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, output + await errors);
        output.Should().Contain("Passed!");
    }
}
