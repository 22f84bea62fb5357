using System.Buffers.Binary;
using System.Text;

namespace GnMlNet.Cli.Reading;

/// <summary>The ends of a Parquet file: four bytes that tell its kind, and last a description of the whole, its length and the same four bytes.</summary>
internal static class ParquetFooter
{
    // The length of the description and the four bytes.
    private const int TailLength = 8;

    // What may follow the description where other parts of the file are encrypted: its signature.
    private const int SignatureLength = 28;

    private static readonly byte[] s_plain = Encoding.ASCII.GetBytes("PAR1");

    private static readonly byte[] s_encrypted = Encoding.ASCII.GetBytes("PARE");

    /// <summary>Whether a file begins as Parquet files do, with or without encryption.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) => start.StartsWith(s_plain) || start.StartsWith(s_encrypted);

    /// <summary>What is said of an encrypted file.</summary>
    internal static UserError Encrypted(string name) => new($"{name} is an encrypted Parquet file. Write it again without encryption and give that file.");

    /// <summary>Looks whether a file has both its ends.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="stream">The file.</param>
    /// <exception cref="UserError">It is encrypted, or its end is missing.</exception>
    internal static void Check(string name, Stream stream)
    {
        byte[] start = new byte[s_plain.Length], tail = new byte[TailLength];
        if (stream.Length < s_plain.Length + TailLength) throw Cut(name);
        stream.ReadExactly(start);
        if (start.SequenceEqual(s_encrypted)) throw Encrypted(name);
        stream.Seek(-TailLength, SeekOrigin.End);
        stream.ReadExactly(tail);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (!tail.AsSpan(sizeof(uint)).SequenceEqual(s_plain) || length == 0 || length > stream.Length - TailLength - s_plain.Length || !Ends(stream, length)) throw Cut(name);
    }

    // A zero ends the description; a reader that does not meet it would go on for ever.
    private static bool Ends(Stream stream, uint length)
    {
        bool IsZero(int back)
        {
            stream.Seek(-TailLength - back, SeekOrigin.End);
            return stream.ReadByte() == 0;
        }

        return IsZero(1) || (length > SignatureLength && IsZero(1 + SignatureLength));
    }

    private static UserError Cut(string name) => new($"{name} is a damaged Parquet file: its end is missing, or bytes of it are wrong. Copy or download it again.");
}
