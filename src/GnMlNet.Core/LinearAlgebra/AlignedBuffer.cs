namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Numbers at a fixed address that is a multiple of a cache line, zero at first. The memory is an array's, which the garbage collector does not move:
/// a span keeps it alive by itself; whoever uses <see cref="Pointer"/> holds on to this object.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int NumbersPerCacheLine = 8;

    private readonly double[] _values;
    private readonly int _start;

    internal AlignedBuffer(long length)
    {
        _values = GC.AllocateArray<double>(checked((int)length + NumbersPerCacheLine), pinned: true);
        Length = (int)length;
        fixed (double* first = _values)
        {
            nuint misplaced = (nuint)first / sizeof(double) % NumbersPerCacheLine;
            _start = (int)((NumbersPerCacheLine - misplaced) % NumbersPerCacheLine);
            Pointer = first + _start;
        }
    }

    /// <summary>The greatest length of a buffer.</summary>
    internal static long MaxLength => Array.MaxLength - NumbersPerCacheLine;

    internal int Length { get; }

    internal double* Pointer { get; }

    internal Span<double> Slice(long start, int length) => _values.AsSpan(_start + (int)start, length);

    internal void Clear() => Slice(0, Length).Clear();
}
