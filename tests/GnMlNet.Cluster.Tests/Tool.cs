using System.Diagnostics;

namespace GnMlNet.Cluster.Tests;

/// <summary>Programs of the machine.</summary>
internal static class Tool
{
    /// <summary>Where a program is, on the path or in one of some folders; null where it is not.</summary>
    internal static string? Find(string name, params string[] folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(folders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    internal static string Run(string folder, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    internal static Process Start(string folder, string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    internal static void Signal(int process, string signal) => Run(Path.GetTempPath(), "kill", $"-{signal}", $"{process}");
}
