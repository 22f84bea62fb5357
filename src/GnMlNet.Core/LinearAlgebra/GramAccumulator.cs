using System.Numerics;
using System.Runtime.InteropServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Accumulates C^T C for a tall matrix C that arrives in blocks of <see cref="RowBlock.Capacity"/> rows, column-major.
/// Each entry adds the blocks in order, whoever computes it, so the bits do not depend on the number of threads.
/// </summary>
internal sealed class GramAccumulator
{
    /// <summary>Columns of a register tile: 3 x 3 accumulators and 6 operands fit the sixteen vector registers of AVX2.</summary>
    private const int Tile = 3;

    private readonly SymmetricMatrix _target;

    /// <param name="target">Where the sums go; its size is a whole number of tiles, see <see cref="PaddedSize"/>.</param>
    internal GramAccumulator(SymmetricMatrix target) => _target = target;

    /// <summary>The number of columns rounded up to whole tiles; the columns of C beyond the real ones must be zero.</summary>
    internal static int PaddedSize(int columnCount) => (columnCount + Tile - 1) / Tile * Tile;

    /// <summary>Adds the products of the columns of <paramref name="blocks"/>, block by block in order.</summary>
    internal void Add(ReadOnlyMemory<double[]> blocks, int threads)
    {
        int tiles = _target.Size / Tile;
        WorkSharing.For(tiles, threads, i =>
        {
            // The longest rows first, so that threads finish together.
            int tileRow = tiles - 1 - i;
            foreach (double[] block in blocks.Span)
            {
                for (int tileColumn = 0; tileColumn <= tileRow; tileColumn++) AddTile(block, tileRow * Tile, tileColumn * Tile);
            }
        });
    }

    private void AddTile(double[] block, int row, int column)
    {
        ReadOnlySpan<Vector<double>> a0 = Lanes(block, row), a1 = Lanes(block, row + 1), a2 = Lanes(block, row + 2);
        ReadOnlySpan<Vector<double>> b0 = Lanes(block, column), b1 = Lanes(block, column + 1), b2 = Lanes(block, column + 2);
        Vector<double> c00 = default, c01 = default, c02 = default;
        Vector<double> c10 = default, c11 = default, c12 = default;
        Vector<double> c20 = default, c21 = default, c22 = default;
        for (int j = 0; j < a0.Length && j < a1.Length && j < a2.Length && j < b0.Length && j < b1.Length && j < b2.Length; j++)
        {
            Vector<double> x0 = a0[j], x1 = a1[j], x2 = a2[j], y = b0[j];
            c00 = Vector.FusedMultiplyAdd(x0, y, c00);
            c10 = Vector.FusedMultiplyAdd(x1, y, c10);
            c20 = Vector.FusedMultiplyAdd(x2, y, c20);
            y = b1[j];
            c01 = Vector.FusedMultiplyAdd(x0, y, c01);
            c11 = Vector.FusedMultiplyAdd(x1, y, c11);
            c21 = Vector.FusedMultiplyAdd(x2, y, c21);
            y = b2[j];
            c02 = Vector.FusedMultiplyAdd(x0, y, c02);
            c12 = Vector.FusedMultiplyAdd(x1, y, c12);
            c22 = Vector.FusedMultiplyAdd(x2, y, c22);
        }

        Accumulate(row, column, c00, c01, c02);
        Accumulate(row + 1, column, c10, c11, c12);
        Accumulate(row + 2, column, c20, c21, c22);
    }

    private void Accumulate(int row, int column, Vector<double> c0, Vector<double> c1, Vector<double> c2)
    {
        Span<double> target = _target.Row(row)[column..];
        target[0] += Vector.Sum(c0);
        if (target.Length > 1) target[1] += Vector.Sum(c1);
        if (target.Length > 2) target[2] += Vector.Sum(c2);
    }

    private static ReadOnlySpan<Vector<double>> Lanes(double[] block, int column) =>
        MemoryMarshal.Cast<double, Vector<double>>(
            block.AsSpan(column * RowBlock.Capacity, RowBlock.Capacity));
}
