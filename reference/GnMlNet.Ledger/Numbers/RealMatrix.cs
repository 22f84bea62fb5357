namespace GnMlNet.Ledger.Numbers;

/// <summary>A small dense matrix of enclosed numbers, row by row.</summary>
internal sealed class RealMatrix(int rows, int columns)
{
    private readonly Real[] _entries = new Real[rows * columns];

    internal int Rows => rows;

    internal int Columns => columns;

    internal Real this[int row, int column]
    {
        get => _entries[(row * columns) + column];
        set => _entries[(row * columns) + column] = value;
    }

    internal static RealMatrix Of(int rows, int columns, Func<int, int, Real> entry)
    {
        var matrix = new RealMatrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) matrix[i, j] = entry(i, j);
        }

        return matrix;
    }

    internal static RealMatrix Symmetric(int size, Func<int, int, Real> entry)
    {
        var matrix = new RealMatrix(size, size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++) matrix[i, j] = matrix[j, i] = entry(i, j);
        }

        return matrix;
    }

    internal ReadOnlySpan<Real> Row(int row) => _entries.AsSpan(row * columns, columns);

    internal RealMatrix Transpose() => Of(columns, rows, (i, j) => this[j, i]);

    public static RealMatrix operator *(RealMatrix a, RealMatrix b)
    {
        RealMatrix other = b.Transpose();
        return Of(a.Rows, b.Columns, (i, j) => RealVectors.Dot(a.Row(i), other.Row(j)));
    }

    public static RealMatrix operator +(RealMatrix a, RealMatrix b) => Of(a.Rows, a.Columns, (i, j) => a[i, j] + b[i, j]);

    public static RealMatrix operator -(RealMatrix a, RealMatrix b) => Of(a.Rows, a.Columns, (i, j) => a[i, j] - b[i, j]);

    public static RealMatrix operator *(Real factor, RealMatrix a) => Of(a.Rows, a.Columns, (i, j) => factor * a[i, j]);

    /// <summary>A A^T, with exactly equal halves.</summary>
    internal RealMatrix RowGram() => Symmetric(rows, (i, j) => RealVectors.Dot(Row(i), Row(j)));

    /// <summary>a A + b I.</summary>
    internal RealMatrix Blend(Real a, Real b) => Of(rows, columns, (i, j) => i == j ? (a * this[i, j]) + b : a * this[i, j]);

    internal Real[] Times(ReadOnlySpan<Real> vector)
    {
        var product = new Real[rows];
        for (int i = 0; i < rows; i++) product[i] = RealVectors.Dot(Row(i), vector);
        return product;
    }

    internal Real[] TransposeTimes(ReadOnlySpan<Real> vector)
    {
        var product = new Real[columns];
        for (int j = 0; j < columns; j++)
        {
            RealSum sum = default;
            for (int i = 0; i < rows; i++) sum.AddProduct(this[i, j], vector[i]);
            product[j] = sum.ToReal();
        }

        return product;
    }

    internal Real FrobeniusNorm() => RealVectors.Norm(_entries);
}
