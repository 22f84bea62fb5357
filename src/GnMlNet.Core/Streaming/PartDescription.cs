using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>All that others need to make parts of a large table themselves, as bytes. What is read is checked: nothing is allocated that the bytes do not hold.</summary>
/// <param name="Recipe">How rows become blocks.</param>
/// <param name="Marks">What is in every part.</param>
/// <param name="Reading">How rows are read; opaque here.</param>
internal sealed record PartDescription(TableRecipe Recipe, PartMark[] Marks, ReadOnlyMemory<byte> Reading)
{
    private const int MarkBytes = (2 * sizeof(long)) + sizeof(int);

    /// <summary>The layout of all parts, once it is known.</summary>
    internal TableLayout? Layout { get; init; }

    internal byte[] ToBytes()
    {
        var stream = new MemoryStream();
        using var writer = new StateWriter(stream);
        writer.Write(Marks.Length);
        foreach (PartMark mark in Marks)
        {
            writer.Write(mark.Place);
            writer.Write(mark.Rows);
            writer.Write((long)mark.Hash);
        }

        Recipe.Write(writer);
        writer.WriteCounted(Reading.Span);
        writer.Write(Layout is not null);
        if (Layout is not null)
        {
            using var layout = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            Layout.Write(layout);
        }

        return stream.ToArray();
    }

    /// <summary>The description that bytes are.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    internal static PartDescription Read(ReadOnlyMemory<byte> bytes)
    {
        var stream = new MemoryStream(bytes.ToArray());
        using var reader = new StateReader(stream, "The description of a table", "Train again.");
        var marks = new PartMark[reader.ReadCount(MarkBytes, "parts")];
        reader.Check(marks.Length > 0, "it has no parts");
        for (int part = 0; part < marks.Length; part++)
            marks[part] = new PartMark(reader.ReadInt64(part == 0 ? 0 : marks[part - 1].Place + 1, long.MaxValue, "where a part begins"), reader.ReadInt32(1, int.MaxValue, "the rows of a part"), (ulong)reader.ReadInt64(long.MinValue, long.MaxValue, "the hash of a part"));
        var recipe = TableRecipe.Read(reader, marks.Sum(mark => (long)mark.Rows));
        int rows = recipe.BlocksOfPart * RowBlock.Capacity;
        for (int part = 0; part < marks.Length; part++) reader.Check(part < marks.Length - 1 ? marks[part].Rows == rows : marks[part].Rows <= rows, $"part {part} has {marks[part].Rows} rows");
        byte[] reading = reader.ReadCounted("how rows are read");
        bool hasLayout = reader.ReadBoolean("whether there is a layout");
        var description = new PartDescription(recipe, marks, reading) { Layout = hasLayout ? ReadLayout(stream) : null };
        reader.End();
        if (description.Layout is { } layout)
            reader.Check(layout.PartCount == marks.Length && layout.Folds == recipe.Folds.Folds && Enumerable.Range(0, marks.Length).All(part => layout.FirstBlock(part) < layout.FirstBlock(part + 1)), "its layout is of other parts");
        return description;
    }

    private static TableLayout ReadLayout(MemoryStream stream)
    {
        try
        {
            using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            return TableLayout.Read(reader);
        }
        catch (EndOfStreamException)
        {
            throw new FormatException("The description of a table is not valid: its layout ends early. Train again.");
        }
    }
}
