using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Cholesky factorization A = L L^T of a symmetric positive definite matrix and solves with it.
/// A matrix that is not positive definite to working precision is an answer, not an exception.
/// The factorization halves the matrix again and again, so that nearly all work is products of blocks:
/// <code>
/// [ A11  .  ]    L11 = chol(A11)
/// [ A21 A22 ]    L21 = A21 L11^-T,   L22 = chol(A22 - L21 L21^T)
/// </code>
/// </summary>
internal sealed unsafe class Cholesky
{
    // Blocks up to this size are done by plain loops.
    private const int Base = 16;

    private readonly SymmetricMatrix _factor;
    private readonly nint _stride;

    internal Cholesky(int size)
    {
        _factor = new SymmetricMatrix(size);
        _stride = _factor.Stride;
    }

    /// <summary>Factors A + shift I.</summary>
    /// <returns>False when a pivot is not a positive finite number; the factor is then unusable.</returns>
    internal bool TryFactor(SymmetricMatrix matrix, double shift)
    {
        for (int i = 0; i < _factor.Size; i++)
        {
            matrix.Row(i).CopyTo(_factor.Row(i));
            _factor[i, i] += shift;
        }

        return TryFactor(_factor.Pointer, _factor.Size);
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

    private bool TryFactor(double* a, int size)
    {
        if (size <= Base) return TryFactorBase(a, size);

        int half = Half(size);
        double* a21 = a + (half * _stride);
        double* a22 = a21 + half;
        if (!TryFactor(a, half)) return false;
        SolveTransposed(a, half, a21, size - half);
        SubtractProduct(a21, a21, a22, size - half, size - half, half, lowerOnly: true);
        return TryFactor(a22, size - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryFactorBase(double* a, int size)
    {
        for (int i = 0; i < size; i++)
        {
            double* row = a + (i * _stride);
            for (int j = 0; j < i; j++) row[j] = Remainder(row, a + (j * _stride), j) / a[(j * _stride) + j];

            double pivot = Remainder(row, row, i);
            if (!(pivot > 0) || double.IsInfinity(pivot)) return false;
            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>X := X L^-T for the lower triangular L of <paramref name="size"/>; X has <paramref name="rows"/> rows.</summary>
    private void SolveTransposed(double* l, int size, double* x, int rows)
    {
        if (size <= Base)
        {
            SolveTransposedBase(l, size, x, rows);
            return;
        }

        int half = Half(size);
        double* l21 = l + (half * _stride);
        SolveTransposed(l, half, x, rows);
        SubtractProduct(x, l21, x + half, rows, size - half, half, lowerOnly: false);
        SolveTransposed(l21 + half, size - half, x + half, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveTransposedBase(double* l, int size, double* x, int rows)
    {
        // Four rows at a time: the sums of one row wait for each other.
        int r = 0;
        for (; r + 4 <= rows; r += 4)
        {
            double* x0 = x + (r * _stride), x1 = x0 + _stride, x2 = x1 + _stride, x3 = x2 + _stride;
            for (int j = 0; j < size; j++)
            {
                double* other = l + (j * _stride);
                double s0 = x0[j], s1 = x1[j], s2 = x2[j], s3 = x3[j];
                for (int k = 0; k < j; k++)
                {
                    double factor = -other[k];
                    s0 = Math.FusedMultiplyAdd(x0[k], factor, s0);
                    s1 = Math.FusedMultiplyAdd(x1[k], factor, s1);
                    s2 = Math.FusedMultiplyAdd(x2[k], factor, s2);
                    s3 = Math.FusedMultiplyAdd(x3[k], factor, s3);
                }

                (x0[j], x1[j], x2[j], x3[j]) = (s0 / other[j], s1 / other[j], s2 / other[j], s3 / other[j]);
            }
        }

        for (; r < rows; r++)
        {
            double* row = x + (r * _stride);
            for (int j = 0; j < size; j++) row[j] = Remainder(row, l + (j * _stride), j) / l[(j * _stride) + j];
        }
    }

    /// <summary>The entry that is left of row[j] after the first j entries of both rows were multiplied and subtracted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Remainder(double* row, double* other, int j)
    {
        double sum = row[j];
        for (int k = 0; k < j; k++) sum = Math.FusedMultiplyAdd(row[k], -other[k], sum);
        return sum;
    }

    /// <summary>C := C - A B^T, with <paramref name="inner"/> columns in A and B; only what lies at or below the diagonal of C where asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SubtractProduct(double* a, double* b, double* c, int rows, int columns, int inner, bool lowerOnly)
    {
        double* tile = stackalloc double[DotTile.Size];
        // Fewer rows than a tile has are done one by one: with stride 0 every row of the tile is the same.
        (int panel, nint stride) = rows < DotTile.Rows ? (1, (nint)0) : (DotTile.Rows, _stride);
        for (int i = 0; i < rows; i += panel)
        {
            // The last panel is moved up to stay within the matrix; what it shares with the one before is not subtracted twice.
            int first = Math.Min(i, rows - panel);
            int limit = lowerOnly ? Math.Min(columns, i + panel) : columns;
            for (int j = 0; j < limit; j += DotTile.MostColumns)
            {
                int width = Math.Min(DotTile.MostColumns, columns - j);
                new Span<double>(tile, DotTile.Size).Clear();
                DotTile.Accumulate(inner, a + (first * _stride), stride, b + (j * _stride), _stride, width, tile);
                for (int r = i - first; r < panel; r++)
                {
                    double* target = c + ((first + r) * _stride) + j;
                    double* sums = tile + (r * DotTile.MostColumns);
                    for (int q = 0; q < width; q++) target[q] -= sums[q];
                }
            }
        }
    }

    // Whole tiles in the first half keep the products aligned.
    private static int Half(int size) => (size / 2 + Base - 1) / Base * Base;
}
