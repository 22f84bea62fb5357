using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Silos;

/// <summary>The kinds of tables that a silo can work on.</summary>
internal sealed class WorkFactories(IReadOnlyDictionary<string, IPartWorkFactory> parts, IReadOnlyDictionary<string, IMemberWorkFactory> members, ShardFolders folders)
{
    /// <summary>The folders from which they may read.</summary>
    internal ShardFolders Folders { get; } = folders;

    internal bool HasParts(string kind) => parts.ContainsKey(kind);

    internal bool HasMembers(string kind) => members.ContainsKey(kind);

    internal IPartWorkFactory Parts(string kind) => parts.TryGetValue(kind, out IPartWorkFactory? factory) ? factory : throw Unknown(kind, parts.Keys);

    internal IMemberWorkFactory Members(string kind) => members.TryGetValue(kind, out IMemberWorkFactory? factory) ? factory : throw Unknown(kind, members.Keys);

    private static ClusterException Unknown(string kind, IEnumerable<string> known) =>
        new($"It does not know tables of the kind '{kind}', only {string.Join(", ", known.Order(StringComparer.Ordinal).DefaultIfEmpty("none"))}; start it with the program that trains.");
}
