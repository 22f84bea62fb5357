namespace GnMlNet.Balls.Matrices;

/// <summary>
/// All real matrices within given distances of midpoint * 2^exponent: an entry differs from the midpoint's by at most the radius of its row. Every operation encloses the
/// results of all matrices within its operand. Immutable.
/// </summary>
public sealed class BallMatrix
{
    private readonly Magnitude[] _radii;

    /// <summary>Makes a ball matrix.</summary>
    /// <param name="midpoint">The midpoint, an integer matrix.</param>
    /// <param name="exponent">The power of two that the midpoint is multiplied by.</param>
    /// <param name="radii">One radius for each row.</param>
    public BallMatrix(IntegerMatrix midpoint, long exponent, ReadOnlySpan<Magnitude> radii)
    {
        ArgumentNullException.ThrowIfNull(midpoint);
        if (radii.Length != midpoint.Rows)
            throw new ArgumentException($"{midpoint.Rows} radii are needed, not {radii.Length}.", nameof(radii));
        (Midpoint, Exponent, _radii) = (midpoint, exponent, radii.ToArray());
    }

    /// <summary>The midpoint is this matrix times 2^<see cref="Exponent"/>.</summary>
    public IntegerMatrix Midpoint { get; }

    /// <summary>The power of two of the midpoint.</summary>
    public long Exponent { get; }

    /// <summary>The radii of the rows.</summary>
    public ReadOnlySpan<Magnitude> Radii => _radii;

    /// <summary>Number of rows.</summary>
    public int Rows => Midpoint.Rows;

    /// <summary>Number of columns.</summary>
    public int Columns => Midpoint.Columns;

    /// <summary>The one matrix midpoint * 2^exponent.</summary>
    public static BallMatrix Exact(IntegerMatrix midpoint, long exponent)
    {
        ArgumentNullException.ThrowIfNull(midpoint);
        return new BallMatrix(midpoint, exponent, new Magnitude[midpoint.Rows]);
    }

    /// <summary>The midpoint of an entry.</summary>
    public Dyadic MidpointAt(int row, int column) => new(Midpoint[row, column], Exponent);

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
        Magnitude[] radii = Array.ConvertAll(_radii, radius => radius + error);
        return new BallMatrix(Midpoint.ShiftDigits(-dropped), checked(Exponent + shift), radii);
    }

    /// <summary>Encloses A^T A; the midpoint is symmetric, and a symmetric matrix within also meets the radii as those of columns.</summary>
    /// <remarks>docs/exact-matrices.md, "Balls"; each of the three sums is bounded for all j at once.</remarks>
    public static BallMatrix Gram(BallMatrix a)
    {
        ArgumentNullException.ThrowIfNull(a);
        Magnitude[] sums = a.WeightedColumnSums(), radii = new Magnitude[a.Columns];
        Magnitude greatest = sums.Aggregate(Magnitude.Zero, Magnitude.Max);
        for (int i = 0; i < radii.Length; i++)
        {
            radii[i] = sums[i] + greatest;
            foreach (Magnitude radius in a._radii) radii[i] += radius * radius;
        }

        return new BallMatrix(ExactProduct.Gram(a.Midpoint), checked(2 * a.Exponent), radii);
    }

    // sum_k |A_ki| r_k for each column i.
    private Magnitude[] WeightedColumnSums()
    {
        var sums = new Magnitude[Columns];
        for (int k = 0; k < Rows; k++)
        {
            for (int i = 0; i < Columns; i++) sums[i] += (Midpoint.SizeOf(k, i) << Exponent) * _radii[k];
        }

        return sums;
    }
}
