namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Eigenvalues and eigenvectors of small symmetric matrices by Jacobi's rotations in cyclic order, each of which makes an entry off the diagonal 0
/// (Golub and Van Loan, Matrix Computations, 4th edition, section 8.5). Room for one size of matrix; not for two callers at once.
/// </summary>
internal sealed class JacobiEigenvectors(int size)
{
    private const int MostSweeps = 30;

    // The squares off the diagonal, as a share of all, that are as good as none: entries of 1e-12 of the largest.
    private const double Negligible = 1e-24;

    private readonly double[] _vectors = new double[size * size];

    /// <summary>Replaces a matrix by the sum of lambda v v^T over its positive eigenvalues. An entry that is not a number makes it zero.</summary>
    /// <param name="matrix">size x size numbers, row by row, both triangles.</param>
    internal void TakePositivePart(Span<double> matrix)
    {
        double total = Vectors.Dot(matrix, matrix);
        if (!double.IsFinite(total) || total == 0)
        {
            matrix.Clear();
            return;
        }

        Diagonalize(matrix, Negligible * total);
        Span<double> values = stackalloc double[size <= 64 ? size : 0];
        if (values.IsEmpty) values = new double[size];
        for (int i = 0; i < size; i++) values[i] = matrix[(i * size) + i];
        matrix.Clear();
        // Row i of the vectors belongs to value i.
        for (int i = 0; i < size; i++)
        {
            if (!(values[i] > 0)) continue;
            ReadOnlySpan<double> vector = _vectors.AsSpan(i * size, size);
            for (int a = 0; a < size; a++) Vectors.AddScaled(vector, values[i] * vector[a], matrix.Slice(a * size, size));
        }

        // Rounding must not leave a trace of asymmetry.
        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b < a; b++) matrix[(b * size) + a] = matrix[(a * size) + b];
        }
    }

    private void Diagonalize(Span<double> a, double negligible)
    {
        Array.Clear(_vectors);
        for (int i = 0; i < size; i++) _vectors[(i * size) + i] = 1;
        for (int sweep = 0; sweep < MostSweeps && SquaresOffDiagonal(a) > negligible; sweep++)
        {
            for (int p = 0; p < size - 1; p++)
            {
                for (int q = p + 1; q < size; q++) Rotate(a, p, q);
            }
        }
    }

    private double SquaresOffDiagonal(ReadOnlySpan<double> a)
    {
        double sum = 0;
        for (int i = 1; i < size; i++)
        {
            ReadOnlySpan<double> row = a.Slice(i * size, i);
            sum += Vectors.Dot(row, row);
        }

        return 2 * sum;
    }

    private void Rotate(Span<double> a, int p, int q)
    {
        double beside = a[(p * size) + q];
        if (beside == 0) return;

        double theta = (a[(q * size) + q] - a[(p * size) + p]) / (2 * beside);
        double t = 1 / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        if (theta < 0) t = -t;
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        RotateRows(a, p, q, c, s);
        for (int i = 0; i < size; i++)
        {
            double x = a[(i * size) + p], y = a[(i * size) + q];
            a[(i * size) + p] = (c * x) - (s * y);
            a[(i * size) + q] = (s * x) + (c * y);
        }

        RotateRows(_vectors, p, q, c, s);
    }

    private void RotateRows(Span<double> rows, int p, int q, double c, double s)
    {
        Span<double> first = rows.Slice(p * size, size), second = rows.Slice(q * size, size);
        for (int i = 0; i < size; i++)
        {
            double x = first[i], y = second[i];
            first[i] = (c * x) - (s * y);
            second[i] = (s * x) + (c * y);
        }
    }
}
