using System.IO.Compression;
using System.Text;

namespace GnMlNet.Cli.Reading;

/// <summary>A file of text in whatever encoding, gzipped or not.</summary>
internal sealed class TextFile
{
    private readonly InputFile _file;
    private readonly bool _isZipped;
    private readonly Encoding _encoding;

    private TextFile(InputFile file, bool isZipped, Encoding encoding) => (_file, _isZipped, _encoding) = (file, isZipped, encoding);

    /// <summary>What it is called in messages.</summary>
    internal string Name => _file.Name;

    /// <summary>How its bytes were understood, where that is worth a note; else null.</summary>
    internal string? Note => _encoding is UTF8Encoding ? null : $"The text is not UTF-8; it was read as {TextEncoding.NameOf(_encoding)}.";

    /// <exception cref="UserError">It is not one of text.</exception>
    internal static TextFile Open(InputFile file)
    {
        bool isZipped = BinaryKind.IsGzip(Start(file, isZipped: false));
        try
        {
            if (isZipped && !GzipFile.IsWhole(file)) throw new InvalidDataException();
            if (BinaryKind.Of(Start(file, isZipped)) is { } kind) throw new UserError($"{file.Name} is no text: it is {kind.Name}. {kind.WayOut}");
            using Stream bytes = OpenBytes(file, isZipped);
            return new TextFile(file, isZipped, TextEncoding.Detect(bytes) ?? throw new UserError($"{file.Name} is no text: it has bytes that no encoding of text has. Give a CSV or Parquet file."));
        }
        catch (InvalidDataException)
        {
            throw new UserError($"{file.Name} is a damaged gzip file: its end is missing, or bytes of it are wrong. Copy or download it again.");
        }
    }

    /// <summary>Starts reading at its first character, behind a byte order mark.</summary>
    internal StreamReader OpenReader() => new(OpenBytes(_file, _isZipped), _encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);

    private static byte[] Start(InputFile file, bool isZipped)
    {
        using Stream bytes = OpenBytes(file, isZipped);
        return BinaryKind.FirstBytes(bytes);
    }

    private static Stream OpenBytes(InputFile file, bool isZipped) => isZipped ? new GZipStream(file.OpenStream(), CompressionMode.Decompress) : file.OpenStream();
}
