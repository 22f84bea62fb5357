namespace GnMlNet.Cli.Clustering;

/// <summary>A file of a table that silos read themselves.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="RowCount">How many rows it has.</param>
internal sealed record Shard(string Path, long Bytes, int RowCount)
{
    /// <summary>A file as it is here.</summary>
    /// <exception cref="UserError">It is none that can be read again by its path.</exception>
    internal static Shard Of(string path, int rowCount)
    {
        if (!IsFile(path)) throw new UserError($"--shards lets silos read the files of --data themselves, and '{path}' is no file that they could open. Give a file.");
        string full = System.IO.Path.GetFullPath(path);
        return new Shard(full, new FileInfo(full).Length, rowCount);
    }

    /// <summary>Whether a path is that of a regular file.</summary>
    internal static bool IsFile(string path) => File.Exists(path) && FileTarget.Of(path).IsRegular;
}
