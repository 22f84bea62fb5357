using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Training;
using Microsoft.Win32.SafeHandles;

namespace GnMlNet.Core.Streaming;

/// <summary>The folder where rows go that do not fit into memory, and how many bytes they may take there.</summary>
/// <param name="path">The folder; it must be there.</param>
/// <param name="limit">The most bytes of all files in it together, at least 1.</param>
internal sealed class TemporaryFolder(string path, long limit)
{
    private long _taken;

    /// <summary>The folder that a run may use.</summary>
    internal static TemporaryFolder Of(RunOptions run) => new(run.TemporaryFolder ?? System.IO.Path.GetTempPath(), run.TemporaryFileLimit);

    /// <summary>The folder.</summary>
    internal string Path { get; } = path;

    /// <summary>Opens a new file, which is deleted when it is closed.</summary>
    /// <param name="name">The name that others open it by; null: nobody else finds it.</param>
    /// <exception cref="TemporaryFileException">The folder is not there or cannot be written to.</exception>
    internal SafeFileHandle CreateFile(string? name = null)
    {
        string path = System.IO.Path.Combine(Path, name ?? $"gnmlnet-{Environment.ProcessId}-{Guid.NewGuid():N}.rows");
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.DeleteOnClose);
            // An open file without a name takes no space once the process is gone, even after kill -9.
            if (name is null && !OperatingSystem.IsWindows()) File.Delete(path);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TemporaryFileException($"The folder '{Path}' for temporary files cannot be written to: {error.Message.TrimEnd('.')}. Choose another one.", error);
        }
    }

    /// <summary>Counts bytes that are about to be written.</summary>
    /// <exception cref="TemporaryFileException">They would be more than the limit.</exception>
    internal void Take(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > limit)
            throw new TemporaryFileException($"Rows that do not fit into memory take more than {ByteSize.Allowed(limit)} in the folder '{Path}', the limit for temporary files. Raise that limit or the one for memory.");
    }

    /// <summary>Counts bytes that are free again.</summary>
    internal void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
