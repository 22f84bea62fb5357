using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

/// <summary>Integers and matrices to test with, and slow products that are plainly right.</summary>
internal static class MatrixSamples
{
    public static BigInteger Integer(Random random, int bits)
    {
        var bytes = new byte[(bits / 8) + 2];
        random.NextBytes(bytes);
        return new BigInteger(bytes) >> ((8 * bytes.Length) - 1 - bits);
    }

    public static BigInteger[] Entries(Random random, int count, int bits)
    {
        var entries = new BigInteger[count];
        for (int i = 0; i < count; i++) entries[i] = Integer(random, bits);
        return entries;
    }

    public static IntegerMatrix Matrix(Random random, int rows, int columns, int bits) =>
        IntegerMatrix.FromEntries(rows, columns, Entries(random, rows * columns, bits));

    public static BallMatrix Exact(int rows, int columns, double[] values) =>
        BallMatrix.Exact(IntegerMatrix.FromDoubles(rows, columns, values, out long exponent), exponent);

    /// <summary>A^T B for A of k x m and B of k x n.</summary>
    public static BigInteger[] TransposeMultiply(BigInteger[] a, BigInteger[] b, int k, int m, int n)
    {
        var product = new BigInteger[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                BigInteger sum = BigInteger.Zero;
                for (int t = 0; t < k; t++) sum += a[(t * m) + i] * b[(t * n) + j];
                product[(i * n) + j] = sum;
            }
        }

        return product;
    }

    public static BigInteger[] Transpose(BigInteger[] a, int rows, int columns)
    {
        var result = new BigInteger[a.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) result[(j * rows) + i] = a[(i * columns) + j];
        }

        return result;
    }

    /// <summary>Q^T diag Q times |q|^4 for the Householder reflection Q of an integer vector q: the eigenvalues are the diagonal's times |q|^4.</summary>
    public static (IntegerMatrix Matrix, BigInteger Factor) WithSpectrum(Random random, BigInteger[] eigenvalues)
    {
        int size = eigenvalues.Length;
        BigInteger[] q = new BigInteger[size], h = new BigInteger[size * size], scaled = new BigInteger[size * size];
        BigInteger square = BigInteger.Zero;
        for (int i = 0; i < size; i++)
        {
            q[i] = random.Next(-9, 10);
            if (i == 0) q[i] = 5;
            square += q[i] * q[i];
        }

        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                h[(i * size) + j] = (i == j ? square : 0) - (2 * q[i] * q[j]);
                scaled[(i * size) + j] = eigenvalues[i] * h[(i * size) + j];
            }
        }

        return (IntegerMatrix.FromEntries(size, size, TransposeMultiply(h, scaled, size, size, size)), square * square);
    }
}
