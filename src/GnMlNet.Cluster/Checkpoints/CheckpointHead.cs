using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GnMlNet.Cluster.Checkpoints;

/// <summary>Which of two places holds the whole checkpoint, and how long it is: what is written last. In bytes its numbers, little-endian, and their SHA-256.</summary>
/// <param name="Place">0 or 1.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Id">Of all that were ever written it is this one.</param>
internal readonly record struct CheckpointHead(int Place, long Length, Guid Id)
{
    private const int IdAt = sizeof(int) + sizeof(long), HashAt = IdAt + 16;

    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[HashAt];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Place);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(int)), Length);
        Id.TryWriteBytes(bytes.AsSpan(IdAt));
        return [.. bytes, .. SHA256.HashData(bytes)];
    }

    /// <summary>Reads it, or gives null where it is none.</summary>
    internal static CheckpointHead? Read(byte[]? bytes)
    {
        if (bytes?.Length != HashAt + SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(0, HashAt)).AsSpan().SequenceEqual(bytes.AsSpan(HashAt))) return null;
        return new CheckpointHead(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(sizeof(int))), new Guid(bytes.AsSpan(IdAt, HashAt - IdAt)));
    }
}
