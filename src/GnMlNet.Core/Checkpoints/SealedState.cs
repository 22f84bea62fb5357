using System.Security.Cryptography;

namespace GnMlNet.Core.Checkpoints;

/// <summary>A state in a stream: 8 bytes that say what it is, the length of the body (8 bytes), its SHA-256 (32 bytes), and the body. docs/checkpoint-file.md describes it.</summary>
internal static class SealedState
{
    private const int BufferSize = 1 << 16;

    private static ReadOnlySpan<byte> Magic => "GNMLCKPT"u8;

    private static int HeaderSize => Magic.Length + sizeof(long) + SHA256.HashSizeInBytes;

    /// <summary>Writes a state from the beginning of a stream, which must be one that can be gone back in.</summary>
    internal static void Write(Stream stream, Action<StateWriter> write)
    {
        stream.Write(new byte[HeaderSize]);
        using SHA256 hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffer = new BufferedStream(hashed, BufferSize))
        using (var writer = new StateWriter(buffer))
            write(writer);
        long length = stream.Position - HeaderSize;
        stream.Position = 0;
        stream.Write(Magic);
        using var header = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        header.Write(length);
        header.Write(hash.Hash!);
    }

    /// <summary>Checks a stream that holds one state and nothing else, and gives what reads its body.</summary>
    /// <param name="stream">The stream, at its beginning.</param>
    /// <param name="name">What it is, as the beginning of a message.</param>
    /// <exception cref="FormatException">It is no state, cut short, longer or altered.</exception>
    internal static StateReader Open(Stream stream, string name)
    {
        var header = new byte[HeaderSize];
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (!header.AsSpan(0, Math.Min(length, Magic.Length)).SequenceEqual(Magic[..Math.Min(length, Magic.Length)]))
            throw new FormatException($"{name} is no checkpoint of GnMlNet, or damaged: its first bytes are others.");
        if (length < HeaderSize) throw Damaged(name, "it ends early");
        long body = System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(Magic.Length));
        if (body != stream.Length - HeaderSize) throw Damaged(name, body > stream.Length - HeaderSize ? "it ends early" : "its length is not the one that it names");
        if (!SHA256.HashData(stream).AsSpan().SequenceEqual(header.AsSpan(HeaderSize - SHA256.HashSizeInBytes))) throw Damaged(name, "its SHA-256 does not match");
        stream.Position = HeaderSize;
        return new StateReader(stream, name);
    }

    private static FormatException Damaged(string name, string why) => new($"{name} is damaged: {why}. Remove it to begin anew, or put a copy in its place.");
}
