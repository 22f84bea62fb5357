using Parquet;
using Parquet.Schema;

namespace GnMlNet.Cli.Reading;

/// <summary>An open Parquet file: its fields, and its row groups, of which the cells of a column are read at once.</summary>
internal sealed class ParquetGroups : IDisposable
{
    private readonly string _name;
    private readonly Stream _stream;
    private readonly ParquetReader _reader;

    private ParquetGroups(string name, Stream stream, ParquetReader reader, Field[] fields) => (_name, _stream, _reader, Fields) = (name, stream, reader, fields);

    /// <summary>The fields of its schema, nested ones among them, each once.</summary>
    internal IReadOnlyList<Field> Fields { get; }

    /// <summary>How many row groups there are.</summary>
    internal int Count => _reader.RowGroupCount;

    /// <exception cref="UserError">It is damaged or encrypted.</exception>
    internal static ParquetGroups Open(InputFile file)
    {
        var stream = new WholeStream(file.OpenStream());
        try
        {
            ParquetFooter.Check(file.Name, stream);
            ParquetReader reader = ParquetReader.CreateAsync(stream, new ParquetOptions { UseBigDecimal = true }).GetAwaiter().GetResult();
            if (reader.Metadata is { EncryptionAlgorithm: not null }) throw ParquetFooter.Encrypted(file.Name);
            return new ParquetGroups(file.Name, stream, reader, [.. reader.Schema.Fields]);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            stream.Dispose();
            if (error is UserError) throw;
            throw Explained(file.Name, "what it says about its columns", error);
        }
    }

    /// <summary>How many rows a row group has.</summary>
    internal int RowCountOf(int group) => checked((int)_reader.RowGroups[group].RowCount);

    /// <summary>The cells of a column in a row group.</summary>
    /// <exception cref="UserError">They cannot be read.</exception>
    internal ParquetCells Read(int group, ParquetColumn column)
    {
        try
        {
            return column.Read(_reader.RowGroups[group]);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Explained(_name, Invariant($"column '{column.Name}' in row group {group + 1}"), error);
        }
    }

    public void Dispose() => _stream.Dispose();

    // Whatever goes wrong here is the file's fault.
    private static UserError Explained(string name, string what, Exception error)
    {
        string reason = error.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return error switch
        {
            NotSupportedException or NotImplementedException or ParquetException => new($"{name}: {what} is of a kind of Parquet that cannot be read ({reason}). Write the file again with usual types, compressed with Snappy, gzip or Zstandard or not at all, or give a CSV file."),
            IOException or InvalidDataException => new($"{name} is a damaged Parquet file: {what} cannot be read ({reason}). Copy or download it again."),
            _ => new($"{name} is a damaged Parquet file, or written in a way that is not known here: {what} cannot be read. Copy or download it again; if it is whole, write it again, or give a CSV file."),
        };
    }
}
