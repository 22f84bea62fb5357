using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// C += sign A B^T for matrices stored row by row, in blocks that stay in the caches: <see cref="InnerBlock"/> columns of <see cref="ColumnBlock"/> rows of B
/// are held while all rows of A pass by. What an entry of C gets does not depend on the entries beside it.
/// </summary>
internal static unsafe class BlockedProduct
{
    // 512 columns of a tile's rows of A and B fill the first-level cache, 32 rows of B a quarter of the second.
    private const int InnerBlock = 512;
    private const int ColumnBlock = 32;

    /// <summary>
    /// Adds the product of A (rows x inner) and the transpose of B (columns x inner); strides go from one row to the next. Entry (i, j) is left out where
    /// j - i is at least diagonal plus the height of a tile: what lies right of a diagonal of C is not needed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining), SkipLocalsInit]
    internal static void Add(double* a, nint strideA, double* b, nint strideB, double* c, nint strideC, int rows, int columns, int inner, int diagonal, double sign)
    {
        // Whole vectors are cleared.
        double* tile = stackalloc double[DotTile.Size + Vector<double>.Count];
        // Fewer rows than a tile has are done one by one: with stride 0 every row of the tile is the same.
        (int panel, nint tileStride) = rows < DotTile.Rows ? (1, (nint)0) : (DotTile.Rows, strideA);
        for (int start = 0; start < inner; start += InnerBlock)
        {
            int length = Math.Min(InnerBlock, inner - start);
            for (int block = 0; block < columns; block += ColumnBlock)
            {
                int blockEnd = Math.Min(columns, block + ColumnBlock);
                for (int i = 0; i < rows; i += panel)
                {
                    // The last panel is moved up to stay within the matrix; what it shares with the one before is not added twice.
                    int first = Math.Min(i, rows - panel);
                    for (int j = block; j < Math.Min(blockEnd, i + panel + diagonal); j += DotTile.MostColumns)
                    {
                        int width = Math.Min(DotTile.MostColumns, blockEnd - j);
                        for (int q = 0; q < DotTile.Size; q += Vector<double>.Count) Vector<double>.Zero.Store(tile + q);
                        DotTile.Accumulate(length, a + (first * strideA) + start, tileStride, b + (j * strideB) + start, strideB, width, tile);
                        for (int r = i - first; r < panel; r++) AddTile(tile + (r * DotTile.MostColumns), sign, c + ((first + r) * strideC) + j, width);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTile(double* sums, double sign, double* target, int width)
    {
        if (width == DotTile.MostColumns && Vector<double>.Count <= DotTile.MostColumns)
        {
            var factor = new Vector<double>(sign);
            for (int q = 0; q < DotTile.MostColumns; q += Vector<double>.Count) Vector.FusedMultiplyAdd(factor, Vector.Load(sums + q), Vector.Load(target + q)).Store(target + q);
            return;
        }

        for (int q = 0; q < width; q++) target[q] += sign * sums[q];
    }
}
