using System.Diagnostics;
using System.Reflection;

namespace GnMlNet.Samples.Tests;

/// <summary>A sample as a process of its own.</summary>
internal static class SampleProgram
{
    /// <summary>Runs a sample to its end.</summary>
    /// <returns>The lines that it printed.</returns>
    internal static string[] Run(string name, params string[] arguments)
    {
        using Process process = Start(name, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "it printed {0}{1}", output, errors.GetAwaiter().GetResult());
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Starts a sample.</summary>
    internal static Process Start(string name, params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Folder(name), name + ".dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string Folder(string name) => Path.Combine(Metadata("Samples"), name, "bin", Metadata("Configuration"), "net10.0");

    private static string Metadata(string key) => typeof(SampleProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
