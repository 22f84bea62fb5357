using System.Diagnostics;
using System.Reflection;

namespace GnMlNet.Package.Tests;

/// <summary>
/// A console project outside the repository, built from the packages in a folder feed with a package cache of its own,
/// so that nothing in the repository or left on the machine can hide a break.
/// </summary>
public abstract class PackageConsumer : IDisposable
{
    private const string FeedVariable = "GNMLNET_PACKAGES";

    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet-consumer").FullName;

    /// <summary>Builds the project.</summary>
    /// <param name="package">The one package that it references.</param>
    protected PackageConsumer(string package)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Consumer");
        File.WriteAllText(Path.Combine(_folder, "Consumer.csproj"), File.ReadAllText(Path.Combine(source, "Consumer.csproj.txt")).Replace("PACKAGE", package, StringComparison.Ordinal));
        File.Copy(Path.Combine(source, "Program.cs.txt"), Path.Combine(_folder, "Program.cs"));
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="GnMlNet" value="{Feed()}" /></packageSources>
            </configuration>
            """);
        BuildOutput = Run("dotnet", ["build", "-c", "Release", "--packages", Path.Combine(_folder, "packages")]);
    }

    /// <summary>What the build printed.</summary>
    public string BuildOutput { get; }

    /// <summary>The folder of the project.</summary>
    public string Folder => _folder;

    /// <summary>Copies a table of the project to where samples look for it.</summary>
    public void AddData(string table)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, table), Path.Combine(_folder, "data", table), overwrite: true);
    }

    /// <summary>Replaces the program and builds it.</summary>
    public string Build(string program)
    {
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), program);
        return Run("dotnet", ["build", "-c", "Release", "--no-restore"]);
    }

    /// <summary>Runs the program in a process of its own and returns what it printed.</summary>
    public string RunProgram(params string[] arguments) => Run("dotnet", [Path.Combine(_folder, "bin", "Release", "net10.0", "Consumer.dll"), .. arguments]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private string Feed()
    {
        if (Environment.GetEnvironmentVariable(FeedVariable) is { Length: > 0 } packed) return packed;

        string root = typeof(PackageConsumer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        string feed = Path.Combine(_folder, "feed");
        foreach (string project in new[] { "GnMlNet.Core", "GnMlNet", "GnMlNet.DataFrames" })
            Run("dotnet", ["pack", Path.Combine(root, "src", project), "-c", "Release", "--output", feed]);
        return feed;
    }

    private string Run(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
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
