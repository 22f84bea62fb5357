namespace GnMlNet.Core.Streaming;

/// <summary>Records of one size, numbered from 0 in the order in which they were appended: in memory or in a temporary file. Appending is for one thread at a time, reading for any number of them.</summary>
/// <param name="recordBytes">The size of a record, at least 1.</param>
/// <param name="count">How many there are already.</param>
internal abstract class RecordStore(int recordBytes, int count = 0) : IDisposable
{
    /// <summary>The size of a record.</summary>
    internal int RecordBytes { get; } = recordBytes;

    /// <summary>How many records there are.</summary>
    internal int Count { get; private set; } = count;

    /// <summary>Whether reading waits for a disk, so that it pays to read ahead.</summary>
    internal abstract bool IsOnDisk { get; }

    /// <summary>Appends a record.</summary>
    /// <param name="record">Its bytes.</param>
    /// <exception cref="TemporaryFileException">The disk is full or fails.</exception>
    internal void Append(ReadOnlySpan<byte> record)
    {
        AppendRecord(record);
        Count++;
    }

    /// <summary>Reads records that follow each other.</summary>
    /// <param name="first">The number of the first one.</param>
    /// <param name="target">Where they go: room for a whole number of them.</param>
    /// <exception cref="TemporaryFileException">The disk fails.</exception>
    internal abstract void Read(int first, Span<byte> target);

    /// <summary>Ends appending: what is still on its way is written.</summary>
    internal virtual void Complete()
    {
    }

    /// <summary>Gives back the memory or the file.</summary>
    public abstract void Dispose();

    private protected abstract void AppendRecord(ReadOnlySpan<byte> record);
}
