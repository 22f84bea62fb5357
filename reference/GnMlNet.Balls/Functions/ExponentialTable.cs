namespace GnMlNet.Balls;

/// <summary>
/// What <see cref="ExponentialKernel"/> looks up, as fractions of <see cref="LimbCount"/> limbs cut off towards zero: ln 2, 1 - exp(-i/2^8), 1 - exp(-i/2^16)
/// and 1/k!. Each entry is below its exact value by less than 1 + 2^-40 ulp. Immutable.
/// </summary>
internal sealed class ExponentialTable
{
    /// <summary>Below it lie all rows of the coarse table that occur: a reduced argument is below 0.6932 &lt; 178/256.</summary>
    public const int CoarseRows = 178;

    /// <summary>Rows of the fine table.</summary>
    public const int FineRows = 256;

    // Table entries are built with this many bits more.
    private const int GuardBits = 64;

    /// <summary>Builds the table.</summary>
    public ExponentialTable(int fractionBits)
    {
        LimbCount = fractionBits / 64;
        LogarithmOfTwo = new ulong[LimbCount];
        Coarse = new ulong[CoarseRows * LimbCount];
        Fine = new ulong[FineRows * LimbCount];
        Write(LnTwo(fractionBits), LogarithmOfTwo);
        for (int i = 0; i < CoarseRows; i++) Write(OneLessExponential(i, 8, fractionBits), Row(Coarse, i));
        for (int i = 0; i < FineRows; i++) Write(OneLessExponential(i, 16, fractionBits), Row(Fine, i));

        // The first omitted term w^(N+1)/(N+1)! with w < 2^-16 is below 1/16 ulp.
        BigInteger factorial = 1, enough = BigInteger.One << (fractionBits + 4);
        int degree = 0;
        while ((factorial * (degree + 1)) << (16 * (degree + 1)) < enough)
        {
            degree++;
            factorial *= degree;
        }

        Degree = degree;
        Coefficients = new ulong[(degree + 1) * LimbCount];
        Dropped = new int[degree + 1];
        factorial = 1;
        for (int k = 2; k <= degree; k++)
        {
            factorial *= k;
            // An error of g_k reaches the result times w^k < 2^(-16 k): limbs below 2^(16 k - 8) ulp do not matter.
            Dropped[k] = ((16 * k) - 8) / 64;
            Write((BigInteger.One << fractionBits) / factorial, Row(Coefficients, k));
        }
    }

    /// <summary>Limbs of a fraction.</summary>
    public int LimbCount { get; }

    /// <summary>ln 2.</summary>
    public ulong[] LogarithmOfTwo { get; }

    /// <summary>1 - exp(-i/256), row by row.</summary>
    public ulong[] Coarse { get; }

    /// <summary>1 - exp(-i/65536), row by row.</summary>
    public ulong[] Fine { get; }

    /// <summary>Row k is 1/k!, from k = 2.</summary>
    public ulong[] Coefficients { get; }

    /// <summary>At Horner's step k, the low limbs that are left out.</summary>
    public int[] Dropped { get; }

    /// <summary>The highest power of the series.</summary>
    public int Degree { get; }

    private Span<ulong> Row(ulong[] table, int row) => table.AsSpan(row * LimbCount, LimbCount);

    // sum 1/(k 2^k): every term is cut off, by less than one guard unit each, and the rest of the series is below one more.
    private static BigInteger LnTwo(int bits)
    {
        BigInteger sum = 0, power = BigInteger.One << (bits + GuardBits);
        for (int k = 1; !power.IsZero; k++)
        {
            power >>= 1;
            sum += power / k;
        }

        return sum >> GuardBits;
    }

    // x - x^2/2! + x^3/3! - ... for x = i/2^shift < 0.7. A term's error is at most 1 + 0.7 times the one before: below 4 guard units, so that fewer than
    // 2^14 terms and the rest err by less than 2^17 guard units, 2^-47 ulp. To stay below the exact value that much is taken off first.
    private static BigInteger OneLessExponential(int i, int shift, int bits)
    {
        if (i == 0) return BigInteger.Zero;
        BigInteger sum = 0, term = BigInteger.One << (bits + GuardBits);
        for (int k = 1; !term.IsZero; k++)
        {
            term = (term * i / k) >> shift;
            sum = (k & 1) == 1 ? sum + term : sum - term;
        }

        return (sum - (BigInteger.One << 17)) >> GuardBits;
    }

    private static void Write(BigInteger value, Span<ulong> limbs)
    {
        foreach (ref ulong limb in limbs)
        {
            limb = (ulong)(value & ulong.MaxValue);
            value >>= 64;
        }
    }
}
