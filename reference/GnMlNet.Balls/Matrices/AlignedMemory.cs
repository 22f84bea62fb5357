using System.Runtime.InteropServices;

namespace GnMlNet.Balls.Matrices;

/// <summary>Doubles outside the managed heap that start on a cache line, with anything in them at first.</summary>
internal sealed unsafe class AlignedMemory
{
    private const int CacheLine = 64;

    public AlignedMemory(long length)
    {
        Length = length;
        Start = (double*)NativeMemory.AlignedAlloc(checked((nuint)length * sizeof(double)), CacheLine);
    }

    ~AlignedMemory() => NativeMemory.AlignedFree(Start);

    public long Length { get; }

    public double* Start { get; }
}
