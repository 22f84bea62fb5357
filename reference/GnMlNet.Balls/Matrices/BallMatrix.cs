namespace GnMlNet.Balls.Matrices;

/// <summary>
/// All real matrices within given distances of midpoint * 2^exponent: entry (i, j) differs from the midpoint's by at most the radius of its row, or of
/// its column. Every operation encloses the results of all matrices within its operands. Immutable.
/// </summary>
public sealed class BallMatrix
{
    private readonly Magnitude[] _radii;

    /// <summary>Makes a ball matrix.</summary>
    /// <param name="midpoint">The midpoint, an integer matrix.</param>
    /// <param name="exponent">The power of two that the midpoint is multiplied by.</param>
    /// <param name="radii">One radius for each row or column.</param>
    /// <param name="side">Whether for rows or columns.</param>
    public BallMatrix(IntegerMatrix midpoint, long exponent, ReadOnlySpan<Magnitude> radii, RadiusSide side)
    {
        ArgumentNullException.ThrowIfNull(midpoint);
        int expected = side == RadiusSide.Rows ? midpoint.Rows : midpoint.Columns;
        if (radii.Length != expected) throw new ArgumentException($"{expected} radii are needed, not {radii.Length}.", nameof(radii));
        (Midpoint, Exponent, _radii, Side) = (midpoint, exponent, radii.ToArray(), side);
    }

    /// <summary>The midpoint is this matrix times 2^<see cref="Exponent"/>.</summary>
    public IntegerMatrix Midpoint { get; }

    /// <summary>The power of two of the midpoint.</summary>
    public long Exponent { get; }

    /// <summary>Whether the radii are of rows or of columns.</summary>
    public RadiusSide Side { get; }

    /// <summary>The radii.</summary>
    public ReadOnlySpan<Magnitude> Radii => _radii;

    /// <summary>Number of rows.</summary>
    public int Rows => Midpoint.Rows;

    /// <summary>Number of columns.</summary>
    public int Columns => Midpoint.Columns;

    /// <summary>The one matrix midpoint * 2^exponent.</summary>
    public static BallMatrix Exact(IntegerMatrix midpoint, long exponent)
    {
        ArgumentNullException.ThrowIfNull(midpoint);
        return new BallMatrix(midpoint, exponent, new Magnitude[midpoint.Rows], RadiusSide.Rows);
    }

    /// <summary>The one matrix of the given doubles, row by row.</summary>
    public static BallMatrix Exact(int rows, int columns, ReadOnlySpan<double> values)
    {
        var midpoint = IntegerMatrix.FromDoubles(rows, columns, values, out long exponent);
        return Exact(midpoint, exponent);
    }

    /// <summary>The midpoint of an entry.</summary>
    public Dyadic MidpointAt(int row, int column) => new(Midpoint[row, column], Exponent);

    /// <summary>The radius of an entry.</summary>
    public Magnitude RadiusAt(int row, int column) => _radii[Side == RadiusSide.Rows ? row : column];

    /// <summary>Whether the entry may be this number.</summary>
    public bool Contains(int row, int column, Dyadic value)
    {
        Magnitude radius = RadiusAt(row, column);
        return !radius.IsFinite || (MidpointAt(row, column) - value).Abs() <= radius.ToDyadic();
    }

    /// <summary>The transposed matrix; radii of rows become radii of columns.</summary>
    public BallMatrix Transpose() => new(Midpoint.Transpose(), Exponent, _radii, Side == RadiusSide.Rows ? RadiusSide.Columns : RadiusSide.Rows);

    /// <summary>The matrix times 2^shift, exactly.</summary>
    public BallMatrix Scale(long shift) => new(Midpoint, checked(Exponent + shift), Array.ConvertAll(_radii, radius => radius << shift), Side);

    /// <summary>
    /// At least <paramref name="bits"/> bits of the greatest entry are kept, fewer than 22 more; what is cut off is added to the radii.
    /// </summary>
    public BallMatrix RoundTo(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        int dropped = (Midpoint.Bits - 1 - bits) / IntegerMatrix.DigitBits;
        if (dropped <= 0) return this;
        long shift = (long)dropped * IntegerMatrix.DigitBits;
        Magnitude error = IntegerMatrix.RoundingError << checked(shift + Exponent);
        return new BallMatrix(Midpoint.ShiftDigits(-dropped), checked(Exponent + shift), Array.ConvertAll(_radii, radius => radius + error), Side);
    }

    /// <summary>Encloses A B.</summary>
    public static BallMatrix Multiply(BallMatrix a, BallMatrix b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return TransposeMultiply(a.Transpose(), b);
    }

    /// <summary>Encloses A^T B, with radii of rows.</summary>
    /// <remarks>docs/exact-matrices.md, "Balls"; each of the three sums is bounded for all j at once.</remarks>
    public static BallMatrix TransposeMultiply(BallMatrix a, BallMatrix b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        IntegerMatrix midpoint = ExactProduct.TransposeMultiply(a.Midpoint, b.Midpoint);
        Magnitude[] greatestB = a.Rows == b.Rows ? b.GreatestRadii() : [];
        var radii = new Magnitude[a.Columns];
        bool isExactA = a.IsExact, isExactB = b.IsExact;
        Magnitude[] sumsOfB = isExactA ? [] : b.ColumnSums(a);
        Magnitude[] sumsOfA = isExactB ? [] : a.ColumnSums(weights: greatestB);
        for (int i = 0; i < radii.Length; i++)
        {
            Magnitude radius = isExactB ? Magnitude.Zero : sumsOfA[i];
            if (!isExactA) radius += a.Side == RadiusSide.Rows ? sumsOfB[0] : a._radii[i] * sumsOfB[0];
            for (int k = 0; !isExactA && !isExactB && k < a.Rows; k++) radius += a.RadiusAt(k, i) * greatestB[k];
            radii[i] = radius;
        }

        return new BallMatrix(midpoint, checked(a.Exponent + b.Exponent), radii, RadiusSide.Rows);
    }

    /// <summary>Encloses A^T A; the midpoint is symmetric, and a symmetric matrix within also meets the radii as those of columns.</summary>
    public static BallMatrix Gram(BallMatrix a) => TransposeMultiply(a, a);

    /// <summary>Whether all radii are zero.</summary>
    public bool IsExact => Array.TrueForAll(_radii, radius => radius.IsZero);

    /// <summary>At least |midpoint| of an entry.</summary>
    internal Magnitude SizeAt(int row, int column) => Midpoint.SizeOf(row, column) << Exponent;

    // For each row the greatest radius in it.
    private Magnitude[] GreatestRadii()
    {
        if (Side == RadiusSide.Rows) return _radii;
        Magnitude greatest = Magnitude.Zero;
        foreach (Magnitude radius in _radii) greatest = Magnitude.Max(greatest, radius);
        var radii = new Magnitude[Rows];
        Array.Fill(radii, greatest);
        return radii;
    }

    // sum_k |A_ki| weight_k for each column i.
    private Magnitude[] ColumnSums(Magnitude[] weights)
    {
        var sums = new Magnitude[Columns];
        for (int k = 0; k < Rows; k++)
        {
            for (int i = 0; i < Columns; i++) sums[i] += SizeAt(k, i) * weights[k];
        }

        return sums;
    }

    // The greatest sum_k a_k |B_kj| over j, a_k the row radii of A; with column radii of A the greatest sum_k |B_kj|.
    private Magnitude[] ColumnSums(BallMatrix a)
    {
        var weights = new Magnitude[Rows];
        for (int k = 0; k < Rows; k++) weights[k] = a.Side == RadiusSide.Rows ? a._radii[k] : Magnitude.One;
        Magnitude greatest = Magnitude.Zero;
        foreach (Magnitude sum in ColumnSums(weights)) greatest = Magnitude.Max(greatest, sum);
        return [greatest];
    }
}
