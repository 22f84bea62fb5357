using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Clustering;

/// <summary>How the rows of a table in files are read and prepared, for silos that read them themselves: as bytes, which are checked when they are read.</summary>
/// <param name="Settings">What the user said about how the files are written.</param>
/// <param name="Label">The label as the files call it, by which the header of a text is found.</param>
/// <param name="Header">The names of the columns.</param>
/// <param name="Files">The files in order.</param>
/// <param name="Forms">How the cells are written.</param>
/// <param name="Columns">The columns that are read.</param>
/// <param name="Split">Which rows are trained on.</param>
/// <param name="LabelColumn">The label's column after the preparation.</param>
/// <param name="Preparation">The fitted preparation, as ML.NET saves it.</param>
internal sealed record ShardReading(
    ReadingSettings Settings,
    string Label,
    IReadOnlyList<string> Header,
    IReadOnlyList<Shard> Files,
    CellForms Forms,
    IReadOnlyList<FileColumn> Columns,
    RowSplit Split,
    string LabelColumn,
    byte[] Preparation)
{
    // Two lengths, a size and a number of rows.
    private const int ShardBytes = sizeof(int) + sizeof(long) + sizeof(int);

    /// <summary>How a table is read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="split">Which of its rows are trained on.</param>
    /// <param name="preparation">The fitted preparation, as ML.NET saves it.</param>
    /// <exception cref="UserError">A file cannot be read again by its path.</exception>
    internal static ShardReading Of(RegressionTable table, RowSplit split, byte[] preparation)
    {
        TableFile file = table.Profile.File;
        IReadOnlyList<int?> rows = file is JoinedFile joined ? [.. joined.Parts.Select(part => part.RowCount)] : [file.Scan.RowCount];
        return new ShardReading(file.Settings, table.Label, file.Header, [.. file.FileNames.Zip(rows, (name, count) => Shard.Of(name, count!.Value))], file.Scan.Forms, table.Columns, split, table.LabelColumn, preparation);
    }

    internal byte[] ToBytes() => CheckedBytes.Write(writer =>
    {
        WriteSettings(writer);
        writer.Write(Label);
        writer.Write(Header);
        writer.Write(Files.Count);
        foreach (Shard file in Files)
        {
            writer.Write(file.Path);
            writer.Write(file.Bytes);
            writer.Write(file.RowCount);
        }

        Forms.Write(writer);
        ShardColumns.Write(writer, Columns);
        Split.Write(writer);
        writer.Write(LabelColumn);
        writer.Write(Preparation);
    });

    /// <exception cref="FormatException">They are none.</exception>
    internal static ShardReading Read(ReadOnlyMemory<byte> bytes) => CheckedBytes.Read(bytes, "How shards are read", reader =>
    {
        ReadingSettings settings = ReadSettings(reader);
        string label = reader.ReadText("the label");
        string[] header = reader.ReadTexts("columns");
        var files = new Shard[reader.ReadCount(ShardBytes, "files")];
        for (int k = 0; k < files.Length; k++) files[k] = new Shard(reader.ReadText("the path of a file"), reader.ReadInt64(0, long.MaxValue, "the size of a file"), reader.ReadInt32(0, int.MaxValue, "the rows of a file"));
        long rows = files.Sum(file => (long)file.RowCount);
        reader.Check(header.Length > 0 && files.Length > 0 && rows <= int.MaxValue, $"{header.Length} columns, {files.Length} files and {rows} rows");
        return new ShardReading(
            settings,
            label,
            header,
            files,
            CellForms.Read(reader, header.Length),
            ShardColumns.Read(reader, header.Length, new MissingMarks(settings.MissingMarks)),
            RowSplit.Read(reader, (int)rows),
            reader.ReadText("the label's column"),
            reader.ReadBytes("the preparation"));
    });

    private void WriteSettings(CheckedBytes.Writer writer)
    {
        writer.Write(Settings.Delimiter ?? -1);
        writer.Write(Settings.DecimalMark ?? -1);
        writer.Write(Settings.DateOrder is { } order ? (int)order : -1);
        writer.Write(Settings.HasNoHeader);
        writer.Write(Settings.MissingMarks);
    }

    private static ReadingSettings ReadSettings(CheckedBytes.Reader reader)
    {
        static char? Mark(int value) => value < 0 ? null : (char)value;
        return new ReadingSettings
        {
            Delimiter = Mark(reader.ReadInt32(-1, char.MaxValue, "the delimiter")),
            DecimalMark = Mark(reader.ReadInt32(-1, char.MaxValue, "the decimal mark")),
            DateOrder = reader.ReadInt32(-1, Enum.GetValues<DateOrder>().Length - 1, "the order of dates") is var order and >= 0 ? (DateOrder)order : null,
            HasNoHeader = reader.ReadBoolean("whether there is no header"),
            MissingMarks = reader.ReadTexts("marks of missing values"),
        };
    }
}
