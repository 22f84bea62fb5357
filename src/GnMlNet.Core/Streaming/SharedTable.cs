using System.Security.Cryptography;
using System.Text;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// A large table in a folder that other processes read: the layout in a file with a hash, the blocks of every map in one more. Whoever makes it deletes the folder when training ends; the others keep open what they have opened.
/// </summary>
internal static class SharedTable
{
    private const string LayoutFile = "table.layout";

    // The letters GNTB and a number that goes up when the format changes.
    private const int Magic = 0x42544E47;
    private const int FormatVersion = 1;

    /// <summary>The name of the file of a map.</summary>
    internal static string NameOf(int map) => $"map-{map}.rows";

    /// <summary>Writes the layout of a table whose blocks are in the folder.</summary>
    /// <exception cref="TemporaryFileException">The folder is full or cannot be written to.</exception>
    internal static byte[] WriteLayout(LargeTable table, string folder)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(table.InputSize);
        writer.Write(table.MapCount);
        table.Layout.Write(writer);
        writer.Flush();
        byte[] body = stream.ToArray(), hash = SHA256.HashData(body);
        try
        {
            File.WriteAllBytes(Path.Combine(folder, LayoutFile), [.. hash, .. body]);
            return hash;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TemporaryFileException($"The layout of the table cannot be written to the folder '{folder}': {error.Message}", error);
        }
    }

    /// <summary>Opens a table.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="hash">What <see cref="WriteLayout"/> gave.</param>
    /// <exception cref="TemporaryFileException">A file is not there, is damaged, or is of another table.</exception>
    internal static LargeTable Open(string folder, ReadOnlySpan<byte> hash)
    {
        string path = Path.Combine(folder, LayoutFile);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TemporaryFileException($"The table '{path}' cannot be read: {error.Message}", error);
        }

        if (bytes.Length < SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(hash) || !bytes.AsSpan(0, SHA256.HashSizeInBytes).SequenceEqual(hash))
            throw new TemporaryFileException($"The table '{path}' is damaged or another one than training is about.");
        using var reader = new BinaryReader(new MemoryStream(bytes, SHA256.HashSizeInBytes, bytes.Length - SHA256.HashSizeInBytes), Encoding.UTF8);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != FormatVersion) throw new TemporaryFileException($"The table '{path}' was written by another version of GnMlNet.");
        int inputs = reader.ReadInt32(), maps = reader.ReadInt32();
        TableLayout layout = TableLayout.Read(reader);
        var record = new BlockRecord(inputs);
        var views = new List<RecordStore>();
        try
        {
            for (int map = 0; map < maps; map++) views.Add(FileRecords.Open(Path.Combine(folder, NameOf(map)), record.Bytes, layout.BlockCount));
            return new LargeTable(layout, record, [.. views], inputs);
        }
        catch
        {
            foreach (RecordStore view in views) view.Dispose();
            throw;
        }
    }
}
