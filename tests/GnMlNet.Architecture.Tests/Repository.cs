using System.Reflection;

namespace GnMlNet.Architecture.Tests;

/// <summary>The files and projects of the repository.</summary>
internal static class Repository
{
    internal static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The C# files below a folder, generated ones left out, with their paths from the root.</summary>
    internal static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Contains("/obj/") && !path.Contains("/bin/")
        select (path, File.ReadAllText(file));

    /// <summary>The projects of the product, by their folders.</summary>
    internal static (string Folder, Assembly Assembly)[] Projects { get; } =
    [
        ("src/GnMlNet.Core", typeof(Core.Training.NetworkTraining).Assembly),
        ("src/GnMlNet", typeof(GaussNewtonRegressionTrainer).Assembly),
        ("src/GnMlNet.Cluster", typeof(Cluster.ClusterTable).Assembly),
        ("src/GnMlNet.DataFrames", typeof(DataFrames.GaussNewtonRegressionFrameModel).Assembly),
        ("src/GnMlNet.Cli", Assembly.Load("gnml")),
        ("reference/GnMlNet.Balls", typeof(Balls.Magnitude).Assembly),
        ("reference/GnMlNet.Reference", typeof(Reference.CrossChecks.CrossCheck).Assembly),
        ("reference/GnMlNet.Ledger", typeof(Ledger.Verdicts.Claim).Assembly),
    ];
}
