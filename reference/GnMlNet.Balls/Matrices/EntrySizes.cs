namespace GnMlNet.Balls.Matrices;

/// <summary>Upper bounds on the absolute values of all entries of an integer matrix, as doubles over one power of two, and on sums of them.</summary>
/// <remarks>
/// The leading digits of an entry x, up to a digit of weight w, are summed in double. A partial sum differs from x by less than 0.51 times the weight of its last
/// digit, so if it is not zero it is below 2.1 |x|. Four additions thus err by less than 9 * 2^-53 |x|, the digits left out add 0.51 w if there are any, and
/// |sum| (1 + 2^-48) + w is at least |x|. Sums of n products or squares of such numbers in double are relatively at most 2 n 2^-53 below the exact ones; nothing here is below 2^-500.
/// </remarks>
internal sealed unsafe class EntrySizes
{
    private const int LeadingDigits = 5;
    private const double RoundingFactor = 1 + (1.0 / (1L << 48));

    // Smaller weights would underflow.
    private const double LeastWeight = 1e-60;

    private readonly int _rows;
    private readonly int _columns;
    private readonly double[] _sizes;
    private readonly long _exponent;
    private readonly double _weight;

    /// <summary>The sizes of the entries of matrix * 2^exponent.</summary>
    public EntrySizes(IntegerMatrix matrix, long exponent)
    {
        (_rows, _columns, Shape) = (matrix.Rows, matrix.Columns, matrix.ApproximateShape(LeadingDigits));
        _weight = matrix.Digits <= LeadingDigits ? 0 : Math.ScaleB(1, -IntegerMatrix.DigitBits * LeadingDigits);
        _sizes = new double[Shape.Length];
        for (int i = 0; i < _sizes.Length; i++) _sizes[i] = (Math.Abs(Shape[i]) * RoundingFactor) + _weight;
        _exponent = checked(exponent + ((long)matrix.Digits * IntegerMatrix.DigitBits));
    }

    /// <summary>The entries themselves, approximately, over 2^(22 digits).</summary>
    public double[] Shape { get; }

    /// <summary>At least the norm of what <see cref="Shape"/> times its power of two differs from matrix * 2^exponent.</summary>
    public Magnitude ShapeError => (FrobeniusNorm() << -48) + (Magnitude.Of((double)Math.Max(_rows, _columns)) * (Magnitude.Of(_weight) << _exponent));

    /// <summary>At least the sum of a row's sizes, that of one column left out.</summary>
    public Magnitude RowSum(int row, int exceptColumn = -1)
    {
        double sum = 0;
        for (int j = 0; j < _columns; j++) sum += j == exceptColumn ? 0 : _sizes[(row * _columns) + j];
        return Rounded(sum, _columns) << _exponent;
    }

    /// <summary>At least the Euclidean norm of a row.</summary>
    public Magnitude RowNorm(int row)
    {
        fixed (double* sizes = _sizes)
        {
            double* start = sizes + (row * _columns);
            return Rounded(DoubleKernels.Dot(start, start, _columns), _columns).SquareRoot() << _exponent;
        }
    }

    /// <summary>At least the Frobenius norm.</summary>
    public Magnitude FrobeniusNorm()
    {
        fixed (double* sizes = _sizes) return Rounded(DoubleKernels.Dot(sizes, sizes, _sizes.Length), _sizes.Length).SquareRoot() << _exponent;
    }

    /// <summary>At least the sum over rows i of size_ij weight_i, for each column j.</summary>
    public Magnitude[] ColumnSums(Magnitude[] weights)
    {
        Magnitude greatest = Magnitude.Zero;
        foreach (Magnitude weight in weights) greatest = Magnitude.Max(greatest, weight);
        if (greatest.IsZero) return new Magnitude[_columns];
        double[] sums = new double[_columns];
        fixed (double* sizes = _sizes, sum = sums)
        {
            for (int i = 0; i < _rows; i++)
            {
                if (!weights[i].IsZero) DoubleKernels.AddMultiple(Math.Max((weights[i] << -greatest.Exponent).ToDouble(), LeastWeight), sizes + (i * _columns), sum, _columns);
            }
        }

        return Array.ConvertAll(sums, value => Rounded(value, _rows) << checked(greatest.Exponent + _exponent));
    }

    /// <summary>At least the exact sum of so many terms that are not negative, from what double arithmetic found.</summary>
    public static Magnitude Rounded(double sum, int terms) => Magnitude.Of(sum) * Magnitude.Of(1 + Math.ScaleB(terms + 1, -51));
}
