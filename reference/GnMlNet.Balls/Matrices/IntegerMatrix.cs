using System.Buffers;

namespace GnMlNet.Balls.Matrices;

/// <summary>
/// A matrix of integers, each held exactly as sum of d_t 2^(22 t) with integer digits |d_t| &lt;= 2^21 kept in doubles. Immutable.
/// </summary>
/// <remarks>
/// The matrix is cut into tiles of 4 x 12 entries, padded with zeros, so that no kernel meets an incomplete tile. A tile holds digit 0 of its 48 entries row
/// by row, then digit 1, and so on; tiles follow one another down a panel of twelve columns, then panel after panel.
/// </remarks>
public sealed unsafe class IntegerMatrix
{
    /// <summary>Bits of a digit.</summary>
    public const int DigitBits = 22;

    internal const int PanelColumns = 12;
    internal const int TileRows = 4;
    internal const int TileLength = TileRows * PanelColumns;
    internal const double Radix = 1 << DigitBits;

    private readonly double[] _digits;
    private readonly int _start;

    /// <summary>Zeros. The digits of a temporary matrix are lent, until <see cref="Recycle"/>: fresh memory costs more time than small products do.</summary>
    internal IntegerMatrix(int rows, int columns, int digits, bool isTemporary = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        (Rows, Columns, Digits, TileStride) = (rows, columns, digits, digits * TileLength);
        int length = checked(TileCount * TileStride);
        _digits = isTemporary ? ArrayPool<double>.Shared.Rent(length) : new double[length];
        if (isTemporary) Array.Clear(_digits, 0, length);
    }

    private IntegerMatrix(IntegerMatrix source, int firstDigit, int digits)
    {
        (Rows, Columns, Digits, TileStride, _digits) = (source.Rows, source.Columns, digits, source.TileStride, source._digits);
        _start = source._start + (firstDigit * TileLength);
    }

    /// <summary>Number of rows, at least 1.</summary>
    public int Rows { get; }

    /// <summary>Number of columns, at least 1.</summary>
    public int Columns { get; }

    /// <summary>Number of digits of every entry.</summary>
    public int Digits { get; }

    /// <summary>No entry exceeds 2^Bits in absolute value; at most one more than the least such number.</summary>
    public int Bits { get; private init; }

    /// <summary>Whether all entries are zero.</summary>
    public bool IsZero => GreatestAt(Digits - 1) == 0 && Digits == 1;

    /// <summary>Tiles in a panel.</summary>
    internal int PanelTiles => (Rows + TileRows - 1) / TileRows;

    /// <summary>Tiles of the whole matrix.</summary>
    internal int TileCount => checked(PanelTiles * ((Columns + PanelColumns - 1) / PanelColumns));

    /// <summary>From a tile to the next.</summary>
    internal int TileStride { get; }

    /// <summary>The array from digit 0 of the first tile on; a tile's digits are <see cref="TileLength"/> apart.</summary>
    internal Span<double> Storage => _digits.AsSpan(_start);

    /// <summary>The exact entry.</summary>
    public BigInteger this[int row, int column]
    {
        get
        {
            BigInteger entry = BigInteger.Zero, weight = BigInteger.One;
            for (int t = 0, at = Index(row, column); t < Digits; t++, at += TileLength, weight <<= DigitBits) entry += (long)_digits[at] * weight;
            return entry;
        }
    }

    /// <summary>The matrix of the given entries.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="entries">The entries row by row.</param>
    public static IntegerMatrix FromEntries(int rows, int columns, ReadOnlySpan<BigInteger> entries) => FromEntries(rows, columns, entries, isTemporary: false);

    /// <summary>The same, temporary perhaps.</summary>
    internal static IntegerMatrix FromEntries(int rows, int columns, ReadOnlySpan<BigInteger> entries, bool isTemporary)
    {
        if (entries.Length != (long)rows * columns) throw new ArgumentException($"{rows} x {columns} needs as many entries, not {entries.Length}.", nameof(entries));
        long bits = 0;
        // |x| <= 2^(bit length of x), also below zero.
        foreach (BigInteger entry in entries) bits = Math.Max(bits, entry.GetBitLength());
        var result = new IntegerMatrix(rows, columns, DigitsFor(checked((int)bits)), isTemporary);
        var conversion = new DigitConversion(result.Digits);
        fixed (double* digits = result._digits)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j += PanelColumns)
                {
                    conversion.Write(entries.Slice((i * columns) + j, Math.Min(PanelColumns, columns - j)), digits + result.Index(i, j));
                }
            }
        }

        return result.Tightened();
    }

    /// <summary>The matrix M and the exponent e with M 2^e equal to the given doubles, exactly.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="values">The values row by row.</param>
    /// <param name="exponent">The greatest exponent for which all entries are integers; 0 for zeros.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static IntegerMatrix FromDoubles(int rows, int columns, ReadOnlySpan<double> values, out long exponent)
    {
        ScaledIntegers scaled = ScaledIntegers.Of(rows, columns, values);
        exponent = scaled.Exponent;
        return scaled.ToMatrix();
    }

    /// <summary>The matrix M and the exponent e with M 2^e near the given doubles: so many digits from the greatest one on. No guarantee.</summary>
    internal static IntegerMatrix FromShape(int rows, int columns, double[] values, int digits, out long exponent)
    {
        double greatest = 0;
        foreach (double value in values) greatest = Math.Max(greatest, Math.Abs(value));
        // The first digit of the greatest value is at most 2^21.
        int top = greatest == 0 ? 0 : DigitBits - 2 - Math.ILogB(greatest);
        exponent = -top - ((digits - 1) * DigitBits);
        var result = new IntegerMatrix(rows, columns, digits);
        for (int i = 0, entry = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++, entry++)
            {
                double rest = Math.ScaleB(values[entry], top);
                for (int t = digits - 1, at = result.Index(i, j) + (t * TileLength); t >= 0; t--, at -= TileLength)
                {
                    double digit = Math.Round(rest);
                    result._digits[at] = digit;
                    rest = (rest - digit) * Radix;
                }
            }
        }

        return result.Tightened();
    }

    /// <summary>2^<paramref name="shift"/> times the identity.</summary>
    public static IntegerMatrix ScaledIdentity(int size, int shift)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shift);
        var result = new IntegerMatrix(size, size, DigitsFor(shift));
        (int digit, int bit) = Math.DivRem(shift, DigitBits);
        // A digit of 2^21 is the greatest one.
        for (int i = 0; i < size; i++) result._digits[result.Index(i, i) + (digit * TileLength)] = 1 << bit;
        return result.Tightened();
    }

    /// <summary>All entries row by row.</summary>
    public BigInteger[] ToEntries()
    {
        var entries = new BigInteger[Rows * Columns];
        var conversion = new DigitConversion(Digits);
        fixed (double* digits = _digits)
        {
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Columns; j += PanelColumns)
                {
                    conversion.Read(digits + Index(i, j), entries.AsSpan((i * Columns) + j, Math.Min(PanelColumns, Columns - j)));
                }
            }
        }

        return entries;
    }

    /// <summary>All entries of the symmetric matrix that has this one's entries on and below the diagonal, row by row.</summary>
    internal BigInteger[] ToSymmetricEntries()
    {
        var entries = new BigInteger[Rows * Columns];
        var conversion = new DigitConversion(Digits);
        fixed (double* digits = _digits)
        {
            for (int i = 0; i < Rows; i++)
            {
                Span<BigInteger> row = entries.AsSpan(i * Columns, i + 1);
                for (int j = 0; j <= i; j += PanelColumns) conversion.Read(digits + Index(i, j), row[j..Math.Min(j + PanelColumns, i + 1)]);
                for (int j = 0; j < i; j++) entries[(j * Columns) + i] = row[j];
            }
        }

        return entries;
    }

    /// <summary>The transposed matrix.</summary>
    public IntegerMatrix Transpose()
    {
        var result = new IntegerMatrix(Columns, Rows, Digits) { Bits = Bits };
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++) CopyEntry(this, Index(i, j), result, result.Index(j, i));
        }

        return result;
    }

    /// <summary>The block of the given size whose first entry is the given one.</summary>
    public IntegerMatrix Block(int row, int column, int rows, int columns)
    {
        if (row < 0 || column < 0 || row + rows > Rows || column + columns > Columns) throw new ArgumentException("The block is not inside the matrix.");
        var result = new IntegerMatrix(rows, columns, Digits);
        result.Copy(0, 0, this, row, column, rows, columns);
        return result.Tightened();
    }

    /// <summary>The exact sum.</summary>
    public static IntegerMatrix operator +(IntegerMatrix a, IntegerMatrix b) => Combine(a, b, 1);

    /// <summary>The exact difference.</summary>
    public static IntegerMatrix operator -(IntegerMatrix a, IntegerMatrix b) => Combine(a, b, -1);

    /// <summary>Whether the matrix equals its transpose.</summary>
    public bool IsSymmetric() => Rows == Columns && (HasSymmetricDigits() || (this - Transpose()).IsZero);

    /// <summary>
    /// The matrix times 2^(22 digits). For a negative number the low digits are left out: the result then errs by at most
    /// <see cref="RoundingError"/> times 1 in each entry.
    /// </summary>
    internal IntegerMatrix ShiftDigits(int digits)
    {
        if (digits == 0) return this;
        if (digits < 0)
        {
            if (-digits >= Digits) return new IntegerMatrix(Rows, Columns, 1);
            return new IntegerMatrix(this, -digits, Digits + digits).Tightened();
        }

        if (IsZero) return this;
        var result = new IntegerMatrix(Rows, Columns, Digits + digits) { Bits = Bits + (digits * DigitBits) };
        for (int tile = 0; tile < TileCount; tile++) TileAt(tile).CopyTo(result.TileAt(tile)[(digits * TileLength)..]);
        return result;
    }

    /// <summary>
    /// What the digits below a place are at most, in units of that place: sum of 2^21 2^(22 t) over t &lt; k is below 2^(22 k) 2^21/(2^22 - 1), and that is
    /// below (1 + 2^-21)/2 units.
    /// </summary>
    internal static Magnitude RoundingError => Magnitude.Of(0.5 * (1 + (1.0 / (1 << 21))));

    /// <summary>At least the absolute value of an entry, and within a factor 1 + 2^-40 of it.</summary>
    internal Magnitude SizeOf(int row, int column)
    {
        int at = Index(row, column), t = Digits - 1;
        while (t >= 0 && _digits[at + (t * TileLength)] == 0) t--;
        if (t < 0) return Magnitude.Zero;
        double size = _digits[at + (t * TileLength)];
        if (t == 0) return Magnitude.Of(size);
        // Exact: below 2^44.
        size = (size * Radix) + _digits[at + ((t - 1) * TileLength)];
        if (t == 1) return Magnitude.Of(size);
        size = Math.BitIncrement(Math.Abs((size * Radix) + _digits[at + ((t - 2) * TileLength)]));
        if (t == 2) return Magnitude.Of(size);
        // The digits below are less than one unit of this place.
        return Magnitude.Of(Math.BitIncrement(size + 1)) << (DigitBits * (t - 2));
    }

    /// <summary>Entries row by row as doubles, over 2^(22 digits) and so below 1: sums of their leading digits, the first one first.</summary>
    internal double[] ApproximateShape(int leadingDigits = 5)
    {
        var shape = new double[Rows * Columns];
        int least = Math.Max(0, Digits - leadingDigits);
        for (int i = 0, entry = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++, entry++)
            {
                double sum = 0, weight = 1 / Radix;
                for (int t = Digits - 1, at = Index(i, j) + (t * TileLength); t >= least; t--, at -= TileLength, weight /= Radix) sum += _digits[at] * weight;
                shape[entry] = sum;
            }
        }

        return shape;
    }

    /// <summary>Copies a block of another matrix, with at most as many digits, into this one while it is made.</summary>
    internal void Copy(int row, int column, IntegerMatrix source, int sourceRow, int sourceColumn, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) CopyEntry(source, source.Index(sourceRow + i, sourceColumn + j), this, Index(row + i, column + j));
        }
    }

    /// <summary>The symmetric matrix that has this one's entries on and below the diagonal.</summary>
    internal IntegerMatrix MirroredBelow()
    {
        if (HasSymmetricDigits()) return this;
        var result = new IntegerMatrix(Rows, Columns, Digits) { Bits = Bits };
        result.Copy(0, 0, this, 0, 0, Rows, Columns);
        result.Mirror();
        return result;
    }

    /// <summary>Copies the entries below the diagonal to those above while the matrix is made.</summary>
    internal void Mirror()
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < i; j++) CopyEntry(this, Index(i, j), this, Index(j, i));
        }
    }

    /// <summary>Gives back the digits of a temporary matrix, of which this may be a part; neither may be used any more.</summary>
    internal void Recycle() => ArrayPool<double>.Shared.Return(_digits);

    /// <summary>For each panel of twelve columns: in all rows from this one on there are only zeros.</summary>
    internal int[] UsedRows()
    {
        var used = new int[TileCount / PanelTiles];
        for (int panel = 0; panel < used.Length; panel++)
        {
            int tile = PanelTiles;
            while (tile > 0 && !TileAt((panel * PanelTiles) + tile - 1).ContainsAnyExcept(0.0)) tile--;
            used[panel] = Math.Min(Rows, tile * TileRows);
        }

        return used;
    }

    /// <summary>Sets the digits of an entry while the matrix is made; they lie some distance apart.</summary>
    internal void SetDigits(int row, int column, double* digits, int distance)
    {
        Span<double> target = _digits.AsSpan(Index(row, column));
        for (int t = 0; t < Digits; t++) target[t * TileLength] = digits[t * distance];
    }

    /// <summary>One digit of an entry.</summary>
    internal double Digit(int row, int column, int digit) => _digits[Index(row, column) + (digit * TileLength)];

    private int Index(int row, int column)
    {
        if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns) throw new ArgumentOutOfRangeException(nameof(row), $"No entry ({row}, {column}) in {Rows} x {Columns}.");
        (uint panel, uint columnInPanel) = Math.DivRem((uint)column, PanelColumns);
        int tile = ((int)panel * PanelTiles) + (row / TileRows);
        return _start + (tile * TileStride) + (row % TileRows * PanelColumns) + (int)columnInPanel;
    }

    // Equal entries may have different digits, but seldom have.
    private bool HasSymmetricDigits()
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int at = Index(i, j), mirrored = Index(j, i);
                for (int t = 0; t < Digits * TileLength; t += TileLength)
                {
                    if (_digits[at + t] != _digits[mirrored + t]) return false;
                }
            }
        }

        return true;
    }

    private Span<double> TileAt(int tile) => _digits.AsSpan(_start + (tile * TileStride), Digits * TileLength);

    private static void CopyEntry(IntegerMatrix source, int from, IntegerMatrix target, int to)
    {
        double[] x = source._digits, y = target._digits;
        for (int t = 0; t < source.Digits; t++, from += TileLength, to += TileLength) y[to] = x[from];
    }

    private double GreatestAt(int digit)
    {
        double greatest = 0;
        for (int tile = 0; tile < TileCount; tile++)
        {
            foreach (double value in TileAt(tile).Slice(digit * TileLength, TileLength)) greatest = Math.Max(greatest, Math.Abs(value));
        }

        return greatest;
    }

    /// <summary>Digits enough for every integer up to 2^bits: two bits to spare make the digits that carrying yields the right ones.</summary>
    internal static int DigitsFor(int bits) => (bits + 2 + DigitBits - 1) / DigitBits;

    /// <summary>The same matrix without leading zero digits and with the bound on its bits that the leading digits give.</summary>
    internal IntegerMatrix Tightened()
    {
        int top = Digits - 1;
        double greatest = GreatestAt(top);
        while (top > 0 && greatest == 0) greatest = GreatestAt(--top);
        // The digits below the top one are less than one unit of it together; the integer greatest + (0 or 1) is at most 2^this.
        long units = (long)greatest + (top > 0 ? 1 : 0);
        int bits = units == 0 ? 0 : (top * DigitBits) + (64 - BitOperations.LeadingZeroCount((ulong)(units - 1)));
        return new IntegerMatrix(this, 0, top + 1) { Bits = bits };
    }

    private static IntegerMatrix Combine(IntegerMatrix a, IntegerMatrix b, int sign)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns) throw new ArgumentException($"{a.Rows} x {a.Columns} and {b.Rows} x {b.Columns} are not of one shape.");
        var result = new IntegerMatrix(a.Rows, a.Columns, DigitsFor(Math.Max(a.Bits, b.Bits) + 1));
        Span<double> carry = stackalloc double[TileLength];
        for (int tile = 0; tile < result.TileCount; tile++)
        {
            carry.Clear();
            Span<double> x = a.TileAt(tile), y = b.TileAt(tile), target = result.TileAt(tile);
            for (int e = 0; e < target.Length; e++)
            {
                int entry = e % TileLength;
                double value = carry[entry] + (e < x.Length ? x[e] : 0) + (e < y.Length ? sign * y[e] : 0);
                carry[entry] = Math.Round(value * (1 / Radix));
                target[e] = value - (carry[entry] * Radix);
            }
        }

        return result.Tightened();
    }
}
