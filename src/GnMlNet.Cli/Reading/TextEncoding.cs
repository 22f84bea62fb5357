using System.Text;
using System.Text.Unicode;

namespace GnMlNet.Cli.Reading;

/// <summary>Which encoding the bytes of a text have.</summary>
internal static class TextEncoding
{
    private const int BufferSize = 1 << 16;

    // Characters of an accented word at most, so that one cut at the end of a buffer is found again.
    private const int LongestCharacter = 4;

    private static readonly Encoding s_western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    internal static string NameOf(Encoding encoding) => encoding.CodePage == s_western.CodePage ? "Windows-1252" : encoding.WebName.ToUpperInvariant();

    /// <summary>Reads all bytes: a byte order mark decides, else zero bytes between the characters (UTF-16), else whether all is UTF-8; what is not is Windows-1252.</summary>
    /// <returns>Null where the bytes are no text.</returns>
    internal static Encoding? Detect(Stream bytes)
    {
        var buffer = new byte[BufferSize];
        int filled = bytes.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> start = buffer.AsSpan(0, filled);
        if (start is [0xFF, 0xFE, 0, 0, ..]) return Encoding.UTF32;
        if (start is [0xFF, 0xFE, ..]) return Encoding.Unicode;
        if (start is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode;
        if (start.Contains((byte)0)) return Utf16(start);

        bool isUtf8 = true;
        while (filled > 0)
        {
            ReadOnlySpan<byte> now = buffer.AsSpan(0, filled);
            if (now.Contains((byte)0)) return null;
            int kept = isUtf8 ? UnfinishedBytes(now) : 0;
            isUtf8 &= Utf8.IsValid(now[..^kept]);
            now[^kept..].CopyTo(buffer);
            int read = bytes.Read(buffer, kept, buffer.Length - kept);
            if (read == 0) return isUtf8 && kept == 0 ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : s_western;
            filled = kept + read;
        }

        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    // Western text in UTF-16 has a zero in every second byte.
    private static Encoding? Utf16(ReadOnlySpan<byte> start)
    {
        int even = 0, odd = 0;
        for (int i = 0; i < start.Length; i++)
        {
            if (start[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        }

        if (odd > start.Length / 4 && even == 0) return Encoding.Unicode;
        return even > start.Length / 4 && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    // The bytes of a character that the end of the buffer cuts.
    private static int UnfinishedBytes(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back < LongestCharacter && back <= bytes.Length; back++)
        {
            byte at = bytes[^back];
            if (at < 0x80) return 0;
            if (at >= 0xC0) return back < (at >= 0xF0 ? 4 : at >= 0xE0 ? 3 : 2) ? back : 0;
        }

        return 0;
    }
}
