namespace GnMlNet.Balls.Matrices;

/// <summary>Scratch memory of a kernel, with anything in it at first, given back when disposed of.</summary>
/// <remarks>Each thread keeps a few buffers that were given back, since fresh memory costs more time than a small product does.</remarks>
internal readonly unsafe ref struct ScratchMemory
{
    private const int MostKept = 4;

    // 64 megabytes.
    private const long GreatestKept = 1L << 23;

    // From the smallest to the greatest.
    [ThreadStatic]
    private static List<AlignedMemory>? _kept;

    private readonly AlignedMemory _buffer;

    /// <summary>Room for so many doubles.</summary>
    public ScratchMemory(long length)
    {
        List<AlignedMemory> kept = _kept ??= [];
        int found = kept.FindIndex(buffer => buffer.Length >= length);
        _buffer = found < 0 ? new AlignedMemory(length) : kept[found];
        if (found >= 0) kept.RemoveAt(found);
    }

    public double* Start => _buffer.Start;

    /// <summary>Gives the memory back; the smallest buffer goes when there are too many.</summary>
    public void Dispose()
    {
        if (_buffer.Length > GreatestKept) return;
        List<AlignedMemory> kept = _kept!;
        long length = _buffer.Length;
        kept.Insert(kept.FindLastIndex(buffer => buffer.Length < length) + 1, _buffer);
        if (kept.Count > MostKept) kept.RemoveAt(0);
    }
}
