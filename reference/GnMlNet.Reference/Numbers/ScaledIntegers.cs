using System.Numerics;
using GnMlNet.Balls;

namespace GnMlNet.Reference.Numbers;

/// <summary>A rows x columns table of exact numbers on one scale: entry (i, j) is Values[i * columns + j] * 2^Exponent.</summary>
internal sealed class ScaledIntegers
{
    internal ScaledIntegers(int rows, int columns, long exponent)
        : this(rows, columns, exponent, new BigInteger[rows * columns])
    {
    }

    internal ScaledIntegers(int rows, int columns, long exponent, BigInteger[] values) => (Rows, Columns, Exponent, Values) = (rows, columns, exponent, values);

    internal int Rows { get; }

    internal int Columns { get; }

    internal long Exponent { get; }

    /// <summary>Row by row.</summary>
    internal BigInteger[] Values { get; }

    internal BigInteger this[int i, int j]
    {
        get => Values[(i * Columns) + j];
        set => Values[(i * Columns) + j] = value;
    }

    internal Dyadic At(int i, int j) => new(this[i, j], Exponent);

    /// <summary>The entries as numbers of their own, row by row.</summary>
    internal Dyadic[] ToDyadics() => [.. Values.Select(value => new Dyadic(value, Exponent))];

    /// <summary>Doubles, exactly: the scale is that of the finest one.</summary>
    internal static ScaledIntegers Of(int rows, int columns, ReadOnlySpan<double> values)
    {
        var exact = new Dyadic[values.Length];
        for (int k = 0; k < exact.Length; k++) exact[k] = Dyadic.FromDouble(values[k]);
        return Of(rows, columns, exact);
    }

    /// <summary>A column of exact numbers on the scale of the finest one.</summary>
    internal static ScaledIntegers Of(ReadOnlySpan<Dyadic> values) => Of(values.Length, 1, values);

    /// <summary>A multiple of 2^<paramref name="from"/> as the nearest one of 2^<paramref name="to"/>; it errs by at most half of it, and not at all onto a finer scale.</summary>
    internal static BigInteger Rescale(BigInteger value, long from, long to)
    {
        if (from >= to) return value << checked((int)(from - to));
        int drop = checked((int)(to - from));
        return (value + (BigInteger.One << (drop - 1))) >> drop;
    }

    /// <summary>Every entry times an exact number.</summary>
    internal ScaledIntegers Times(Dyadic factor) => new(Rows, Columns, Exponent + factor.Exponent, [.. Values.Select(value => value * factor.Mantissa)]);

    /// <summary>The product with a column, exactly.</summary>
    internal ScaledIntegers Times(ScaledIntegers column)
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
    internal ScaledIntegers Plus(ScaledIntegers other)
    {
        long exponent = Math.Min(Exponent, other.Exponent);
        return new ScaledIntegers(Rows, Columns, exponent, [.. Values.Zip(other.Values, (a, b) => Rescale(a, Exponent, exponent) + Rescale(b, other.Exponent, exponent))]);
    }

    /// <summary>At least the Frobenius norm.</summary>
    internal Magnitude FrobeniusNorm() => Norms.Euclidean(Values.Select(Magnitude.Of)) << Exponent;

    /// <summary>At least the Euclidean norm of a row.</summary>
    internal Magnitude RowNorm(int row)
    {
        Magnitude sum = Magnitude.Zero;
        for (int k = 0; k < Columns; k++)
        {
            Magnitude size = Magnitude.Of(this[row, k]);
            sum += size * size;
        }

        return sum.SquareRoot() << Exponent;
    }

    /// <summary>A square table with exact numbers added to its diagonal.</summary>
    internal ScaledIntegers PlusDiagonal(ReadOnlySpan<Dyadic> diagonal)
    {
        ScaledIntegers added = Of(diagonal);
        ScaledIntegers result = RoundTo(Math.Min(Exponent, added.Exponent));
        for (int i = 0; i < Rows; i++) result[i, i] += added.Values[i] << checked((int)(added.Exponent - result.Exponent));
        return result;
    }

    /// <summary>The nearest multiples of 2^<paramref name="exponent"/>; each errs by at most half of it.</summary>
    internal ScaledIntegers RoundTo(long exponent) => new(Rows, Columns, exponent, [.. Values.Select(value => Rescale(value, Exponent, exponent))]);

    /// <summary>The table with so many bits of its largest entry, and a bound on what each entry lost.</summary>
    internal (ScaledIntegers Table, Magnitude EntryError) KeepBits(int bits)
    {
        long longest = Values.Max(value => value.GetBitLength());
        if (longest <= bits) return (this, Magnitude.Zero);
        long exponent = Exponent + longest - bits;
        return (RoundTo(exponent), Magnitude.PowerOfTwo(exponent - 1));
    }

    /// <summary>A table of exact numbers on the scale of the finest one.</summary>
    internal static ScaledIntegers Of(int rows, int columns, ReadOnlySpan<Dyadic> values)
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
