using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace GnMlNet.Cli.Reading;

/// <summary>Whether a gzip file is whole: .NET's stream ends without a word where the file was cut off.</summary>
internal static class GzipFile
{
    // RFC 1952: the last eight bytes are the CRC-32 and the length of what was packed last, little-endian.
    private const int TrailerLength = 8;

    /// <exception cref="InvalidDataException">It cannot be unpacked.</exception>
    internal static bool IsWhole(InputFile file)
    {
        byte[] trailer = Trailer(file);
        if (trailer.Length < TrailerLength) return false;
        uint hash = BinaryPrimitives.ReadUInt32LittleEndian(trailer), length = BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4));
        (long all, uint hashOfAll) = Measure(file, skipped: 0);
        if ((uint)all == length && hashOfAll == hash) return true;
        // Several files packed one after the other: the trailer is that of the last.
        return all > length && Measure(file, all - length).Hash == hash;
    }

    private static byte[] Trailer(InputFile file)
    {
        using Stream stream = file.OpenStream();
        stream.Seek(-Math.Min(TrailerLength, stream.Length), SeekOrigin.End);
        var trailer = new byte[TrailerLength];
        return trailer[..stream.ReadAtLeast(trailer, TrailerLength, throwOnEndOfStream: false)];
    }

    private static (long Length, uint Hash) Measure(InputFile file, long skipped)
    {
        using var unpacked = new GZipStream(file.OpenStream(), CompressionMode.Decompress);
        var hash = new Crc32();
        var buffer = new byte[1 << 16];
        long length = 0;
        while (unpacked.Read(buffer) is var read and > 0)
        {
            int before = (int)Math.Clamp(skipped - length, 0, read);
            hash.Append(buffer.AsSpan(before, read - before));
            length += read;
        }

        return (length, hash.GetCurrentHashAsUInt32());
    }
}
