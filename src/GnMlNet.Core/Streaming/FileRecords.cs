using GnMlNet.Core.LinearAlgebra;
using Microsoft.Win32.SafeHandles;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// Records in a temporary file, by plain reads and writes: mapped pages would count as memory of the process. The file goes with the process, however that ends: it has no name where the system lets an
/// open file have none, and is deleted when it is closed elsewhere.
/// </summary>
internal sealed class FileRecords : RecordStore
{
    private const int BufferBytes = 1 << 20;

    private readonly SafeFileHandle _file;
    private readonly TemporaryFolder _folder;
    private byte[] _buffer;
    private int _buffered;
    private long _written;

    /// <param name="recordBytes">The size of a record.</param>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="name">The name that others open it by while it is there; null for none.</param>
    /// <exception cref="TemporaryFileException">The folder cannot be written to.</exception>
    internal FileRecords(int recordBytes, TemporaryFolder folder, string? name = null)
        : base(recordBytes) => (_folder, _file, _buffer) = (folder, folder.CreateFile(name), []);

    private FileRecords(int recordBytes, int count, TemporaryFolder folder, SafeFileHandle file)
        : base(recordBytes, count) => (_folder, _file, _buffer) = (folder, file, []);

    /// <summary>Opens a file that somebody else made, to read it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="recordBytes">The size of a record.</param>
    /// <param name="count">How many there must be.</param>
    /// <exception cref="TemporaryFileException">It is not there, or of another size.</exception>
    internal static FileRecords Open(string path, int recordBytes, int count)
    {
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            long length = RandomAccess.GetLength(file);
            if (length == (long)count * recordBytes) return new FileRecords(recordBytes, count, new TemporaryFolder(Path.GetDirectoryName(path)!, long.MaxValue), file);
            file.Dispose();
            throw new TemporaryFileException($"The shard '{path}' has {length} bytes and not {(long)count * recordBytes}: it is of another table, or was cut.");
        }
        catch (Exception error) when (error is IOException and not TemporaryFileException or UnauthorizedAccessException)
        {
            throw new TemporaryFileException($"The shard '{path}' cannot be read: {error.Message}", error);
        }
    }

    internal override bool IsOnDisk => true;

    internal override void Read(int first, Span<byte> target)
    {
        long offset = (long)first * RecordBytes;
        try
        {
            while (!target.IsEmpty)
            {
                int count = RandomAccess.Read(_file, target, offset);
                if (count == 0) throw new TemporaryFileException($"A temporary file in the folder '{_folder.Path}' ended early: something else cut it. Train again.");
                target = target[count..];
                offset += count;
            }
        }
        catch (IOException error) when (error is not TemporaryFileException)
        {
            throw new TemporaryFileException($"Rows in a temporary file in the folder '{_folder.Path}' cannot be read again: {error.Message}", error);
        }
    }

    internal override void Complete()
    {
        Flush();
        _buffer = [];
    }

    public override void Dispose()
    {
        _file.Dispose();
        _folder.GiveBack(_written);
        _written = 0;
    }

    private protected override void AppendRecord(ReadOnlySpan<byte> record)
    {
        if (_buffer.Length == 0) _buffer = new byte[Math.Max(BufferBytes / RecordBytes, 1) * RecordBytes];
        record.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += record.Length;
        if (_buffered == _buffer.Length) Flush();
    }

    private void Flush()
    {
        _folder.Take(_buffered);
        try
        {
            RandomAccess.Write(_file, _buffer.AsSpan(0, _buffered), _written);
        }
        catch (IOException error)
        {
            throw new TemporaryFileException(
                $"Rows that do not fit into memory cannot be written to the folder '{_folder.Path}' after {ByteSize.Allowed(_written)}: {error.Message.TrimEnd('.')}. Free space there, choose another folder for temporary files, or raise the memory limit.", error);
        }

        _written += _buffered;
        _buffered = 0;
    }
}
