namespace GnMlNet.Balls.Matrices;

/// <summary>
/// A Cholesky factorization in double of a matrix of exact numbers, shifted: approximate in itself, but that it ran to its end proves something.
/// </summary>
/// <remarks>
/// Let A be the exact matrix, scaled by a power of two so that its largest diagonal entry lies in [1, 2), and B = fl(fl(A) - sigma I) what is factored. If the factorization
/// completes with positive pivots, L L^T = B + E with |E|_ij &lt;= gamma d_i d_j, d_i = sqrt(B_ii), gamma = k u/(1 - k u) / (1 - k u/(1 - k u)), k = p + 1, u = 2^-53
/// (Demmel 1989; Higham, Accuracy and Stability of Numerical Algorithms, 2002, theorem 10.5, in any order of summation). As L L^T is positive semidefinite and
/// |d d^T| = tr B, lambda_min(B) &gt;= -gamma tr B. Rounding the entries of A changes it by at most u |A|_F, the subtraction of sigma by at most u max |B_ii| in the spectral norm.
/// Hence lambda_min(A) &gt;= sigma - gamma tr B - u |A|_F - u max |B_ii|. Products below 2^-1022 may vanish: there are fewer than p^2 in a pivot or entry,
/// which 2^-900 covers.
/// </remarks>
internal sealed class DoubleCholesky
{
    private readonly double[] _factor;
    private readonly int _size;
    private readonly long _scale;

    private DoubleCholesky(double[] factor, int size, long scale) => (_factor, _size, _scale) = (factor, size, scale);

    /// <summary>Factors A, unshifted, for approximate solves; null where a pivot is not positive.</summary>
    public static DoubleCholesky? TryFactor(ScaledIntegers matrix)
    {
        (double[] rounded, long scale) = Round(matrix);
        return TryFactor(rounded, matrix.Rows) is { } factor ? new DoubleCholesky(factor, matrix.Rows, scale) : null;
    }

    /// <summary>A proven lower bound of the smallest eigenvalue, or null where double precision does not suffice to show that it is positive.</summary>
    public static Dyadic? LowerBound(ScaledIntegers matrix)
    {
        (double[] rounded, long scale) = Round(matrix);
        int p = matrix.Rows;
        if (TryFactor(rounded, p) is not { } plain) return null;

        Magnitude frobenius = Norms.Euclidean(matrix.Values.Select(value => Magnitude.Of(value) << (matrix.Exponent - scale)));
        double shift = new DoubleCholesky(plain, p, scale).EstimateSmallest() * (1 - (1.0 / 256));
        for (int attempt = 0; attempt < 8 && shift > 0; attempt++, shift /= 2)
        {
            double[] shifted = [.. rounded];
            Magnitude trace = Magnitude.Zero, largest = Magnitude.Zero;
            for (int i = 0; i < p; i++)
            {
                shifted[(i * p) + i] -= shift;
                Magnitude entry = Magnitude.Of(shifted[(i * p) + i]);
                (trace, largest) = (trace + entry, Magnitude.Max(largest, entry));
            }

            if (TryFactor(shifted, p) is null) continue;
            Magnitude u = Magnitude.PowerOfTwo(-53);
            // For k u < 1/4 the two quotients of gamma are below k u (1 + 4 k u).
            Magnitude ku = Magnitude.Of((double)(p + 1)) * u, gamma = ku * (Magnitude.One + (ku << 2));
            Magnitude margin = (gamma * trace) + (u * (frobenius + largest)) + Magnitude.PowerOfTwo(-900);
            Dyadic bound = Dyadic.FromDouble(shift) - margin.ToDyadic();
            if (bound.Sign > 0) return bound << scale;
        }

        return null;
    }

    /// <summary>An approximate solution of A x = b, in double.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        double[] x = right.ToArray();
        for (int i = 0; i < _size; i++)
        {
            double sum = x[i];
            for (int k = 0; k < i; k++) sum -= _factor[(i * _size) + k] * x[k];
            x[i] = sum / _factor[(i * _size) + i];
        }

        for (int i = _size - 1; i >= 0; i--)
        {
            x[i] /= _factor[(i * _size) + i];
            for (int k = 0; k < i; k++) x[k] -= _factor[(i * _size) + k] * x[i];
        }

        for (int i = 0; i < _size; i++) x[i] = Math.ScaleB(x[i], (int)-_scale);
        return x;
    }

    /// <summary>An approximation of the smallest eigenvalue of the scaled matrix by inverse iteration.</summary>
    private double EstimateSmallest()
    {
        var vector = new double[_size];
        // A start with a share of every eigenvector, practically surely.
        for (int i = 0; i < _size; i++) vector[i] = 1 + (((i * 7919) % 101) / 101.0);
        double estimate = 0;
        var unscaled = new DoubleCholesky(_factor, _size, 0);
        for (int iteration = 0; iteration < 40; iteration++)
        {
            double norm = Math.Sqrt(vector.Sum(x => x * x));
            for (int i = 0; i < _size; i++) vector[i] /= norm;
            double[] next = unscaled.Solve(vector);
            double previous = estimate;
            estimate = 1 / Math.Sqrt(next.Sum(x => x * x));
            vector = next;
            if (Math.Abs(estimate - previous) < 1e-6 * estimate) break;
        }

        return double.IsFinite(estimate) ? estimate : 0;
    }

    /// <summary>The entries as doubles after scaling by 2^-scale.</summary>
    private static (double[] Rounded, long Scale) Round(ScaledIntegers matrix)
    {
        long scale = 0;
        bool any = false;
        for (int i = 0; i < matrix.Rows; i++)
        {
            Dyadic entry = matrix.At(i, i);
            if (entry.IsZero) continue;
            scale = any ? Math.Max(scale, entry.TopExponent - 1) : entry.TopExponent - 1;
            any = true;
        }

        double[] rounded = new double[matrix.Values.Length];
        for (int k = 0; k < rounded.Length; k++) rounded[k] = new Dyadic(matrix.Values[k], matrix.Exponent - scale).ToDouble();
        return (rounded, scale);
    }

    private static double[]? TryFactor(double[] matrix, int p)
    {
        var factor = new double[p * p];
        for (int i = 0; i < p; i++)
        {
            ReadOnlySpan<double> row = factor.AsSpan(i * p, p);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = factor.AsSpan(j * p, p);
                double sum = matrix[(i * p) + j];
                for (int k = 0; k < j; k++) sum -= row[k] * other[k];
                if (j < i) factor[(i * p) + j] = sum / other[j];
                else if (sum > 0 && double.IsFinite(sum)) factor[(i * p) + i] = Math.Sqrt(sum);
                else return null;
            }
        }

        return factor;
    }
}
