namespace GnMlNet.Cli.Clustering;

/// <summary>The files that silos read themselves.</summary>
/// <param name="Files">Their paths.</param>
/// <param name="Describe">How they are read, once training has looked at them.</param>
internal sealed record ShardSource(IReadOnlyList<string> Files, Func<byte[]> Describe)
{
    /// <summary>The folders that they lie in.</summary>
    internal IEnumerable<string> Folders => Files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct();
}
