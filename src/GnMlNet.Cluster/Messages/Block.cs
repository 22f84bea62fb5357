using System.Buffers;
using System.Runtime.InteropServices;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Messages;

/// <summary>Bytes that go over the wire as they are, never copied inside a silo: whoever holds them must not change them.</summary>
[Immutable]
internal sealed class Block : IVector
{
    /// <summary>The most bytes that a message carries, 4 MiB.</summary>
    internal const int MostBytes = 1 << 22;

    /// <summary>How many bytes of a longer answer or request go together, 1 MiB.</summary>
    internal const int ChunkBytes = 1 << 20;

    private readonly byte[]? _rented;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ReadOnlyMemory<double> _doubles;

    /// <exception cref="ClusterException">There are more bytes than a message carries.</exception>
    internal Block(ReadOnlyMemory<byte> bytes)
    {
        Check(bytes.Length);
        _bytes = bytes;
    }

    /// <exception cref="ClusterException">There are more bytes than a message carries.</exception>
    internal Block(ReadOnlyMemory<double> doubles)
    {
        Check((long)doubles.Length * sizeof(double));
        _doubles = doubles;
    }

    /// <param name="rented">An array of the shared pool, which <see cref="Release"/> gives back.</param>
    /// <param name="count">How many of its bytes count.</param>
    internal Block(byte[] rented, int count)
        : this(rented.AsMemory(0, count)) => _rented = rented;

    internal ReadOnlySpan<byte> Bytes => _doubles.IsEmpty ? _bytes.Span : MemoryMarshal.AsBytes(_doubles.Span);

    /// <summary>The bytes as numbers.</summary>
    public ReadOnlySpan<double> Numbers => _doubles.IsEmpty ? MemoryMarshal.Cast<byte, double>(_bytes.Span) : _doubles.Span;

    /// <summary>Gives back the room of what came over the wire; nobody may look at it any longer.</summary>
    internal void Release()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }

    internal static void Check(long bytes)
    {
        if (bytes > MostBytes) throw new ClusterException($"A message of {bytes} bytes is refused: at most {MostBytes} go together. Send it in chunks.");
    }
}
