namespace GnMlNet.Reference.Blocks;

/// <summary>The kernel of a block between rows, enclosed.</summary>
/// <remarks>docs/crosscheck.md, "Kernel blocks". Exponents are exact; only the exponential and the last place err.</remarks>
internal sealed class BlockKernel
{
    // Of an exponential and of products beyond the bits of a value.
    private const int GuardBits = 8;

    private readonly RecordedKernel _kernel;
    private readonly ScaledIntegers _laplaceRates;
    private readonly ScaledIntegers _gaussianRates;
    private readonly Dyadic _laplaceScale;
    private readonly Dyadic _gaussianScale;
    private readonly Dyadic _constant;
    private readonly int _bits;

    /// <param name="kernel">The kernel.</param>
    /// <param name="bits">Places below the leading one of k(x, x).</param>
    public BlockKernel(RecordedKernel kernel, int bits)
    {
        (_kernel, _bits) = (kernel, bits);
        int d = kernel.ColumnCount;
        (_laplaceRates, _gaussianRates) = (ScaledIntegers.Of(d, 1, kernel.LaplaceRates), ScaledIntegers.Of(d, 1, kernel.GaussianRates));
        (_laplaceScale, _gaussianScale, _constant) = (Dyadic.FromDouble(kernel.LaplaceScale), Dyadic.FromDouble(kernel.GaussianScale), Dyadic.FromDouble(kernel.Constant));
        Diagonal = _laplaceScale + _gaussianScale + _constant;
        Exponent = (Diagonal.IsZero ? 0 : Diagonal.TopExponent) - bits;
    }

    /// <summary>Places below the leading one of k(x, x).</summary>
    public int Bits => _bits;

    /// <summary>k(x, x), exactly: the same at every x.</summary>
    public Dyadic Diagonal { get; }

    /// <summary>Values are multiples of 2^this.</summary>
    public long Exponent { get; }

    /// <summary>k(X, X), n x n, and a bound on the error of each entry.</summary>
    public (ScaledIntegers Values, Magnitude Error) Square()
    {
        int n = _kernel.RowCount;
        ScaledIntegers x = ScaledIntegers.Of(n, _kernel.ColumnCount, _kernel.Inputs), values = new(n, n, Exponent);
        Magnitude error = Magnitude.Zero;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++) values[i, j] = values[j, i] = Value(x, i, j, ref error);
        }

        return (values, error);
    }

    /// <summary>k(X, Z), n x q, for q further rows, and a bound on the error of each entry.</summary>
    public (ScaledIntegers Values, Magnitude Error) Cross(double[] rows)
    {
        int n = _kernel.RowCount, d = _kernel.ColumnCount, q = rows.Length / d;
        ScaledIntegers x = ScaledIntegers.Of(n + q, d, [.. _kernel.Inputs, .. rows]), values = new(n, q, Exponent);
        Magnitude error = Magnitude.Zero;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < q; j++) values[i, j] = Value(x, i, n + j, ref error);
        }

        return (values, error);
    }

    private BigInteger Value(ScaledIntegers x, int i, int j, ref Magnitude error)
    {
        BigInteger sum = BigInteger.Zero, squares = BigInteger.Zero;
        for (int k = 0; k < x.Columns; k++)
        {
            BigInteger distance = BigInteger.Abs(x[i, k] - x[j, k]);
            if (!_laplaceScale.IsZero) sum += _laplaceRates.Values[k] * distance;
            if (!_gaussianScale.IsZero) squares += BigInteger.Pow(_gaussianRates.Values[k] * distance, 2);
        }

        int bits = _bits + GuardBits;
        Ball laplace = Part(_laplaceScale, new Dyadic(sum, x.Exponent + _laplaceRates.Exponent)), gaussian = Part(_gaussianScale, new Dyadic(squares, (2 * (x.Exponent + _gaussianRates.Exponent)) - 1));
        Ball value = Ball.Add(Ball.Add(laplace, gaussian, bits), Ball.Exact(_constant), bits);
        Dyadic rounded = value.Midpoint.RoundTo(Exponent);
        error = Magnitude.Max(error, value.Radius + Magnitude.Of(value.Midpoint - rounded));
        return rounded.IsZero ? BigInteger.Zero : rounded.Mantissa << checked((int)(rounded.Exponent - Exponent));
    }

    // s e^-t.
    private Ball Part(Dyadic scale, Dyadic t)
    {
        if (scale.IsZero) return Ball.Zero;
        // e^-t < 2^-t: far below the last place it needs no series.
        if (t > _bits + GuardBits) return new Ball(Dyadic.Zero, Magnitude.Of(scale) << -(_bits + GuardBits));
        return Ball.Multiply(Ball.Exact(scale), Ball.Exp(Ball.Exact(-t), _bits + GuardBits), _bits + GuardBits);
    }
}
