using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Preparation;

namespace GnMlNet.Cli.Clustering;

/// <summary>The columns that are read from a file, as bytes.</summary>
internal static class ShardColumns
{
    // Columns are known by these numbers.
    private const int Text = 1, Single = 2, Double = 3;

    // The numbers of a column: as they are written, or as a part of dates.
    private const int Written = 1, OfDate = 2;

    private const int ColumnBytes = 3 * sizeof(int);

    internal static void Write(CheckedBytes.Writer writer, IReadOnlyList<FileColumn> columns)
    {
        writer.Write(columns.Count);
        foreach (FileColumn column in columns)
        {
            writer.Write(column.Name);
            switch (column)
            {
                case FileColumn.Text text:
                    writer.Write(Text);
                    writer.Write(text.Index);
                    break;
                case FileColumn.Single single:
                    writer.Write(Single);
                    Write(writer, single.Numbers);
                    break;
                case FileColumn.Double numbers:
                    writer.Write(Double);
                    Write(writer, numbers.Numbers);
                    break;
                default:
                    throw new NotSupportedException($"There are no bytes for a {column.GetType().Name}.");
            }
        }
    }

    /// <exception cref="FormatException">They are none.</exception>
    internal static FileColumn[] Read(CheckedBytes.Reader reader, int width, MissingMarks missing)
    {
        var columns = new FileColumn[reader.ReadCount(ColumnBytes, "columns that are read")];
        for (int k = 0; k < columns.Length; k++)
        {
            string name = reader.ReadText("the name of a column");
            columns[k] = reader.ReadInt32(Text, Double, "the kind of a column") switch
            {
                Text => new FileColumn.Text(name, ReadIndex(reader, width)),
                Single => new FileColumn.Single(name, ReadNumbers(reader, width, missing)),
                _ => new FileColumn.Double(name, ReadNumbers(reader, width, missing)),
            };
        }

        return columns;
    }

    private static void Write(CheckedBytes.Writer writer, NumberSource numbers)
    {
        writer.Write(numbers is NumberSource.Written ? Written : OfDate);
        writer.Write(numbers.Index);
        switch (numbers)
        {
            case NumberSource.Written written:
                writer.Write(written.Notation.DecimalMark);
                writer.Write(written.Notation.GroupMark ?? -1);
                writer.Write(written.Notation.IsPercent);
                break;
            case NumberSource.PartOfDate date:
                writer.Write(DateNotation.All.ToList().IndexOf(date.Notation));
                writer.Write((int)date.Part);
                break;
        }
    }

    private static NumberSource ReadNumbers(CheckedBytes.Reader reader, int width, MissingMarks missing)
    {
        bool isWritten = reader.ReadInt32(Written, OfDate, "where numbers come from") == Written;
        int index = ReadIndex(reader, width);
        if (!isWritten)
            return new NumberSource.PartOfDate(index, missing, DateNotation.All[reader.ReadInt32(0, DateNotation.All.Count - 1, "how dates are written")], (DatePart)reader.ReadInt32(0, Enum.GetValues<DatePart>().Length - 1, "the part of dates"));
        char mark = (char)reader.ReadInt32(0, char.MaxValue, "the decimal mark");
        int group = reader.ReadInt32(-1, char.MaxValue, "the mark between groups of digits");
        return new NumberSource.Written(index, missing, new NumberNotation(mark, group < 0 ? null : (char)group, reader.ReadBoolean("whether there are percent signs")));
    }

    private static int ReadIndex(CheckedBytes.Reader reader, int width) => reader.ReadInt32(0, width - 1, "the number of a column");
}
