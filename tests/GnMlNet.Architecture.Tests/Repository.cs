using System.Reflection;

namespace GnMlNet.Architecture.Tests;

/// <summary>The files of the repository.</summary>
internal static class Repository
{
    internal static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The C# files below a folder, generated ones left out, with their paths from the root.</summary>
    internal static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Contains("/obj/") && !path.Contains("/bin/")
        select (path, File.ReadAllText(file));
}
