namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A symmetric matrix kept as the rows of its lower triangle: row i holds entries 0 to i.</summary>
internal sealed class SymmetricMatrix
{
    private readonly double[][] _rows;

    internal SymmetricMatrix(int size)
    {
        _rows = new double[size][];
        for (int i = 0; i < size; i++) _rows[i] = new double[i + 1];
    }

    internal int Size => _rows.Length;

    internal double this[int i, int j]
    {
        get => i >= j ? _rows[i][j] : _rows[j][i];
        set => Row(Math.Max(i, j))[Math.Min(i, j)] = value;
    }

    /// <summary>The bytes that a matrix of this size takes.</summary>
    internal static long Bytes(long size) => sizeof(double) * size * (size + 1) / 2;

    internal Span<double> Row(int i) => _rows[i];

    internal void Clear()
    {
        foreach (double[] row in _rows) Array.Clear(row);
    }

    /// <summary>The largest entry of the diagonal among the first <paramref name="count"/>.</summary>
    internal double LargestDiagonal(int count)
    {
        double largest = 0;
        for (int i = 0; i < count; i++) largest = Math.Max(largest, _rows[i][i]);
        return largest;
    }
}
