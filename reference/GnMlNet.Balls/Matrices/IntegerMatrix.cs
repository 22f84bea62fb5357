using System.Buffers.Binary;
using System.Numerics;

namespace GnMlNet.Balls.Matrices;

/// <summary>
/// A matrix of integers, each held exactly as sum of d_t 2^(22 t) with integer digits |d_t| &lt;= 2^21 kept in doubles. Immutable.
/// </summary>
/// <remarks>
/// Digit t of all entries forms a plane. Inside a plane the columns are cut into panels of twelve; a panel is stored row by row. Rows are padded to a
/// multiple of four and columns to a multiple of twelve with zeros, so that no kernel meets an incomplete tile.
/// </remarks>
public sealed class IntegerMatrix
{
    /// <summary>Bits of a digit.</summary>
    public const int DigitBits = 22;

    internal const int PanelColumns = 12;
    internal const int TileRows = 4;
    internal const double Radix = 1 << DigitBits;
    private const int HalfRadix = 1 << (DigitBits - 1);

    private readonly double[] _digits;
    private readonly int _start;

    internal IntegerMatrix(int rows, int columns, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        (Rows, Columns, Digits) = (rows, columns, digits);
        // An odd number of cache lines apart, digits of one entry do not compete for one place in the cache.
        PlaneStride = checked((RoundUp(PlaneLength, 16)) + 8);
        _digits = new double[checked(PlaneStride * digits)];
    }

    private IntegerMatrix(IntegerMatrix source, int firstDigit, int digits)
    {
        (Rows, Columns, Digits, PlaneStride, _digits) = (source.Rows, source.Columns, digits, source.PlaneStride, source._digits);
        _start = source._start + (firstDigit * PlaneStride);
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
    public bool IsZero => Digits == 1 && Plane(0).IndexOfAnyExcept(0.0) < 0;

    internal int PaddedRows => RoundUp(Rows, TileRows);

    internal int PanelStride => PaddedRows * PanelColumns;

    internal int PlaneLength => checked(PanelStride * ((Columns + PanelColumns - 1) / PanelColumns));

    internal int PlaneStride { get; }

    /// <summary>The exact entry.</summary>
    public BigInteger this[int row, int column]
    {
        get
        {
            int at = Index(row, column);
            Span<byte> bytes = new byte[((Digits + 1) * DigitBits / 8) + 8];
            int length = bytes.Length - 4;
            long carry = 0;
            // Two's complement: after the last digit the carry is 0 or -1, the sign.
            for (int t = 0; t * DigitBits < 8 * length; t++)
            {
                long value = carry + (t < Digits ? (long)Plane(t)[at] : 0);
                carry = value >> DigitBits;
                int bit = t * DigitBits;
                Span<byte> target = bytes[Math.Min(bit / 8, length)..];
                uint part = (uint)(value & ((1 << DigitBits) - 1)) << (bit % 8);
                BinaryPrimitives.WriteUInt32LittleEndian(target, BinaryPrimitives.ReadUInt32LittleEndian(target) | part);
            }

            return new BigInteger(bytes[..length]);
        }
    }

    /// <summary>The matrix of the given entries.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="entries">The entries row by row.</param>
    public static IntegerMatrix FromEntries(int rows, int columns, ReadOnlySpan<BigInteger> entries)
    {
        if (entries.Length != (long)rows * columns) throw new ArgumentException($"{rows} x {columns} needs as many entries, not {entries.Length}.", nameof(entries));
        long bits = 0;
        foreach (BigInteger entry in entries) bits = Math.Max(bits, BigInteger.Abs(entry).GetBitLength());
        var result = new IntegerMatrix(rows, columns, DigitsFor(checked((int)bits)));
        var bytes = new byte[(result.Digits * DigitBits / 8) + 8];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) result.Write(result.Index(i, j), entries[(i * columns) + j], bytes);
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
        var numbers = new Dyadic[values.Length];
        long least = long.MaxValue;
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = Dyadic.FromDouble(values[i]);
            if (!numbers[i].IsZero) least = Math.Min(least, numbers[i].Exponent);
        }

        exponent = least == long.MaxValue ? 0 : least;
        var entries = new BigInteger[values.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            if (!numbers[i].IsZero) entries[i] = numbers[i].Mantissa << (int)(numbers[i].Exponent - exponent);
        }

        return FromEntries(rows, columns, entries);
    }

    /// <summary>2^<paramref name="shift"/> times the identity.</summary>
    public static IntegerMatrix ScaledIdentity(int size, int shift)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shift);
        var result = new IntegerMatrix(size, size, DigitsFor(shift));
        var bytes = new byte[(result.Digits * DigitBits / 8) + 8];
        for (int i = 0; i < size; i++) result.Write(result.Index(i, i), BigInteger.One << shift, bytes);
        return result.Tightened();
    }

    /// <summary>All entries row by row.</summary>
    public BigInteger[] ToEntries()
    {
        var entries = new BigInteger[Rows * Columns];
        for (int i = 0; i < entries.Length; i++) entries[i] = this[i / Columns, i % Columns];
        return entries;
    }

    /// <summary>The transposed matrix.</summary>
    public IntegerMatrix Transpose()
    {
        var result = new IntegerMatrix(Columns, Rows, Digits) { Bits = Bits };
        for (int t = 0; t < Digits; t++)
        {
            ReadOnlySpan<double> source = Plane(t);
            Span<double> target = result.WritablePlane(t);
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Columns; j++) target[result.Index(j, i)] = source[Index(i, j)];
            }
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
    public bool IsSymmetric() => Rows == Columns && (this - Transpose()).IsZero;

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
        for (int t = 0; t < Digits; t++) Plane(t).CopyTo(result.WritablePlane(t + digits));
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
        int at = Index(row, column) + _start, t = Digits - 1;
        while (t >= 0 && _digits[at + (t * PlaneStride)] == 0) t--;
        if (t < 0) return Magnitude.Zero;
        double size = _digits[at + (t * PlaneStride)];
        if (t == 0) return Magnitude.Of(size);
        // Exact: below 2^44.
        size = (size * Radix) + _digits[at + ((t - 1) * PlaneStride)];
        if (t == 1) return Magnitude.Of(size);
        size = Math.BitIncrement(Math.Abs((size * Radix) + _digits[at + ((t - 2) * PlaneStride)]));
        if (t == 2) return Magnitude.Of(size);
        // The digits below are less than one unit of this place.
        return Magnitude.Of(Math.BitIncrement(size + 1)) << (DigitBits * (t - 2));
    }

    /// <summary>Entries row by row as doubles, times one common power of two that brings the greatest near 1. No guarantee.</summary>
    internal double[] ApproximateShape()
    {
        var shape = new double[Rows * Columns];
        double weight = 1 / Radix;
        for (int t = Digits - 1; t >= Math.Max(0, Digits - 5); t--, weight /= Radix)
        {
            ReadOnlySpan<double> plane = Plane(t);
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Columns; j++) shape[(i * Columns) + j] += plane[Index(i, j)] * weight;
            }
        }

        return shape;
    }

    /// <summary>Copies a block of another matrix, with at most as many digits, into this one while it is made.</summary>
    internal void Copy(int row, int column, IntegerMatrix source, int sourceRow, int sourceColumn, int rows, int columns)
    {
        for (int t = 0; t < source.Digits; t++)
        {
            ReadOnlySpan<double> from = source.Plane(t);
            Span<double> to = WritablePlane(t);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++) to[Index(row + i, column + j)] = from[source.Index(sourceRow + i, sourceColumn + j)];
            }
        }
    }

    /// <summary>The symmetric matrix that has this one's entries on and below the diagonal.</summary>
    internal IntegerMatrix MirroredBelow()
    {
        var result = new IntegerMatrix(Rows, Columns, Digits) { Bits = Bits };
        for (int t = 0; t < Digits; t++)
        {
            Plane(t).CopyTo(result.WritablePlane(t));
            result.Mirror(t);
        }

        return result;
    }

    /// <summary>Copies digit t of the entries below the diagonal to those above while the matrix is made.</summary>
    internal void Mirror(int t)
    {
        Span<double> plane = WritablePlane(t);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < i; j++) plane[Index(j, i)] = plane[Index(i, j)];
        }
    }

    internal int Index(int row, int column)
    {
        if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns) throw new ArgumentOutOfRangeException(nameof(row), $"No entry ({row}, {column}) in {Rows} x {Columns}.");
        (int panel, int offset) = Math.DivRem(column, PanelColumns);
        return (panel * PanelStride) + (row * PanelColumns) + offset;
    }

    internal ReadOnlySpan<double> Plane(int digit) => _digits.AsSpan(_start + (digit * PlaneStride), PlaneLength);

    internal Span<double> WritablePlane(int digit) => _digits.AsSpan(_start + (digit * PlaneStride), PlaneLength);

    /// <summary>Digits enough for every integer up to 2^bits: two bits to spare make the digits that carrying yields the right ones.</summary>
    internal static int DigitsFor(int bits) => (bits + 2 + DigitBits - 1) / DigitBits;

    /// <summary>The same matrix without leading zero digits and with the bound on its bits that the leading digits give.</summary>
    internal IntegerMatrix Tightened()
    {
        int top = Digits - 1;
        while (top > 0 && Plane(top).IndexOfAnyExcept(0.0) < 0) top--;
        double greatest = 0;
        foreach (double digit in Plane(top)) greatest = Math.Max(greatest, Math.Abs(digit));
        // The digits below the top one are less than one unit of it together; the integer greatest + (0 or 1) is at most 2^this.
        long units = (long)greatest + (top > 0 ? 1 : 0);
        int bits = units == 0 ? 0 : (top * DigitBits) + (64 - BitOperations.LeadingZeroCount((ulong)(units - 1)));
        return new IntegerMatrix(this, 0, top + 1) { Bits = bits };
    }

    private static IntegerMatrix Combine(IntegerMatrix a, IntegerMatrix b, int sign)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns) throw new ArgumentException($"{a.Rows} x {a.Columns} and {b.Rows} x {b.Columns} are not of one shape.");
        var result = new IntegerMatrix(a.Rows, a.Columns, DigitsFor(Math.Max(a.Bits, b.Bits) + 1));
        var carry = new double[result.PlaneLength];
        for (int t = 0; t < result.Digits; t++)
        {
            Span<double> target = result.WritablePlane(t);
            ReadOnlySpan<double> x = t < a.Digits ? a.Plane(t) : default, y = t < b.Digits ? b.Plane(t) : default;
            for (int i = 0; i < target.Length; i++)
            {
                double value = carry[i] + (x.IsEmpty ? 0 : x[i]) + (y.IsEmpty ? 0 : sign * y[i]);
                carry[i] = Math.Round(value * (1 / Radix));
                target[i] = value - (carry[i] * Radix);
            }
        }

        return result.Tightened();
    }

    private void Write(int at, BigInteger value, byte[] bytes)
    {
        if (value.IsZero) return;
        Array.Clear(bytes);
        BigInteger.Abs(value).TryWriteBytes(bytes, out _, isUnsigned: true);
        int carry = 0;
        for (int t = 0; t < Digits; t++)
        {
            int bit = t * DigitBits;
            int digit = (int)((BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bit / 8)) >> (bit % 8)) & ((1u << DigitBits) - 1)) + carry;
            carry = digit > HalfRadix ? 1 : 0;
            digit -= carry << DigitBits;
            WritablePlane(t)[at] = value.Sign * digit;
        }
    }

    private static int RoundUp(int value, int multiple) => checked((value + multiple - 1) / multiple * multiple);
}
