using System.Text;

namespace GnMlNet.Cli.Reading;

/// <summary>A kind of file that is not text, known by its first bytes.</summary>
/// <param name="Name">What it is.</param>
/// <param name="WayOut">What to do about it.</param>
/// <param name="IsModel">Whether it is a model that ML.NET saved.</param>
internal sealed record BinaryKind(string Name, string WayOut, bool IsModel = false)
{
    private const int LookedAt = 4096;

    private const string SaveAsCsv = "Save the sheet as CSV and give that file.";
    private const string ConvertToCsv = "Convert it to CSV and give that file.";
    private const string Unpack = "Unpack it and give the CSV file in it.";

    private static readonly (byte[] Signature, BinaryKind Kind)[] s_signatures =
    [
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], new("an old Microsoft Office file, such as an Excel workbook (xls)", SaveAsCsv)),
        (Ascii("PAR1"), new("a Parquet file within a gzip file", "Unpack it and give the Parquet file.")),
        (Ascii("ARROW1"), new("an Arrow file", ConvertToCsv)),
        ([0x89, .. Ascii("HDF")], new("an HDF5 file", ConvertToCsv)),
        (Ascii("SQLite format 3"), new("an SQLite database", "Export the table as CSV and give that file.")),
        (Ascii("BZh"), new("a bzip2 file", Unpack)),
        ([0xFD, .. Ascii("7zXZ")], new("an xz file", Unpack)),
        ([0x28, 0xB5, 0x2F, 0xFD], new("a Zstandard file", Unpack)),
        ([.. Ascii("7z"), 0xBC, 0xAF], new("a 7-Zip archive", Unpack)),
        (Ascii("Rar!"), new("a RAR archive", Unpack)),
        (Ascii("%PDF"), new("a PDF document", "Give a CSV file.")),
        ([0x89, .. Ascii("PNG")], new("a picture (PNG)", "Give a CSV file.")),
        ([0xFF, 0xD8, 0xFF], new("a picture (JPEG)", "Give a CSV file.")),
        ([0x93, .. Ascii("NUMPY")], new("a NumPy array", ConvertToCsv)),
        (Ascii("MATLAB 5.0 MAT-file"), new("a MATLAB file", ConvertToCsv)),
        ([0x7F, .. Ascii("ELF")], new("a program", "Give a CSV file.")),
        ([0x1F, 0x8B], new("a gzip file within a gzip file", Unpack)),
    ];

    internal static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <summary>Whether the bytes are those of a zip archive.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> start) => start is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    /// <summary>The kind of a file that is not text; null where it may be text.</summary>
    internal static BinaryKind? OfFile(InputFile file)
    {
        using Stream stream = file.OpenStream();
        return Of(FirstBytes(stream));
    }

    /// <summary>As many first bytes as tell.</summary>
    internal static byte[] FirstBytes(Stream stream)
    {
        var start = new byte[LookedAt];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    /// <summary>The kind that the first bytes of a file tell; null where they may be text.</summary>
    internal static BinaryKind? Of(ReadOnlySpan<byte> start)
    {
        if (IsZip(start)) return OfZip(Encoding.Latin1.GetString(start));
        foreach ((byte[] signature, BinaryKind kind) in s_signatures)
        {
            if (start.StartsWith(signature)) return kind;
        }

        return null;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static BinaryKind OfZip(string start)
    {
        if (start.Contains("xl/", StringComparison.Ordinal) || start.Contains("[Content_Types].xml", StringComparison.Ordinal)) return new("an Excel workbook (xlsx)", SaveAsCsv);
        if (start.Contains("opendocument.spreadsheet", StringComparison.Ordinal)) return new("an OpenDocument sheet (ods)", SaveAsCsv);
        return start.Contains("TransformerChain", StringComparison.Ordinal) || start.Contains("TrainingInfo", StringComparison.Ordinal)
            ? new("a saved ML.NET model", "Give the table of rows; the model comes first on the command line.", IsModel: true)
            : new("a zip archive", Unpack);
    }
}
