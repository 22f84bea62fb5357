using System.IO.Compression;
using System.Reflection;

namespace GnMlNet.Package.Tests;

/// <summary>The packages as they would be published: those that the build has packed, or, without it, packed once for all tests.</summary>
internal static class PackageFeed
{
    private const string Variable = "GNMLNET_PACKAGES";

    private static readonly Lazy<string> s_folder = new(() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } packed ? packed : Pack());

    /// <summary>The libraries among them.</summary>
    internal static string[] Libraries { get; } = ["GnMlNet.Core", "GnMlNet", "GnMlNet.DataFrames", "GnMlNet.Cluster", "GnMlNet.Balls", "GnMlNet.Reference"];

    /// <summary>The tool.</summary>
    internal const string Tool = "gnml";

    /// <summary>The folder in which they lie.</summary>
    internal static string Folder => s_folder.Value;

    /// <summary>The root of the repository.</summary>
    internal static string RepositoryRoot { get; } = typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The files of a package.</summary>
    /// <param name="package">Its name.</param>
    /// <param name="extension">Which of its files: that of the package or of its symbols.</param>
    internal static ZipArchive Open(string package, string extension = ".nupkg") =>
        ZipFile.OpenRead(Directory.GetFiles(Folder, package + ".*" + extension).Single(file => char.IsDigit(Path.GetFileName(file)[package.Length + 1])));

    /// <summary>A text file of a package.</summary>
    internal static string Read(string package, string file)
    {
        using ZipArchive archive = Open(package);
        using var reader = new StreamReader(archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    private static string Pack()
    {
        string feed = Directory.CreateTempSubdirectory("gnmlnet-feed").FullName;
        foreach (string project in new[] { "src/GnMlNet.Core", "src/GnMlNet", "src/GnMlNet.DataFrames", "src/GnMlNet.Cluster", "src/GnMlNet.Cli", "reference/GnMlNet.Balls", "reference/GnMlNet.Reference" })
            Command.Run(feed, "dotnet", ["pack", Path.Combine(RepositoryRoot, project), "-c", "Release", "--output", feed]);
        return feed;
    }
}
