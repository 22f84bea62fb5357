using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The sums of <see cref="UnitBlocks"/> over a block of rows: products of a column for each unit by the products of two inputs, which all units share, in the same tiles as
/// <see cref="GramAccumulator{T}"/>. Linear in the number of units.
/// </summary>
internal static unsafe class UnitProducts
{
    [ThreadStatic]
    private static AlignedBuffer<float>? t_scratch;

    /// <summary>Writes the sums over a block of rows, row by row and both triangles, in the order of <see cref="UnitBlocks"/>.</summary>
    /// <param name="block">The factors of J.</param>
    /// <param name="columns">What the sums are of.</param>
    /// <param name="blocks">Which layout the sums have.</param>
    /// <param name="sums">Where they go.</param>
    [SkipLocalsInit]
    internal static void Compute<TColumns>(JacobianFactors<float> block, TColumns columns, UnitBlocks blocks, Span<double> sums)
        where TColumns : IUnitColumns
    {
        int inputs = blocks.Inputs, size = blocks.Size, pairs = inputs * (inputs + 1) / 2, rows = JacobianFactors<float>.Rows;
        nint stride = JacobianFactors<float>.Stride;
        long length = (pairs + (2 * DotTile.Rows)) * (long)stride;
        if (t_scratch is null || t_scratch.Length < length) t_scratch = new AlignedBuffer<float>(length);
        AlignedBuffer<float> scratch = t_scratch;
        float* products = scratch.Pointer + (2 * DotTile.Rows * stride);
        int pair = 0;
        for (int k = 0; k < inputs; k++)
        {
            for (int l = 0; l <= k; l++, pair++) Vectors.Multiply(block.Input(k), block.Input(l), new Span<float>(products + (pair * stride), rows));
        }

        double* tile = stackalloc double[DotTile.Size];
        for (int first = 0; first < blocks.Units; first += DotTile.Rows)
        {
            int used = Math.Min(DotTile.Rows, blocks.Units - first);
            float* quadratic = scratch.Pointer, linear = quadratic + (DotTile.Rows * stride);
            for (int r = 0; r < used; r++)
                sums[((first + r + 1) * size * size) - 1] = columns.Form(block, first + r, new Span<float>(quadratic + (r * stride), rows), new Span<float>(linear + (r * stride), rows));

            (int row, int column) = (0, 0);
            for (int c = 0; c < pairs; c += DotTile.MostColumns)
            {
                int width = Math.Min(DotTile.MostColumns, pairs - c);
                new Span<double>(tile, DotTile.Size).Clear();
                DotTile.Accumulate(rows, quadratic, stride, products + (c * stride), stride, width, tile);
                for (int at = 0; at < width; at++)
                {
                    for (int r = 0; r < used; r++)
                    {
                        Span<double> of = sums.Slice((first + r) * size * size, size * size);
                        of[(row * size) + column] = of[(column * size) + row] = tile[(r * DotTile.MostColumns) + at];
                    }

                    (row, column) = column < row ? (row, column + 1) : (row + 1, 0);
                }
            }

            for (int k = 0; k < inputs; k += DotTile.MostColumns)
            {
                int width = Math.Min(DotTile.MostColumns, inputs - k);
                new Span<double>(tile, DotTile.Size).Clear();
                DotTile.Accumulate(rows, linear, stride, block.Inputs.Pointer + (k * stride), stride, width, tile);
                for (int r = 0; r < used; r++)
                {
                    Span<double> of = sums.Slice((first + r) * size * size, size * size);
                    for (int c = 0; c < width; c++) of[(inputs * size) + k + c] = of[((k + c) * size) + inputs] = tile[(r * DotTile.MostColumns) + c];
                }
            }
        }
    }
}
