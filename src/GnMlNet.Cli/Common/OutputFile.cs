namespace GnMlNet.Cli.Common;

/// <summary>
/// A file that a command writes. A regular one appears whole or not at all: it is written under a temporary name beside the file that the path finally leads to, over symbolic links, and
/// renamed by <see cref="Commit"/>, with the permissions of the file that it takes the place of; without a commit, disposing or leaving the process removes it. Where the folder allows no
/// new file but the file itself may be written, the complete content goes into it at the end. What is no regular file, such as a device or a pipe, is written through, and so is standard
/// output, which <c>-</c> stands for. Opening it finds out, before any work is done, whether it can be written.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int BufferSize = 1 << 16;
    private const int LongestName = 255;

    private readonly string _given;
    private readonly FileTarget _target;
    private readonly MeasuredStream _measured;
    private readonly string? _temporary;
    private readonly FileStream? _inPlace;

    /// <exception cref="UserError">It cannot be written; the message says why.</exception>
    internal OutputFile(string path)
    {
        _given = path;
        _target = FileTarget.Of(path);
        try
        {
            if (!_target.IsRegular)
            {
                _measured = new MeasuredStream(_target.OpenThrough(), canSeek: false, countsOn: true, Cannot);
            }
            else
            {
                CheckPlace();
                (FileStream file, _inPlace) = Create();
                _temporary = file.Name;
                _measured = new MeasuredStream(file, canSeek: true, countsOn: true, Cannot);
                AppDomain.CurrentDomain.ProcessExit += Remove;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Cannot(WriteFailure.Reason(error));
        }

        Stream = new BufferedStream(_measured, BufferSize);
    }

    internal Stream Stream { get; }

    internal bool IsStandardOutput => _target.IsStandardOutput;

    /// <summary>Where it is, for people.</summary>
    internal string Name => IsStandardOutput ? "standard output" : Path.GetFullPath(_given);

    /// <summary>The file of a path, or null where it is standard output that is meant: without a path, or with <c>-</c>.</summary>
    internal static OutputFile? Open(string? path) => path is null or FileTarget.StandardOutput ? null : new OutputFile(path);

    /// <summary>Writes a whole text file.</summary>
    internal static void WriteText(string path, Action<TextWriter> write)
    {
        using var file = new OutputFile(path);
        file.WriteText(write);
    }

    /// <summary>Writes the whole of a file as text, or where there is none to <paramref name="output"/>.</summary>
    internal static void WriteText(OutputFile? file, TextWriter output, Action<TextWriter> write)
    {
        if (file is null) write(output);
        else file.WriteText(write);
    }

    /// <summary>Writes the whole of it as text.</summary>
    internal void WriteText(Action<TextWriter> write)
    {
        using (var writer = new StreamWriter(Stream, leaveOpen: true)) write(writer);
        Commit();
    }

    /// <summary>Whether writing both would lose one of them.</summary>
    internal bool Collides(OutputFile other) => _target.Path == other._target.Path && (_target.IsRegular || _target.IsStandardOutput);

    /// <summary>What was written becomes the file.</summary>
    /// <exception cref="UserError">The device is full, or the file has become one that cannot be written.</exception>
    internal void Commit()
    {
        try
        {
            Stream.Flush();
            if (_measured.IsFull) throw Cannot(Invariant($"no space left on the device; {_measured.Length:N0} bytes are needed. Free some, or choose another path"));
            if (_inPlace is not null) CopyInPlace();
            _measured.Dispose();
            if (_temporary is not null && _inPlace is null) File.Move(_temporary, _target.Path, overwrite: true);
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && !WriteFailure.IsClosedPipe(error)))
        {
            throw Cannot(WriteFailure.Reason(error));
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Remove;
        try
        {
            _measured.Dispose();
            _inPlace?.Dispose();
        }
        finally
        {
            if (_temporary is not null) File.Delete(_temporary);
        }
    }

    private void CheckPlace()
    {
        string? folder = Path.GetDirectoryName(_target.Path);
        if (Directory.Exists(_target.Path)) throw Cannot("it is a folder");
        if (!Directory.Exists(folder)) throw Cannot($"the folder '{folder}' does not exist");
        if (System.Text.Encoding.UTF8.GetByteCount(Path.GetFileName(_target.Path)) > LongestName) throw Cannot("the name is too long");
    }

    /// <summary>Makes the temporary file, and opens the file itself where that one cannot stand beside it.</summary>
    private (FileStream Temporary, FileStream? InPlace) Create()
    {
        FileStream? existing = OpenExisting();
        try
        {
            FileStream file = CreateIn(Path.GetDirectoryName(_target.Path)!);
            if (existing is not null && !OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(existing.SafeFileHandle));
            existing?.Dispose();
            return (file, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (existing is null) throw Cannot($"{WriteFailure.Reason(error)}; the folder '{Path.GetDirectoryName(_target.Path)}' allows no new file. Choose another path");
            return (CreateIn(Path.GetTempPath()), existing);
        }
    }

    /// <summary>A file that the user may not write is not replaced either, though a rename could; opening it asks the system, which knows more than its permissions.</summary>
    private FileStream? OpenExisting()
    {
        try
        {
            return File.Exists(_target.Path) ? new FileStream(_target.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) : null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw Cannot($"{WriteFailure.Reason(error)}; the file is there and may not be overwritten. Make it writable, or choose another path");
        }
    }

    private static FileStream CreateIn(string folder) =>
        new(Path.Combine(folder, $"gnml-{Path.GetRandomFileName()}.tmp"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private void CopyInPlace()
    {
        try
        {
            _inPlace!.SetLength(0);
            _measured.CopyInto(_inPlace);
            _inPlace.Dispose();
        }
        catch (IOException error)
        {
            throw Cannot(Invariant($"{WriteFailure.Reason(error)}, and the file is no longer whole; {_measured.Length:N0} bytes are needed"));
        }
    }

    private void Remove(object? sender, EventArgs e)
    {
        // Another thread may be writing; Unix alone removes what is open.
        if (OperatingSystem.IsWindows()) _measured.Dispose();
        File.Delete(_temporary!);
    }

    private UserError Cannot(string why) => new($"Cannot write '{_given}': {why}.");
}
