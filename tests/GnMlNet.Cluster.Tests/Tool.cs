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
    internal static string Run(string folder, string program, params string[] arguments) => Run(folder, new Dictionary<string, string?>(), program, arguments);

    /// <summary>Runs a program with some variables of its environment to its end.</summary>
    /// <returns>What it printed.</returns>
    internal static string Run(string folder, IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        using Process process = Start(folder, environment, program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    internal static Process Start(string folder, string program, params string[] arguments) => Start(folder, new Dictionary<string, string?>(), program, arguments);

    private static Process Start(string folder, IReadOnlyDictionary<string, string?> environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    internal static void Signal(int process, string signal) => Run(Path.GetTempPath(), "kill", $"-{signal}", $"{process}");
}
