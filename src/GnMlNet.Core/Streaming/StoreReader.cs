namespace GnMlNet.Core.Streaming;

/// <summary>
/// Reads chosen records in ascending order through a ring of two buffers: while those of one are worked on, the other is filled on a thread of the pool, where reading waits for a disk.
/// </summary>
internal sealed class StoreReader : IDisposable
{
    private const int BufferBytes = 1 << 20;

    // Records that nobody wants are read with the others where they are so few that another read would take longer.
    private const int MostBetween = 8;

    private readonly RecordStore _store;
    private readonly IReadOnlyList<int> _records;
    private readonly int _most;
    private readonly byte[][] _buffers = [[], []];
    private Run _run;
    private Run _next;
    private Task? _ahead;
    private int _position = -1;

    /// <param name="store">The records.</param>
    /// <param name="records">Which of them, ascending.</param>
    internal StoreReader(RecordStore store, IReadOnlyList<int> records)
    {
        (_store, _records, _most) = (store, records, Math.Max(1, BufferBytes / store.RecordBytes));
        _next = RunAt(0);
        Fetch();
    }

    /// <summary>The number of the present record.</summary>
    internal int Record => _records[_position];

    /// <summary>The bytes of the present record, until the next one.</summary>
    internal ReadOnlyMemory<byte> Current => _buffers[0].AsMemory((Record - _run.First) * _store.RecordBytes, _store.RecordBytes);

    /// <summary>Goes to the next record; false where there is none.</summary>
    /// <exception cref="TemporaryFileException">The disk fails.</exception>
    internal bool MoveNext()
    {
        if (++_position >= _records.Count) return false;
        if (_position < _run.End) return true;
        _ahead?.GetAwaiter().GetResult();
        (_buffers[0], _buffers[1]) = (_buffers[1], _buffers[0]);
        _run = _next;
        _next = RunAt(_run.End);
        Fetch();
        return true;
    }

    /// <summary>Waits for what is still being read.</summary>
    public void Dispose()
    {
        // The store may go now: nobody must be reading from it.
        if (_ahead is { IsCompleted: false }) ((IAsyncResult)_ahead).AsyncWaitHandle.WaitOne();
    }

    /// <summary>As many of the chosen records from a position on as one read brings.</summary>
    private Run RunAt(int position)
    {
        if (position >= _records.Count) return new Run(0, 0, position);
        int first = _records[position], last = first, end = position + 1;
        while (end < _records.Count && _records[end] - last <= MostBetween && _records[end] - first < _most) last = _records[end++];
        return new Run(first, last - first + 1, end);
    }

    private void Fetch()
    {
        if (_next.Count == 0) return;
        int bytes = _next.Count * _store.RecordBytes;
        if (_buffers[1].Length < bytes) _buffers[1] = GC.AllocateUninitializedArray<byte>(bytes);
        (int first, byte[] buffer) = (_next.First, _buffers[1]);
        if (_store.IsOnDisk) _ahead = Task.Run(() => _store.Read(first, buffer.AsSpan(0, bytes)));
        else _store.Read(first, buffer.AsSpan(0, bytes));
    }

    /// <summary>Records that are read at once.</summary>
    /// <param name="First">The number of the first one.</param>
    /// <param name="Count">How many.</param>
    /// <param name="End">The position among the chosen ones behind the last of them.</param>
    private readonly record struct Run(int First, int Count, int End);
}
