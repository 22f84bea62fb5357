namespace GnMlNet.Balls.Matrices;

/// <summary>Rounded arithmetic on vectors that serve as guesses. No guarantee.</summary>
internal static unsafe class ApproximateVectors
{
    private const int Bits = 50;

    /// <summary>A vector that is unlikely to be orthogonal to anything, the same every time.</summary>
    public static double[] Start(int size)
    {
        var vector = new double[size];
        uint state = 12345;
        for (int i = 0; i < size; i++)
        {
            state = (state * 1664525) + 1013904223;
            vector[i] = (state / 4294967296.0) - 0.25;
        }

        return Normalize(vector);
    }

    /// <summary>The matrix, row by row, times the vector.</summary>
    public static double[] Apply(double[] matrix, double[] vector)
    {
        int size = vector.Length;
        var image = new double[size];
        fixed (double* row = matrix, x = vector)
        {
            for (int i = 0; i < size; i++) image[i] = DoubleKernels.Dot(row + (i * size), x, size);
        }

        return image;
    }

    /// <summary>The transposed matrix times the vector.</summary>
    public static double[] ApplyTransposed(double[] matrix, double[] vector)
    {
        int size = vector.Length;
        var image = new double[size];
        fixed (double* row = matrix, x = image)
        {
            for (int i = 0; i < size; i++) DoubleKernels.AddMultiple(vector[i], row + (i * size), x, size);
        }

        return image;
    }

    /// <summary>The vector with greatest entry 1; a vector that is zero or no vector starts anew.</summary>
    public static double[] Normalize(double[] vector)
    {
        double greatest = 0;
        foreach (double value in vector) greatest = Math.Max(greatest, Math.Abs(value));
        if (!(greatest > 0) || !double.IsFinite(greatest)) return Start(vector.Length);
        return Array.ConvertAll(vector, value => value / greatest);
    }

    /// <summary>The normalized vector as a column of integers of fifty bits.</summary>
    public static IntegerMatrix ToIntegers(double[] vector)
    {
        BigInteger[] entries = Array.ConvertAll(vector, value => (BigInteger)Math.Round(Math.ScaleB(value, Bits)));
        return IntegerMatrix.FromEntries(entries.Length, 1, entries);
    }
}
