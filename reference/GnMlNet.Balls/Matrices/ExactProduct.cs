namespace GnMlNet.Balls.Matrices;

/// <summary>Exact products of integer matrices. The result does not depend on the machine, bit for bit.</summary>
public static class ExactProduct
{
    /// <summary>A B.</summary>
    public static IntegerMatrix Multiply(IntegerMatrix a, IntegerMatrix b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return TransposeMultiply(a.Transpose(), b);
    }

    /// <summary>A^T B.</summary>
    public static IntegerMatrix TransposeMultiply(IntegerMatrix a, IntegerMatrix b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Rows != b.Rows) throw new ArgumentException($"{a.Rows} rows and {b.Rows} rows do not fit.", nameof(b));
        return DigitProduct.TryMultiply(a, b) ?? ResidueProduct.TrySetUp(a, b)?.Run() ?? Plainly(a, b);
    }

    /// <summary>A^T x for a vector.</summary>
    public static BigInteger[] TransposeMultiply(IntegerMatrix a, BigInteger[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return TransposeMultiply(a, IntegerMatrix.FromEntries(vector.Length, 1, vector)).ToEntries();
    }

    /// <summary>The symmetric matrix that has the entries of A^T B on and below the diagonal: A^T B itself, if that is symmetric, in half the time.</summary>
    public static IntegerMatrix SymmetricTransposeMultiply(IntegerMatrix a, IntegerMatrix b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Rows != b.Rows || a.Columns != b.Columns) throw new ArgumentException($"{a.Rows} x {a.Columns} and {b.Rows} x {b.Columns} have no symmetric product.", nameof(b));
        return ResidueProduct.TrySetUp(a, b, isSymmetric: true)?.Run() ?? Plainly(a, b).MirroredBelow();
    }

    /// <summary>The same for big integers, row by row; pass one array twice for a Gram matrix.</summary>
    public static BigInteger[] SymmetricTransposeMultiply(BigInteger[] a, BigInteger[] b, int rows, int columns)
    {
        IntegerMatrix x = IntegerMatrix.FromEntries(rows, columns, a, isTemporary: true);
        IntegerMatrix y = ReferenceEquals(a, b) ? x : IntegerMatrix.FromEntries(rows, columns, b, isTemporary: true);
        IntegerMatrix? product = ResidueProduct.TrySetUp(x, y, isSymmetric: true)?.Run(isLowerEnough: true, isTemporary: true);
        BigInteger[] entries = (product ?? Plainly(x, y)).ToSymmetricEntries();
        product?.Recycle();
        if (!ReferenceEquals(x, y)) y.Recycle();
        x.Recycle();
        return entries;
    }

    /// <summary>A^T A, the Gram matrix.</summary>
    public static IntegerMatrix Gram(IntegerMatrix a) => TransposeMultiply(a, a);

    /// <summary>A^T B term by term: slow, for any length.</summary>
    internal static IntegerMatrix Plainly(IntegerMatrix a, IntegerMatrix b)
    {
        BigInteger[] left = a.ToEntries(), right = b.ToEntries(), product = new BigInteger[a.Columns * b.Columns];
        for (int k = 0; k < a.Rows; k++)
        {
            for (int i = 0; i < a.Columns; i++)
            {
                BigInteger factor = left[(k * a.Columns) + i];
                if (factor.IsZero) continue;
                for (int j = 0; j < b.Columns; j++) product[(i * b.Columns) + j] += factor * right[(k * b.Columns) + j];
            }
        }

        return IntegerMatrix.FromEntries(a.Columns, b.Columns, product);
    }
}
