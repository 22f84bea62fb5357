namespace GnMlNet.Core.LinearAlgebra;

/// <summary>What the left and right columns of a family of dot products are.</summary>
internal enum ProductKind
{
    /// <summary>Pairs of slope columns by pairs of input columns.</summary>
    HiddenByHidden,

    /// <summary>Products of a slope and an input column by other columns.</summary>
    HiddenByOther,

    /// <summary>Other columns by other columns.</summary>
    OtherByOther,
}

/// <summary>
/// The dot products of all left columns of a kind with all right ones, and where their sums lie: panel by panel of <see cref="DotTile.Rows"/> left columns,
/// and in a panel tile by tile.
/// </summary>
internal sealed record ProductFamily(ProductKind Kind, int LeftCount, int RightCount, long Offset, int FirstPanel, int PanelCount)
{
    internal int TileCount => TileStarts.Length - 1;

    /// <summary>The first right column of each tile, and the end. Widths differ by at most one: a single narrow tile would leave the multipliers idle.</summary>
    internal int[] TileStarts { get; } = Split(RightCount, (RightCount + DotTile.MostColumns - 1) / DotTile.MostColumns);

    /// <summary>Makes a family whose sums and panels follow those before it.</summary>
    internal static ProductFamily Create(ProductKind kind, int leftCount, int rightCount, ref long offset, ref int firstPanel)
    {
        int panels = (leftCount + DotTile.Rows - 1) / DotTile.Rows;
        var family = new ProductFamily(kind, leftCount, rightCount, offset, firstPanel, panels);
        offset += (long)panels * family.TileCount * DotTile.Size;
        firstPanel += panels;
        return family;
    }

    internal long TileIndex(int panel, int tile) => Offset + ((((long)panel * TileCount) + tile) * DotTile.Size);

    internal long SumIndex(int left, int right)
    {
        int tile = (int)(((((long)right + 1) * TileCount) - 1) / RightCount);
        return TileIndex(left / DotTile.Rows, tile) + (left % DotTile.Rows * DotTile.MostColumns) + right - TileStarts[tile];
    }

    private static int[] Split(int count, int parts) => [.. Enumerable.Range(0, parts + 1).Select(part => (int)((long)count * part / Math.Max(parts, 1)))];
}
