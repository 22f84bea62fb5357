namespace GnMlNet.Cluster.Work;

/// <summary>The folders from which a silo reads files that others name.</summary>
public sealed class ShardFolders
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    private readonly string[] _folders;

    /// <param name="folders">The folders; what is below them is allowed, too. Without any no file is.</param>
    /// <exception cref="ClusterException">There is no such folder.</exception>
    public ShardFolders(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        _folders = [.. folders.Select(folder => Directory.Exists(folder) ? Follow(folder) : throw new ClusterException($"There is no folder '{folder}' to read shards from."))];
    }

    /// <summary>Where a file is, once '..' and symbolic links on its path have been followed.</summary>
    /// <param name="path">The path that somebody else gave.</param>
    /// <exception cref="ClusterException">It leads out of the folders.</exception>
    public string Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string file = Follow(path);
        if (_folders.Any(folder => file.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))) return file;
        string allowed = _folders.Length == 0 ? "this silo reads no files" : $"this silo reads files below {string.Join(" and ", _folders.Select(folder => $"'{folder}'"))} alone";
        throw new ClusterException($"The shard '{path}' is refused: {allowed}. Start it with --allow FOLDER.");
    }

    /// <summary>Follows the links of all folders on the way, which the base library does for the last name alone.</summary>
    private static string Follow(string path)
    {
        string full = Path.Combine(Environment.CurrentDirectory, path), at = Path.GetPathRoot(full)!;
        Stack<string> rest = new(Names(full[at.Length..]));
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            if (name is "" or ".") continue;
            string next = name == ".." ? Path.GetDirectoryName(at) ?? at : Path.Combine(at, name);
            if (name == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks) throw new ClusterException($"The symbolic links of '{path}' lead in a circle.");
            if (Path.GetPathRoot(target) is { Length: > 0 } root) (at, target) = (root, target[root.Length..]);
            foreach (string step in Names(target)) rest.Push(step);
        }

        return at;
    }

    // The last first, as a stack takes them.
    private static IEnumerable<string> Names(string path) => path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Reverse();
}
