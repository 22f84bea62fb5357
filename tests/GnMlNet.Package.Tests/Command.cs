using System.Diagnostics;

namespace GnMlNet.Package.Tests;

/// <summary>Commands as a shell would run them.</summary>
internal static class Command
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it printed, standard error last.</returns>
    /// <exception cref="InvalidOperationException">It ended with another exit status than 0; the message has what it printed.</exception>
    internal static string Run(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test host's own settings must not leak into the builds it starts.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{command} {string.Join(' ', arguments)}' ended with {process.ExitCode}:\n{output}");
        return output;
    }
}
