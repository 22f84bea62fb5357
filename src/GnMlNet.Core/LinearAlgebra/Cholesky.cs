namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Cholesky factorization A = L L^T of a symmetric positive definite matrix and solves with it.
/// A matrix that is not positive definite to working precision is an answer, not an exception.
/// </summary>
internal sealed class Cholesky
{
    private readonly SymmetricMatrix _factor;

    internal Cholesky(int size) => _factor = new SymmetricMatrix(size);

    /// <summary>Factors A + shift I, where A is the leading part of <paramref name="matrix"/> of this factorization's size.</summary>
    /// <returns>False when a pivot is not a positive finite number; the factor is then unusable.</returns>
    internal bool TryFactor(SymmetricMatrix matrix, double shift)
    {
        for (int i = 0; i < _factor.Size; i++)
        {
            Span<double> row = _factor.Row(i);
            ReadOnlySpan<double> source = matrix.Row(i);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> pivotRow = _factor.Row(j);
                row[j] = (source[j] - Vectors.Dot(row[..j], pivotRow[..j])) / pivotRow[j];
            }

            double pivot = source[i] + shift - Vectors.Dot(row[..i], row[..i]);
            if (!(pivot > 0) || double.IsInfinity(pivot)) return false;
            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Overwrites the right-hand side b with the solution of L L^T x = b.</summary>
    internal void Solve(Span<double> b)
    {
        for (int i = 0; i < _factor.Size; i++)
        {
            ReadOnlySpan<double> row = _factor.Row(i);
            b[i] = (b[i] - Vectors.Dot(row[..i], b[..i])) / row[i];
        }

        // Backward with the columns of L^T, which are the rows of L, so that memory is read in order.
        for (int i = _factor.Size - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = _factor.Row(i);
            b[i] /= row[i];
            Vectors.AddScaled(row[..i], -b[i], b[..i]);
        }
    }
}
