namespace GnMlNet.Balls.Matrices;

/// <summary>A rows x columns table of exact numbers on one scale: entry (i, j) is Values[i * columns + j] * 2^Exponent.</summary>
internal sealed class ScaledIntegers
{
    public ScaledIntegers(int rows, int columns, long exponent)
        : this(rows, columns, exponent, new BigInteger[rows * columns])
    {
    }

    public ScaledIntegers(int rows, int columns, long exponent, BigInteger[] values) => (Rows, Columns, Exponent, Values) = (rows, columns, exponent, values);

    public int Rows { get; }

    public int Columns { get; }

    public long Exponent { get; }

    /// <summary>Row by row.</summary>
    public BigInteger[] Values { get; }

    public BigInteger this[int i, int j]
    {
        get => Values[(i * Columns) + j];
        set => Values[(i * Columns) + j] = value;
    }

    public Dyadic At(int i, int j) => new(this[i, j], Exponent);

    /// <summary>The entries as numbers of their own, row by row.</summary>
    public Dyadic[] ToDyadics() => [.. Values.Select(value => new Dyadic(value, Exponent))];

    /// <summary>Doubles, exactly: the scale is that of the finest one.</summary>
    public static ScaledIntegers Of(int rows, int columns, ReadOnlySpan<double> values)
    {
        var exact = new Dyadic[values.Length];
        for (int k = 0; k < exact.Length; k++) exact[k] = Dyadic.FromDouble(values[k]);
        return Of(rows, columns, exact);
    }

    /// <summary>A symmetric table of doubles, exactly.</summary>
    /// <param name="size">How many rows it has.</param>
    /// <param name="triangle">The entries up to the diagonal, row by row.</param>
    public static ScaledIntegers Symmetric(int size, ReadOnlySpan<double> triangle)
    {
        var entries = new double[size * size];
        for (int a = 0, at = 0; a < size; a++)
        {
            for (int b = 0; b <= a; b++) entries[(a * size) + b] = entries[(b * size) + a] = triangle[at++];
        }

        return Of(size, size, entries);
    }

    /// <summary>A column of exact numbers on the scale of the finest one.</summary>
    public static ScaledIntegers Of(ReadOnlySpan<Dyadic> values) => Of(values.Length, 1, values);

    /// <summary>A multiple of 2^<paramref name="from"/> as the nearest one of 2^<paramref name="to"/>; it errs by at most half of it, and not at all onto a finer scale.</summary>
    public static BigInteger Rescale(BigInteger value, long from, long to)
    {
        if (from >= to) return value << checked((int)(from - to));
        int drop = checked((int)(to - from));
        return (value + (BigInteger.One << (drop - 1))) >> drop;
    }

    /// <summary>Every entry times an exact number.</summary>
    public ScaledIntegers Times(Dyadic factor) => new(Rows, Columns, Exponent + factor.Exponent, [.. Values.Select(value => value * factor.Mantissa)]);

    /// <summary>The product with a column, exactly.</summary>
    public ScaledIntegers Times(ScaledIntegers column)
    {
        var product = new ScaledIntegers(Rows, 1, Exponent + column.Exponent);
        for (int i = 0; i < Rows; i++)
        {
            BigInteger sum = BigInteger.Zero;
            for (int k = 0; k < Columns; k++) sum += this[i, k] * column.Values[k];
            product.Values[i] = sum;
        }

        return product;
    }

    /// <summary>The sum with a table of the same shape.</summary>
    public ScaledIntegers Plus(ScaledIntegers other)
    {
        long exponent = Math.Min(Exponent, other.Exponent);
        return new ScaledIntegers(Rows, Columns, exponent, [.. Values.Zip(other.Values, (a, b) => Rescale(a, Exponent, exponent) + Rescale(b, other.Exponent, exponent))]);
    }

    /// <summary>At least the Frobenius norm.</summary>
    public Magnitude FrobeniusNorm() => Norms.Euclidean(Values.Select(Magnitude.Of)) << Exponent;

    /// <summary>At least the Euclidean norm of a row.</summary>
    public Magnitude RowNorm(int row) => Norms.Euclidean(Enumerable.Range(0, Columns).Select(k => Magnitude.Of(this[row, k]))) << Exponent;

    /// <summary>At least the Euclidean norm of a column.</summary>
    public Magnitude ColumnNorm(int column) => Norms.Euclidean(Enumerable.Range(0, Rows).Select(i => Magnitude.Of(this[i, column]))) << Exponent;

    /// <summary>The product of a column with the same one of a table of the same shape, exactly.</summary>
    public Dyadic ColumnProduct(ScaledIntegers other, int column)
    {
        BigInteger sum = BigInteger.Zero;
        for (int i = 0; i < Rows; i++) sum += this[i, column] * other[i, column];
        return new Dyadic(sum, checked(Exponent + other.Exponent));
    }

    /// <summary>M M^T, exactly.</summary>
    public ScaledIntegers RowGram()
    {
        var transposed = new BigInteger[Values.Length];
        for (int i = 0; i < Rows; i++)
        {
            for (int k = 0; k < Columns; k++) transposed[(k * Rows) + i] = this[i, k];
        }

        return new ScaledIntegers(Rows, Rows, 2 * Exponent, ExactProduct.SymmetricTransposeMultiply(transposed, transposed, Columns, Rows));
    }

    /// <summary>The values as a matrix, without their scale.</summary>
    public IntegerMatrix ToMatrix() => IntegerMatrix.FromEntries(Rows, Columns, Values);

    /// <summary>The table as an exact matrix.</summary>
    public BallMatrix ToBall() => BallMatrix.Exact(ToMatrix(), Exponent);

    /// <summary>A square table with exact numbers added to its diagonal.</summary>
    public ScaledIntegers PlusDiagonal(ReadOnlySpan<Dyadic> diagonal)
    {
        ScaledIntegers added = Of(diagonal);
        ScaledIntegers result = RoundTo(Math.Min(Exponent, added.Exponent));
        for (int i = 0; i < Rows; i++) result[i, i] += added.Values[i] << checked((int)(added.Exponent - result.Exponent));
        return result;
    }

    /// <summary>The nearest multiples of 2^<paramref name="exponent"/>; each errs by at most half of it.</summary>
    public ScaledIntegers RoundTo(long exponent) => new(Rows, Columns, exponent, [.. Values.Select(value => Rescale(value, Exponent, exponent))]);

    /// <summary>The table with so many bits of its largest entry, and a bound on what each entry lost.</summary>
    public (ScaledIntegers Table, Magnitude EntryError) KeepBits(int bits)
    {
        long longest = Values.Max(value => value.GetBitLength());
        if (longest <= bits) return (this, Magnitude.Zero);
        long exponent = Exponent + longest - bits;
        return (RoundTo(exponent), Magnitude.PowerOfTwo(exponent - 1));
    }

    /// <summary>A table of exact numbers on the scale of the finest one.</summary>
    public static ScaledIntegers Of(int rows, int columns, ReadOnlySpan<Dyadic> values)
    {
        long exponent = long.MaxValue;
        foreach (Dyadic value in values)
        {
            if (!value.IsZero) exponent = Math.Min(exponent, value.Exponent);
        }

        if (exponent == long.MaxValue) exponent = 0;
        var result = new ScaledIntegers(rows, columns, exponent);
        for (int k = 0; k < values.Length; k++) result.Values[k] = values[k].Mantissa << checked((int)(values[k].IsZero ? 0 : values[k].Exponent - exponent));
        return result;
    }
}
