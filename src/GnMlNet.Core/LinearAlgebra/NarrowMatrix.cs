namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A matrix in single precision, row by row, and its products with vectors: the sums of a piece of rows or of a row are made in floats, those of pieces in doubles.</summary>
internal sealed unsafe class NarrowMatrix
{
    // Rows whose sums are made in floats.
    private const int Piece = 256;

    private readonly AlignedBuffer<float> _values;
    private readonly int _stride;

    internal NarrowMatrix(int rows, int columns)
    {
        (Rows, Columns, _stride) = (rows, columns, AlignedBuffer<float>.StrideOf(columns));
        _values = new AlignedBuffer<float>((long)rows * _stride);
    }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>The bytes that a matrix of this size takes.</summary>
    internal static double Bytes(double rows, double columns) => sizeof(float) * rows * (columns + 32);

    /// <summary>Whether a matrix of this size fits into one piece of memory.</summary>
    internal static bool CanHold(long rows, int columns) => rows * AlignedBuffer<float>.StrideOf(columns) <= AlignedBuffer<float>.MaxLength;

    /// <summary>Rounds numbers into a row.</summary>
    internal void SetRow(int i, ReadOnlySpan<double> values) => Vectors.Narrow(values, _values.Slice((long)i * _stride, Columns));

    /// <summary>A v.</summary>
    internal double[] Multiply(ReadOnlySpan<double> v, WorkSharing work)
    {
        var narrowed = new float[Columns];
        for (int j = 0; j < narrowed.Length; j++) narrowed[j] = (float)v[j];
        var product = new double[Rows];
        work.For((Rows + Piece - 1) / Piece, piece =>
        {
            fixed (float* x = narrowed)
            {
                for (int i = piece * Piece; i < Math.Min(Rows, (piece + 1) * Piece); i++) product[i] = Vectors.Dot(_values.Pointer + ((long)i * _stride), x, Columns);
            }
        });
        return product;
    }

    /// <summary>A^T v.</summary>
    internal double[] MultiplyTransposed(ReadOnlySpan<double> v, WorkSharing work)
    {
        var narrowed = new float[Rows];
        for (int i = 0; i < narrowed.Length; i++) narrowed[i] = (float)v[i];
        var sums = new float[(Rows + Piece - 1) / Piece][];
        work.For(sums.Length, piece =>
        {
            sums[piece] = new float[Columns];
            fixed (float* to = sums[piece])
            {
                for (int i = piece * Piece; i < Math.Min(Rows, (piece + 1) * Piece); i++) Vectors.AddScaled(_values.Pointer + ((long)i * _stride), narrowed[i], to, Columns);
            }
        });
        var product = new double[Columns];
        foreach (float[] sum in sums)
        {
            for (int j = 0; j < product.Length; j++) product[j] += sum[j];
        }

        return product;
    }
}
