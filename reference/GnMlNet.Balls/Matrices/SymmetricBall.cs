namespace GnMlNet.Balls.Matrices;

/// <summary>The symmetric matrices within a ball matrix whose midpoint M is symmetric: H = M + E, E symmetric with |E_ij| &lt;= min(r_i, r_j).</summary>
internal sealed class SymmetricBall
{
    private readonly Magnitude[] _radii;

    private SymmetricBall(IntegerMatrix midpoint, long exponent, Magnitude[] radii) => (Midpoint, Exponent, _radii) = (midpoint, exponent, radii);

    public IntegerMatrix Midpoint { get; }

    public long Exponent { get; }

    public int Size => Midpoint.Rows;

    public ReadOnlySpan<Magnitude> Radii => _radii;

    /// <summary>At least |E|_2: |E_ij| is at most sqrt(r_i) sqrt(r_j), an entry of a matrix of rank one with this norm.</summary>
    public Magnitude RadiusNorm
    {
        get
        {
            Magnitude sum = Magnitude.Zero;
            foreach (Magnitude radius in _radii) sum += radius;
            return sum;
        }
    }

    /// <exception cref="ArgumentException">The midpoint is not symmetric.</exception>
    public static SymmetricBall From(BallMatrix matrix)
    {
        if (!matrix.Midpoint.IsSymmetric()) throw new ArgumentException("The midpoint must be symmetric.", nameof(matrix));
        return new SymmetricBall(matrix.Midpoint, matrix.Exponent, matrix.Radii.ToArray());
    }

    /// <summary>
    /// Encloses the same matrices with fewer bits. Equal entries may have different digits and round differently, so those below the diagonal decide:
    /// each is within the rounding error of the old midpoint, and so is its mirror image.
    /// </summary>
    public SymmetricBall RoundTo(int bits)
    {
        BallMatrix rounded = new BallMatrix(Midpoint, Exponent, _radii).RoundTo(bits);
        return new SymmetricBall(rounded.Midpoint.MirroredBelow(), rounded.Exponent, rounded.Radii.ToArray());
    }

    /// <summary>The matrices times 2^shift.</summary>
    public SymmetricBall Scale(long shift) => new(Midpoint, checked(Exponent + shift), Array.ConvertAll(_radii, radius => radius << shift));

    /// <summary>The matrices H + 2^power I, exactly; the exponent may fall by a multiple of the digits' bits.</summary>
    public SymmetricBall AddIdentity(long power)
    {
        int digits = checked((int)Math.Max(0, (Exponent - power + IntegerMatrix.DigitBits - 1) / IntegerMatrix.DigitBits));
        long exponent = Exponent - ((long)digits * IntegerMatrix.DigitBits);
        return new SymmetricBall(Midpoint.ShiftDigits(digits) + IntegerMatrix.ScaledIdentity(Size, checked((int)(power - exponent))), exponent, _radii);
    }

    /// <summary>
    /// At least |W^T E W|_2 for W = matrix * 2^exponent. |W^T E W|_jl is at most w_j w_l with w_j = sum_i |W_ij| sqrt(r_i), an entry of a matrix of rank one
    /// with the norm sum_j w_j^2.
    /// </summary>
    public Magnitude CongruenceError(IntegerMatrix matrix, long exponent)
    {
        Magnitude[] roots = Array.ConvertAll(_radii, radius => radius.SquareRoot());
        Magnitude total = Magnitude.Zero;
        if (Array.TrueForAll(roots, root => root.IsZero)) return total;
        foreach (Magnitude sum in new EntrySizes(matrix, exponent).ColumnSums(roots)) total += sum * sum;
        return total;
    }

    /// <summary>At least |H|_2 for every H within: the greatest row sum, and what the radii add.</summary>
    public Magnitude NormBound()
    {
        var sizes = new EntrySizes(Midpoint, Exponent);
        Magnitude greatest = Magnitude.Zero;
        for (int i = 0; i < Size; i++) greatest = Magnitude.Max(greatest, sizes.RowSum(i));
        return greatest + RadiusNorm;
    }

    /// <summary>
    /// The greatest v^T H v/(v^T v) over all H within, rounded up, for an integer vector v that is not zero: by Rayleigh at least the smallest eigenvalue of
    /// each H. With <paramref name="isLower"/> the least one, rounded down: at most the greatest eigenvalue.
    /// </summary>
    public Dyadic Rayleigh(IntegerMatrix vector, bool isLower = false)
    {
        // The midpoint is its own transpose.
        IntegerMatrix image = ExactProduct.TransposeMultiply(Midpoint, vector);
        var value = new Dyadic(ExactProduct.TransposeMultiply(vector, image)[0, 0], Exponent);
        var square = new Dyadic(ExactProduct.Gram(vector)[0, 0], 0);
        Dyadic error = CongruenceError(vector, 0).ToDyadic();
        return isLower ? DyadicQuotient.Down(value - error, square) : DyadicQuotient.Up(value + error, square);
    }
}
