namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// All eigenvalues of a symmetric matrix, without eigenvectors: Householder reflections to tridiagonal form, then the QL algorithm with implicit shifts
/// (Wilkinson and Reinsch, Handbook for Automatic Computation II, 1971, contributions II/2 and II/4). Errors are a small multiple of 2^-53 times the largest one.
/// </summary>
internal static class SymmetricEigenvalues
{
    // Thirty are far beyond what any shift sequence has been seen to need.
    private const int MostSweeps = 30;

    /// <summary>The eigenvalues of a finite matrix, ascending; NaN everywhere where an entry is not finite. The matrix is overwritten.</summary>
    internal static double[] Of(SymmetricMatrix matrix)
    {
        double[] diagonal = new double[matrix.Size], beside = new double[matrix.Size];
        Tridiagonalize(matrix, diagonal, beside);
        if (!(double.IsFinite(diagonal.Sum()) && double.IsFinite(beside.Sum())))
        {
            Array.Fill(diagonal, double.NaN);
            return diagonal;
        }

        Diagonalize(diagonal, beside);
        Array.Sort(diagonal);
        return diagonal;
    }

    /// <summary>Reflects the rows, the last one first, onto their last entry left of the diagonal.</summary>
    /// <param name="a">The matrix; its rows become the reflectors.</param>
    /// <param name="diagonal">The diagonal of the tridiagonal matrix.</param>
    /// <param name="beside">Its entries left of the diagonal; the first is 0.</param>
    private static void Tridiagonalize(SymmetricMatrix a, Span<double> diagonal, Span<double> beside)
    {
        var product = new double[a.Size];
        for (int i = a.Size - 1; i > 0; i--)
        {
            Span<double> u = a.Row(i)[..i], p = product.AsSpan(0, i);
            diagonal[i] = a[i, i];
            double scale = Vectors.LargestMagnitude(u);
            if (scale == 0) continue;

            // Scaled so that squares neither overflow nor vanish; the reflector does not depend on it.
            for (int k = 0; k < i; k++) u[k] /= scale;
            double last = u[^1], norm = Math.CopySign(Vectors.Norm(u), -last);
            beside[i] = scale * norm;
            u[^1] = last - norm;
            double half = -norm * u[^1];
            Multiply(a, u, p);
            for (int k = 0; k < i; k++) p[k] /= half;
            Vectors.AddScaled(u, -Vectors.Dot(u, p) / (2 * half), p);
            for (int j = 0; j < i; j++)
            {
                Span<double> row = a.Row(j);
                Vectors.AddScaled(p[..(j + 1)], -u[j], row);
                Vectors.AddScaled(u[..(j + 1)], -p[j], row);
            }
        }

        diagonal[0] = a[0, 0];
    }

    /// <summary>product = the leading part of A, times u.</summary>
    private static void Multiply(SymmetricMatrix a, ReadOnlySpan<double> u, Span<double> product)
    {
        product.Clear();
        for (int j = 0; j < u.Length; j++)
        {
            Span<double> row = a.Row(j);
            product[j] += Vectors.Dot(row, u[..(j + 1)]);
            Vectors.AddScaled(row[..j], u[j], product[..j]);
        }
    }

    private static void Diagonalize(Span<double> d, Span<double> beside)
    {
        int n = d.Length;
        Span<double> e = new double[n];
        beside[1..].CopyTo(e);
        for (int first = 0; first < n; first++)
        {
            for (int sweep = 0; sweep < MostSweeps; sweep++)
            {
                int last = first;
                while (last < n - 1 && Math.Abs(d[last]) + Math.Abs(d[last + 1]) + Math.Abs(e[last]) > Math.Abs(d[last]) + Math.Abs(d[last + 1])) last++;
                if (last == first) break;
                Sweep(d, e, first, last);
            }
        }
    }

    /// <summary>One implicit QL sweep over an unreduced block.</summary>
    private static void Sweep(Span<double> d, Span<double> e, int first, int last)
    {
        double g = (d[first + 1] - d[first]) / (2 * e[first]), r = double.Hypot(g, 1);
        g = d[last] - d[first] + (e[first] / (g + Math.CopySign(r, g)));
        double s = 1, c = 1, p = 0;
        for (int i = last - 1; i >= first; i--)
        {
            double f = s * e[i], b = c * e[i];
            r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[last] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
        }

        d[first] -= p;
        e[first] = g;
        e[last] = 0;
    }
}
