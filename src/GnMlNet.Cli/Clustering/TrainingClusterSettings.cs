using System.CommandLine;
using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cli.Clustering;

/// <summary>Which cluster <c>gnml train</c> was asked to train on.</summary>
/// <param name="Options">What finds it.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Folder">The folder that all silos read; null where none was named.</param>
/// <param name="Spread">What is spread over the silos; null where that is open.</param>
internal sealed record TrainingClusterSettings(ClusterOptions Options, ParseResult Parsed, string? Folder, Spread? Spread)
{
    /// <summary>Whether silos read the files of the table themselves.</summary>
    internal bool ReadsShards { get; init; }

    /// <summary>The folder for temporary files of silos on this machine; null for the system's.</summary>
    internal string? TemporaryFolder { get; init; }

    /// <summary>The bytes that the command may take with its silos on this machine; null for the usual share of the machine's.</summary>
    internal long? MemoryLimit { get; init; }
}
