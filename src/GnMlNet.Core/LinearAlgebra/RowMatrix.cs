namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A matrix of doubles, row by row in one piece of memory, zero at first.</summary>
internal sealed unsafe class RowMatrix
{
    // Columns that are transposed at a time stay in the first-level cache.
    private const int Tile = 32;

    private readonly AlignedBuffer<double> _values;

    internal RowMatrix(int rows, int columns)
    {
        (Rows, Columns, Stride) = (rows, columns, AlignedBuffer<double>.StrideOf(columns));
        _values = new AlignedBuffer<double>((long)rows * Stride);
    }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>From one row to the next.</summary>
    internal int Stride { get; }

    internal double* Pointer => _values.Pointer;

    /// <summary>The bytes that a matrix of this size takes.</summary>
    internal static double Bytes(double rows, double columns) => sizeof(double) * rows * (columns + 16);

    internal double* RowPointer(int i) => _values.Pointer + ((long)i * Stride);

    /// <summary>Writes some entries of a column, from a row on.</summary>
    internal void SetColumn(int column, int firstRow, ReadOnlySpan<double> values)
    {
        for (int j = 0; j < values.Length; j++) RowPointer(firstRow + j)[column] = values[j];
    }

    internal Span<double> Row(int i) => _values.Slice((long)i * Stride, Columns);

    /// <summary>Writes the transpose of the first rows of another matrix here; columns beyond them stay as they are.</summary>
    internal void TransposeFrom(RowMatrix other, int rows)
    {
        for (int block = 0; block < rows; block += Tile)
        {
            for (int j = 0; j < other.Columns; j++)
            {
                double* to = Pointer + ((long)j * Stride);
                for (int i = block; i < Math.Min(rows, block + Tile); i++) to[i] = other.Pointer[((long)i * other.Stride) + j];
            }
        }
    }

    /// <summary>Adds A A^T, A the first columns of this matrix, to a symmetric one with as many rows as this.</summary>
    internal void AddOuterProduct(int columns, SymmetricMatrix target, WorkSharing work)
    {
        int pieces = work.Threads == 1 ? 1 : 8 * work.Threads;
        work.For(pieces, piece =>
        {
            // Rows of a triangle: pieces of about equal work.
            int first = (int)(Rows * Math.Sqrt((double)piece / pieces)), end = (int)(Rows * Math.Sqrt((piece + 1.0) / pieces));
            // All columns, so that the tiles of an entry, and with them the order of its sum, are the same in every piece; those beyond the diagonal are left out anyway.
            if (end > first)
                BlockedProduct.Add(Pointer + ((long)first * Stride), Stride, Pointer, Stride, target.Pointer + ((long)first * target.Stride), target.Stride, end - first, Rows, columns, diagonal: first, sign: 1);
        });
    }
}
