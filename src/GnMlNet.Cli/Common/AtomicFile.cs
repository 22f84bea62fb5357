namespace GnMlNet.Cli.Common;

/// <summary>
/// A file that appears whole or not at all: it is written under a temporary name in the same folder and renamed by <see cref="Commit"/>.
/// Without a commit, disposing or leaving the process removes it.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;

    internal AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        CheckWritable(_path);
        _temporary = $"{_path}.{Environment.ProcessId}.tmp";
        _stream = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        AppDomain.CurrentDomain.ProcessExit += Remove;
    }

    internal Stream Stream => _stream;

    /// <summary>Throws, before any work is done, when a file of this name could not be written.</summary>
    internal static void CheckWritable(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new UserError($"Cannot write '{path}': it is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(full))) throw new UserError($"Cannot write '{path}': the folder '{Path.GetDirectoryName(full)}' does not exist.");
    }

    /// <summary>Writes a whole text file.</summary>
    internal static void WriteText(string path, Action<TextWriter> write)
    {
        using var file = new AtomicFile(path);
        using (var writer = new StreamWriter(file.Stream, leaveOpen: true)) write(writer);
        file.Commit();
    }

    /// <summary>Writes a whole text file, or without a path to <paramref name="output"/>.</summary>
    internal static void WriteText(string? path, TextWriter output, Action<TextWriter> write)
    {
        if (path is null) write(output);
        else WriteText(path, write);
    }

    internal void Commit()
    {
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Remove;
        Remove(this, EventArgs.Empty);
    }

    private void Remove(object? sender, EventArgs e)
    {
        _stream.Dispose();
        File.Delete(_temporary);
    }
}
