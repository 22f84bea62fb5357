using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GnMlNet.Core.Checkpoints;

/// <summary>The SHA-256 of numbers that come one after the other, little-endian, eight bytes each.</summary>
internal sealed class NumbersHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 13];
    private int _filled;

    internal void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values) Add(BitConverter.DoubleToInt64Bits(value));
    }

    internal void Add(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_filled), value);
        if ((_filled += sizeof(long)) < _buffer.Length) return;
        _hash.AppendData(_buffer);
        _filled = 0;
    }

    /// <summary>The hash of all of them.</summary>
    internal byte[] Take()
    {
        _hash.AppendData(_buffer, 0, _filled);
        _filled = 0;
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();
}
