namespace GnMlNet.Core.Checkpoints;

/// <summary>The file of a checkpoint: it always holds a whole one, the last that was written.</summary>
internal sealed class CheckpointFile : CheckpointStore
{
    private const int BufferSize = 1 << 16;
    private const string Unfinished = ".partial";

    private readonly string _given;
    private readonly string _path;

    /// <param name="path">Its path. A symbolic link stays one.</param>
    /// <exception cref="IOException">No file can be written there.</exception>
    internal CheckpointFile(string path)
    {
        (_given, _path) = (path, Follow(path));
        string? folder = Path.GetDirectoryName(_path);
        if (Directory.Exists(_path)) throw Cannot("it is a folder");
        if (!Directory.Exists(folder)) throw Cannot($"the folder '{folder}' does not exist");
        try
        {
            Create().Dispose();
            File.Delete(Partial);
        }
        catch (Exception error) when (IsOfSystem(error))
        {
            throw Cannot(error.Message.TrimEnd('.'));
        }
    }

    public override bool Exists => File.Exists(_path);

    internal override string Name => $"The checkpoint '{_given}'";

    private string Partial => _path + Unfinished;

    /// <summary>Writes a checkpoint beside the file, down to the disk, and lets it take the place of the file.</summary>
    internal override string? TryWrite(Action<StateWriter> write)
    {
        void RemoveUnfinished(object? sender, EventArgs e) => Remove(Partial);
        // Who leaves the process in order leaves nothing unfinished behind.
        AppDomain.CurrentDomain.ProcessExit += RemoveUnfinished;
        try
        {
            using (FileStream stream = Create())
            {
                SealedState.Write(stream, write);
                stream.Flush(flushToDisk: true);
            }

            File.Move(Partial, _path, overwrite: true);
            return null;
        }
        catch (Exception error) when (IsOfSystem(error))
        {
            Remove(Partial);
            return error.Message;
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= RemoveUnfinished;
        }
    }

    internal override void Read(Action<StateReader> read)
    {
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize);
        using StateReader reader = SealedState.Open(stream, Name);
        read(reader);
    }

    internal override void Delete() => Delete(_path);

    /// <summary>Deletes a checkpoint and what is left of an unfinished one.</summary>
    internal static void Delete(string path)
    {
        string file = Follow(path);
        if (!Directory.Exists(Path.GetDirectoryName(file))) return;
        File.Delete(file + Unfinished);
        File.Delete(file);
    }

    private static string Follow(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    // Where nothing can be written, what is unfinished may have to stay; the next one takes its place.
    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (IsOfSystem(error))
        {
        }
    }

    private FileStream Create() => new(Partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static bool IsOfSystem(Exception error) => error is IOException or UnauthorizedAccessException;

    private IOException Cannot(string why) => new($"Cannot write the checkpoint '{_given}': {why}.");
}
