using System.Runtime.InteropServices;

namespace GnMlNet.Balls.Matrices;

/// <summary>Doubles outside the managed heap that start on a cache line: scratch memory of the kernels, zero at first.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int CacheLine = 64;

    public AlignedBuffer(long length)
    {
        nuint bytes = checked((nuint)length * sizeof(double));
        Start = (double*)NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(Start, bytes);
    }

    ~AlignedBuffer() => NativeMemory.AlignedFree(Start);

    public double* Start { get; private set; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
        GC.SuppressFinalize(this);
    }
}
