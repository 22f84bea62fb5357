using System.Numerics;
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

    internal int Size => _factor.Size;

    /// <summary>The multiplications that a factorization takes.</summary>
    internal static double Products(double size) => size * size * size / 6;

    /// <summary>Factors A + shift diag(d).</summary>
    /// <param name="matrix">A.</param>
    /// <param name="shift">The shift.</param>
    /// <param name="diagonal">d, or nothing where it is 1 everywhere.</param>
    /// <returns>False when a pivot is not a positive finite number; the factor is then unusable.</returns>
    internal bool TryFactor(SymmetricMatrix matrix, double shift, ReadOnlySpan<double> diagonal = default)
    {
        for (int i = 0; i < _factor.Size; i++)
        {
            matrix.Row(i).CopyTo(_factor.Row(i));
            _factor[i, i] += diagonal.IsEmpty ? shift : shift * diagonal[i];
        }

        return TryFactor(_factor.Pointer, _factor.Size);
    }

    /// <summary>Factors scale A + B + shift I.</summary>
    /// <returns>False when a pivot is not a positive finite number; the factor is then unusable.</returns>
    internal bool TryFactor(SymmetricMatrix matrix, double scale, SymmetricMatrix other, double shift)
    {
        for (int i = 0; i < _factor.Size; i++)
        {
            other.Row(i).CopyTo(_factor.Row(i));
            Vectors.AddScaled(matrix.Row(i), scale, _factor.Row(i));
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
        SubtractProduct(a21, a21, a22, size - half, size - half, half, diagonal: 0);
        return TryFactor(a22, size - half);
    }

    /// <summary>Row by row: a row of L is the solution of a triangular system with the rows above it.</summary>
    private bool TryFactorBase(double* a, int size)
    {
        Triangle above = default;
        for (int i = 0; i < size; i++)
        {
            double* row = a + (i * _stride);
            double pivot = row[i];
            above.SolveRows(row, _stride, 1, i);
            for (int k = 0; k < i; k++) pivot = Math.FusedMultiplyAdd(-row[k], row[k], pivot);
            if (!(pivot > 0) || double.IsInfinity(pivot)) return false;
            row[i] = Math.Sqrt(pivot);
            above.SetRow(i, row);
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
        SubtractProduct(x, l21, x + half, rows, size - half, half, diagonal: size);
        SolveTransposed(l21 + half, size - half, x + half, rows);
    }

    private void SolveTransposedBase(double* l, int size, double* x, int rows)
    {
        Triangle triangle = default;
        for (int i = 0; i < size; i++) triangle.SetRow(i, l + (i * _stride));
        for (int r = 0; r < rows; r += Triangle.RowsAtOnce) triangle.SolveRows(x + (r * _stride), _stride, Math.Min(Triangle.RowsAtOnce, rows - r), size);
    }

    /// <summary>C := C - A B^T, with <paramref name="inner"/> columns in A and B; what lies right of the diagonal of C is left out.</summary>
    private void SubtractProduct(double* a, double* b, double* c, int rows, int columns, int inner, int diagonal) =>
        BlockedProduct.Add(a, _stride, b, _stride, c, _stride, rows, columns, inner, diagonal, sign: -1);

    // Whole tiles in the first half keep the products aligned.
    private static int Half(int size) => (size / 2 + Base - 1) / Base * Base;

    /// <summary>A lower triangle of at most <see cref="Base"/> rows, kept by columns, so that a vector holds entries of one column.</summary>
    private struct Triangle
    {
        internal const int RowsAtOnce = 8;

        private fixed double _columns[Base * Base];
        private fixed double _reciprocals[Base];

        /// <summary>Takes over row <paramref name="i"/> up to the diagonal.</summary>
        internal void SetRow(int i, double* row)
        {
            for (int k = 0; k < i; k++) _columns[(k * Base) + i] = row[k];
            _reciprocals[i] = 1 / row[i];
        }

        /// <summary>
        /// Overwrites the first <paramref name="size"/> entries of rows x with x L^-T; those behind them lose a multiple of 0.
        /// Rows go side by side, since the entries of one wait for each other.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        internal void SolveRows(double* x, nint stride, int rows, int size)
        {
            int end = (size + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
            // Kept apart until the end: a number written into a vector that is about to be read again would hold it up.
            double* solution = stackalloc double[RowsAtOnce * Base];
            fixed (double* columns = _columns, reciprocals = _reciprocals)
            {
                for (int k = 0; k < size; k++)
                {
                    double* column = columns + (k * Base);
                    int start = k / Vector<double>.Count * Vector<double>.Count;
                    for (int r = 0; r < rows; r++)
                    {
                        double* row = x + (r * stride);
                        double value = row[k] * reciprocals[k];
                        solution[(r * Base) + k] = value;
                        var factor = new Vector<double>(-value);
                        for (int j = start; j < end; j += Vector<double>.Count)
                            Vector.FusedMultiplyAdd(factor, Vector.Load(column + j), Vector.Load(row + j)).Store(row + j);
                    }
                }
            }

            for (int r = 0; r < rows; r++) new Span<double>(solution + (r * Base), size).CopyTo(new Span<double>(x + (r * stride), size));
        }
    }
}
