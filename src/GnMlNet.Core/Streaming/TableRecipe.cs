using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>How rows become the blocks of a large table: what a part becomes depends on this, its number and its rows alone, whoever makes it.</summary>
/// <param name="Maps">How features become inputs.</param>
/// <param name="Label">The scale of the label.</param>
/// <param name="Folds">Which members leave out a row.</param>
/// <param name="Seed">The seed of the order of rows.</param>
internal sealed record TableRecipe(IReadOnlyList<FeatureMap> Maps, ColumnScale Label, FoldRule Folds, ulong Seed)
{
    // Numbers of a part that lie in memory at a time, and its rows where they are few.
    private const int NumbersOfPart = 1 << 23;
    private const int MostBlocksOfPart = 512;
    private const int LeastBlocksOfPart = 16;

    // A map of a column as bytes.
    private const int MapBytes = 8 * sizeof(double);

    private readonly int? _blocksOfPart;

    /// <summary>d.</summary>
    internal int InputSize => Maps[0].Columns.Count;

    /// <summary>How many blocks of the source become a part.</summary>
    internal int BlocksOfPart
    {
        get => _blocksOfPart ?? BlocksOf(InputSize);
        init => _blocksOfPart = value;
    }

    /// <summary>The cells of all rows, where these are not found from the rows alone; null where they are.</summary>
    internal RowCells? Cells { get; init; }

    /// <summary>How many blocks of a source become a part: so many in memory at a time.</summary>
    internal static int BlocksOf(int inputs) => Math.Clamp(NumbersOfPart / (RowBlock.Capacity * (inputs + 2)), LeastBlocksOfPart, MostBlocksOfPart);

    /// <summary>The cells of the rows of a block, by their places among all cells.</summary>
    /// <param name="block">The block, with features as they came.</param>
    /// <param name="firstNumber">The number in the table of its first row.</param>
    internal int[] CellsOf(SourceBlock block, long firstNumber) =>
        Cells?.Of(firstNumber, block.Rows.RowCount) ?? [.. Enumerable.Range(0, block.Rows.RowCount).Select(j => Folds.IndexOf(Folds.Of(block.Rows, j, block.GroupOf(j), firstNumber + j)))];

    /// <summary>The cells of all rows of a source.</summary>
    /// <exception cref="ArgumentException">They take more bytes than an array has.</exception>
    internal RowCells FindCells(IRowSource source, CancellationToken cancellation)
    {
        var cells = new RowCells(source.RowCount, Folds.CellCount);
        long number = 0;
        foreach (SourceBlock block in source.Blocks())
        {
            cancellation.ThrowIfCancellationRequested();
            cells.Set(number, CellsOf(block, number));
            number += block.Rows.RowCount;
        }

        return cells;
    }

    /// <summary>Writes it; of groups that the rule of folds knows their rows' cells must be there instead.</summary>
    internal void Write(StateWriter writer)
    {
        writer.Write(Maps.Count);
        writer.Write(InputSize);
        foreach (ColumnMap column in Maps.SelectMany(map => map.Columns))
            writer.Write([column.Scale.Mean, column.Scale.Deviation, column.Power, column.Least, column.Greatest, column.BentScale.Mean, column.BentScale.Deviation, column.Softness]);
        writer.Write([Label.Mean, Label.Deviation]);
        Folds.Write(writer);
        writer.Write((long)Seed);
        writer.Write(BlocksOfPart);
        writer.Write(Cells is not null);
        Cells?.Write(writer);
    }

    /// <summary>Reads it.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <exception cref="FormatException">It is none.</exception>
    internal static TableRecipe Read(StateReader reader, long rows)
    {
        int maps = reader.ReadInt32(1, byte.MaxValue, "the number of maps"), inputs = reader.ReadInt32(1, int.MaxValue, "the number of inputs");
        reader.Check(inputs <= reader.Remaining / MapBytes / maps, $"{maps} maps of {inputs} inputs do not fit into it");
        FeatureMap[] of = [.. Enumerable.Range(0, maps).Select(_ => new FeatureMap([.. Enumerable.Range(0, inputs).Select(_ => ReadColumn(reader))]))];
        double[] label = reader.ReadFinite(2, "the scale of the label");
        var folds = FoldRule.Read(reader);
        ulong seed = (ulong)reader.ReadInt64(long.MinValue, long.MaxValue, "the seed");
        int blocks = reader.ReadInt32(1, MostBlocksOfPart, "the number of blocks of a part");
        return new TableRecipe(of, new ColumnScale(label[0], label[1]), folds, seed)
        {
            BlocksOfPart = blocks,
            Cells = reader.ReadBoolean("whether there are cells") ? RowCells.Read(reader, rows, folds.CellCount) : null,
        };
    }

    private static ColumnMap ReadColumn(StateReader reader)
    {
        double[] of = reader.ReadAny(MapBytes / sizeof(double), "the map of a column");
        reader.Check(!of.Any(double.IsNaN), "a map of a column has a number that is none");
        return new ColumnMap(new ColumnScale(of[0], of[1]), of[2], of[3], of[4], new ColumnScale(of[5], of[6]), of[7]);
    }
}
