namespace GnMlNet.Package.Tests;

/// <summary>The command-line tool as a stranger gets it: installed from the folder of packages into an empty one, the tables of the repository beside it.</summary>
public sealed class InstalledTool : IDisposable
{
    /// <summary>Installs it.</summary>
    public InstalledTool()
    {
        PackageConsumer.WriteFeed(Folder);
        RepositoryData.CopyTo(Folder);
        Command.Run(Folder, "dotnet", "tool", "install", PackageFeed.Tool, "--tool-path", "tools", "--configfile", "nuget.config");
    }

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("gnmlnet-tool").FullName;

    /// <summary>Runs a line of a shell that begins with <c>gnml</c>.</summary>
    /// <returns>What it printed.</returns>
    public string Run(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        words[0].Should().Be(PackageFeed.Tool);
        return Command.Run(Folder, Path.Combine(Folder, "tools", PackageFeed.Tool), words[1..]);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
