namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Numbers at a fixed address that is a multiple of a cache line, zero at first. The memory is an array's, which the garbage collector does not move:
/// a span keeps it alive by itself; whoever uses <see cref="Pointer"/> holds on to this object.
/// </summary>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private static readonly int s_numbersPerCacheLine = 64 / sizeof(T);

    private readonly T[] _values;
    private readonly int _start;

    internal AlignedBuffer(long length)
    {
        _values = GC.AllocateArray<T>(checked((int)length + s_numbersPerCacheLine), pinned: true);
        Length = (int)length;
        fixed (T* first = _values)
        {
            int misplaced = (int)((nuint)first / (nuint)sizeof(T) % (nuint)s_numbersPerCacheLine);
            _start = (s_numbersPerCacheLine - misplaced) % s_numbersPerCacheLine;
            Pointer = first + _start;
        }
    }

    /// <summary>The greatest length of a buffer.</summary>
    internal static long MaxLength => Array.MaxLength - s_numbersPerCacheLine;

    /// <summary>
    /// How far apart rows of a matrix are kept: an odd number of cache lines, so that equal columns of neighbouring rows do not compete for one place in
    /// the cache.
    /// </summary>
    internal static int StrideOf(int columns) => ((columns + s_numbersPerCacheLine - 1) / s_numbersPerCacheLine | 1) * s_numbersPerCacheLine;

    internal int Length { get; }

    internal T* Pointer { get; }

    internal Span<T> Slice(long start, int length) => _values.AsSpan(_start + (int)start, length);

    internal void Clear() => Slice(0, Length).Clear();
}
