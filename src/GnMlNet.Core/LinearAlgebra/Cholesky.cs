namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Cholesky factorization A = L L^T of a symmetric positive definite matrix and solves with it.
/// A matrix that is not positive definite to working precision is an answer, not an exception.
/// The factorization halves the matrix again and again, so that nearly all work on large ones is products of blocks;
/// <see cref="TransposedFactor"/> does the small ones:
/// <code>
/// [ A11  .  ]    L11 = chol(A11)
/// [ A21 A22 ]    L21 = A21 L11^-T,   L22 = chol(A22 - L21 L21^T)
/// </code>
/// </summary>
internal sealed unsafe partial class Cholesky
{
    private const int Granule = 16;

    // Work, in multiplications, that is worth sharing between threads, and the pieces for each of them.
    private const double LeastShared = 2_000_000;
    private const int ChunksPerThread = 4;

    private readonly SymmetricMatrix _factor;
    private readonly nint _stride;
    private readonly WorkSharing _work;
    private readonly Action<int> _solveChunk;
    private readonly Action<int> _subtractChunk;
    private Operation _shared;

    /// <param name="size">How many rows the matrices have.</param>
    /// <param name="work">The threads; the bits do not depend on how many there are, since rows do not depend on each other.</param>
    internal Cholesky(int size, WorkSharing work)
    {
        _factor = new SymmetricMatrix(size);
        _stride = _factor.Stride;
        _work = work;
        _solveChunk = SolveChunk;
        _subtractChunk = SubtractChunk;
    }

    internal int Size => _factor.Size;

    /// <summary>The multiplications that a factorization takes.</summary>
    internal static double Products(double size) => size * size * size / 6;

    /// <summary>Factors A + shift diag(d) + B.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="shift">The shift.</param>
    /// <param name="diagonal">d, or nothing where it is 1 everywhere.</param>
    /// <param name="blocks">B, or null where there is none.</param>
    /// <returns>False when a pivot is not a positive finite number; the factor is then unusable.</returns>
    internal bool TryFactor(SymmetricMatrix matrix, double shift, ReadOnlySpan<double> diagonal = default, UnitBlocks? blocks = null)
    {
        bool isSmall = Size <= TransposedFactor.MostRows && blocks is null;
        for (int i = 0; i < Size; i++)
        {
            if (!isSmall) matrix.Row(i)[..i].CopyTo(_factor.Row(i));
            _factor.Pointer[i * (_stride + 1)] = matrix.Pointer[i * ((nint)matrix.Stride + 1)] + (diagonal.IsEmpty ? shift : shift * diagonal[i]);
        }

        if (isSmall)
        {
            bool factored = TransposedFactor.OfThread.TryFactor(matrix.Pointer, matrix.Stride, _factor.Pointer, _stride, Size);
            GC.KeepAlive(matrix);
            return factored;
        }

        blocks?.AddTo(_factor);
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

    /// <summary>
    /// Whether every column of the factored matrix is independent of those before it to working precision: no pivot below size * 2^-52 of its diagonal entry,
    /// which rounding alone can leave there. Scaling the variables does not change the answer.
    /// </summary>
    internal bool HasFullRank
    {
        get
        {
            double least = _factor.Size * (Math.BitIncrement(1.0) - 1);
            for (int i = 0; i < _factor.Size; i++)
            {
                ReadOnlySpan<double> row = _factor.Row(i);
                if (!(row[i] * row[i] > least * Vectors.Dot(row, row))) return false;
            }

            return true;
        }
    }

    /// <summary>ln |A|, the logarithm of the determinant.</summary>
    internal double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _factor.Size; i++) sum += Math.Log(_factor[i, i]);
            return 2 * sum;
        }
    }

    /// <summary>Row i of L, up to its diagonal entry.</summary>
    internal ReadOnlySpan<double> Row(int i) => _factor.Row(i);

    /// <summary>Overwrites the right-hand side b with the solution of L L^T x = b.</summary>
    internal void Solve(Span<double> b)
    {
        SolveLower(b);
        SolveUpper(b);
    }

    /// <summary>Overwrites b with the solution of L x = b.</summary>
    internal void SolveLower(Span<double> b)
    {
        for (int i = 0; i < _factor.Size; i++)
        {
            ReadOnlySpan<double> row = _factor.Row(i);
            b[i] = (b[i] - Vectors.Dot(row[..i], b[..i])) / row[i];
        }
    }

    /// <summary>X := X L^-T for the first rows of a matrix with as many columns as L.</summary>
    internal void SolveRows(RowMatrix x, int rows)
    {
        const int panel = 256;
        _work.For((rows + panel - 1) / panel, piece => SolveTransposed(_factor.Pointer, Size, x.Pointer + ((long)piece * panel * x.Stride), Math.Min(panel, rows - (piece * panel))));
    }

    /// <summary>Overwrites b with the solution of L^T x = b.</summary>
    internal void SolveUpper(Span<double> b)
    {
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
        if (size <= TransposedFactor.MostRows) return TransposedFactor.OfThread.TryFactor(a, _stride, a, _stride, size);

        int half = Half(size);
        double* a21 = a + (half * _stride);
        double* a22 = a21 + half;
        if (!TryFactor(a, half)) return false;
        ShareRows(new Operation(a, a21, null, size - half, half, half), _solveChunk);
        ShareRows(new Operation(a21, a21, a22, size - half, size - half, half), _subtractChunk);
        return TryFactor(a22, size - half);
    }

    /// <summary>Splits the rows of an operation between the threads where it is long enough.</summary>
    private void ShareRows(Operation operation, Action<int> chunk)
    {
        int chunks = _work.Threads == 1 || operation.Products < LeastShared ? 1 : ChunksPerThread * _work.Threads;
        _shared = operation with { Chunks = Math.Min(chunks, operation.Rows) };
        _work.For(_shared.Chunks, chunk);
    }

    private void SolveChunk(int chunk)
    {
        (int first, int count) = _shared.RowsOf(chunk);
        SolveTransposed(_shared.A, _shared.Columns, _shared.B + (first * _stride), count);
    }

    private void SubtractChunk(int chunk)
    {
        (int first, int count) = _shared.RowsOf(chunk);
        nint offset = first * _stride;
        SubtractProduct(_shared.A + offset, _shared.B, _shared.C + offset, count, _shared.Columns, _shared.Inner, diagonal: first);
    }

    /// <summary>X := X L^-T for the lower triangular L of <paramref name="size"/>; X has <paramref name="rows"/> rows.</summary>
    private void SolveTransposed(double* l, int size, double* x, int rows)
    {
        if (size <= TransposedFactor.MostRows)
        {
            TransposedFactor.OfThread.SolveTransposed(l, _stride, size, x, rows, isUpper: false);
            return;
        }

        int half = Half(size);
        double* l21 = l + (half * _stride);
        SolveTransposed(l, half, x, rows);
        SubtractProduct(x, l21, x + half, rows, size - half, half, diagonal: size);
        SolveTransposed(l21 + half, size - half, x + half, rows);
    }

    /// <summary>C := C - A B^T, with <paramref name="inner"/> columns in A and B; what lies right of the diagonal of C is left out.</summary>
    private void SubtractProduct(double* a, double* b, double* c, int rows, int columns, int inner, int diagonal) =>
        BlockedProduct.Add(a, _stride, b, _stride, c, _stride, rows, columns, inner, diagonal, sign: -1);

    // Whole tiles in the first half keep the products aligned.
    private static int Half(int size) => (size / 2 + Granule - 1) / Granule * Granule;

    /// <summary>Either B := B A^-T for a triangle A of some columns, or C := C - A B^T at and below the diagonal of C.</summary>
    private struct Operation(double* a, double* b, double* c, int rows, int columns, int inner)
    {
        internal double* A = a;
        internal double* B = b;
        internal double* C = c;
        internal int Rows = rows;
        internal int Columns = columns;
        internal int Inner = inner;
        internal int Chunks = 1;

        internal readonly double Products => 0.5 * Rows * Columns * Inner;

        internal readonly (int First, int Count) RowsOf(int chunk)
        {
            int first = (int)((long)Rows * chunk / Chunks), end = (int)((long)Rows * (chunk + 1) / Chunks);
            return (first, end - first);
        }
    }
}
