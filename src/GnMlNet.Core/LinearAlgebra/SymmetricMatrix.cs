namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A symmetric matrix kept as its lower triangle, row by row in one piece of memory; what lies above the diagonal means nothing.</summary>
internal sealed unsafe class SymmetricMatrix
{
    private readonly AlignedBuffer<double> _values;

    internal SymmetricMatrix(int size)
    {
        Size = size;
        Stride = AlignedBuffer<double>.StrideOf(size);
        _values = new AlignedBuffer<double>((long)size * Stride);
    }

    internal int Size { get; }

    /// <summary>From one row to the next.</summary>
    internal int Stride { get; }

    internal double* Pointer => _values.Pointer;

    internal double this[int i, int j]
    {
        get => _values.Slice(Index(i, j), 1)[0];
        set => _values.Slice(Index(i, j), 1)[0] = value;
    }

    /// <summary>The bytes that a matrix of this size takes.</summary>
    internal static double Bytes(double size) => sizeof(double) * size * (size + 16);

    /// <summary>Whether a matrix of this size fits into one piece of memory.</summary>
    internal static bool CanHold(long size) => size <= int.MaxValue / 2 && size * AlignedBuffer<double>.StrideOf((int)size) <= AlignedBuffer<double>.MaxLength;

    /// <summary>Entries 0 to i of row i.</summary>
    internal Span<double> Row(int i) => _values.Slice((long)i * Stride, i + 1);

    /// <summary>Copies the lower triangle out, row by row without gaps.</summary>
    internal void PackTo(Span<double> triangle)
    {
        for (int i = 0, at = 0; i < Size; at += ++i) Row(i).CopyTo(triangle[at..]);
    }

    /// <summary>Overwrites the lower triangle with one that lies row by row without gaps.</summary>
    internal void UnpackFrom(ReadOnlySpan<double> triangle)
    {
        for (int i = 0, at = 0; i < Size; at += ++i) triangle.Slice(at, i + 1).CopyTo(Row(i));
    }

    /// <summary>Multiplies every entry by <paramref name="factor"/>.</summary>
    internal void Scale(double factor)
    {
        for (int i = 0; i < Size; i++)
        {
            foreach (ref double value in Row(i)) value *= factor;
        }
    }

    private long Index(int i, int j) => ((long)Math.Max(i, j) * Stride) + Math.Min(i, j);
}
