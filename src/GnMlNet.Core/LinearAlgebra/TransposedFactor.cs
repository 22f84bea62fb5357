namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// U = L^T, the transposed Cholesky factor of a block that fits into the second-level cache: what is factored and solved is copied here, where vectors can run
/// along the rows (<see cref="SubstitutionTile"/>), and copied back. Sizes are filled up with rows and columns of the identity to whole tiles.
/// </summary>
internal sealed unsafe class TransposedFactor
{
    /// <summary>The most rows that a block may have.</summary>
    internal const int MostRows = 160;

    [ThreadStatic]
    private static TransposedFactor? t_instance;

    private static readonly int s_height = SubstitutionTile.Rows;
    private static readonly int s_width = SubstitutionTile.MostVectors * SubstitutionTile.Lanes;
    private static readonly int s_stride = AlignedBuffer<double>.StrideOf(MostRows);

    private readonly AlignedBuffer<double> _factor = new(MostRows * s_stride);

    // The blocks on the diagonal of U in the form that tiles want, one behind the other.
    private readonly AlignedBuffer<double> _triangles = new(MostRows * s_height);

    // Some right-hand sides, side by side.
    private readonly AlignedBuffer<double> _columns = new(MostRows * s_width);

    private TransposedFactor()
    {
    }

    /// <summary>The one that this thread may use.</summary>
    internal static TransposedFactor OfThread => t_instance ??= new TransposedFactor();

    /// <summary>Factors a lower triangle A = L L^T; what lies above the diagonal means nothing, before and after.</summary>
    /// <param name="a">A, row by row; its diagonal is not read.</param>
    /// <param name="strideA">From one row of A to the next.</param>
    /// <param name="l">Where L goes, row by row, which may be A; its diagonal holds that of A.</param>
    /// <param name="strideL">From one row of L to the next.</param>
    /// <param name="size">How many rows there are, at most <see cref="MostRows"/>.</param>
    /// <returns>False when a pivot is not a positive finite number; L is then unusable.</returns>
    internal bool TryFactor(double* a, nint strideA, double* l, nint strideL, int size)
    {
        double* u = _factor.Pointer;
        int padded = Padded(size);
        for (int i = 0; i < size; i += s_height)
        {
            double* diagonal = Load(a, strideA, size, i), target = l + (i * strideL) + i;
            int height = Math.Min(s_height, size - i);
            for (int r = 0; r < height; r++) diagonal[r * (s_stride + 1)] = target[r * (strideL + 1)];
            for (int j = i; j < padded; j += s_width)
                SubstitutionTile.Subtract(i, u + i, s_stride, u + j, s_stride, Math.Min(SubstitutionTile.MostVectors, (padded - j) / SubstitutionTile.Lanes));
            if (!TryFactorTriangle(diagonal, Triangle(i))) return false;
            SubstitutionTile.Solve(Triangle(i), diagonal + s_height, s_stride, (padded - i - s_height) / SubstitutionTile.Lanes);
            Transposition.Copy(diagonal, s_stride, target, strideL, height, size - i);
        }

        return true;
    }

    /// <summary>X := X L^-T.</summary>
    /// <param name="l">L, row by row.</param>
    /// <param name="stride">From one row to the next, in L and in X.</param>
    /// <param name="size">How many rows L and columns X has, at most <see cref="MostRows"/>.</param>
    /// <param name="x">X, row by row.</param>
    /// <param name="rows">How many rows X has.</param>
    /// <param name="isUpper">Whether X is zero left of its diagonal.</param>
    internal void SolveTransposed(double* l, nint stride, int size, double* x, int rows, bool isUpper)
    {
        for (int i = 0; i < size; i += s_height) SetTriangle(Load(l, stride, size, i), Triangle(i));
        for (int first = 0; first < rows; first += s_width)
        {
            int count = Math.Min(s_width, rows - first), vectors = (count + SubstitutionTile.Lanes - 1) / SubstitutionTile.Lanes;
            int start = isUpper ? first / s_height * s_height : 0;
            double* source = x + (first * stride) + start;
            double* columns = _columns.Pointer + (start * s_width);
            if (count < s_width) _columns.Clear();
            else _columns.Slice(size * s_width, (Padded(size) - size) * s_width).Clear();
            Transposition.Copy(source, stride, columns, s_width, count, size - start);
            for (int i = start; i < size; i += s_height)
            {
                SubstitutionTile.Subtract(i - start, _factor.Pointer + (start * s_stride) + i, s_stride, columns, s_width, vectors);
                SubstitutionTile.Solve(Triangle(i), columns + ((i - start) * s_width), s_width, vectors);
            }

            Transposition.Copy(columns, s_width, source, stride, size - start, count);
        }
    }

    private static int Padded(int size) => (size + s_height - 1) / s_height * s_height;

    private double* Triangle(int first) => _triangles.Pointer + (first * s_height);

    /// <summary>Copies some columns of a lower triangle here, from the diagonal on.</summary>
    /// <returns>Where the diagonal is.</returns>
    private double* Load(double* a, nint stride, int size, int first)
    {
        double* diagonal = _factor.Pointer + (first * s_stride) + first;
        int rows = size - first, columns = Math.Min(s_height, rows), padded = Padded(size) - first;
        Transposition.Copy(a + (first * stride) + first, stride, diagonal, s_stride, rows, columns);
        for (int r = 0; r < s_height; r++)
        {
            for (int c = r < columns ? rows : 0; c < padded; c++) diagonal[(r * s_stride) + c] = r == c ? 1 : 0;
        }

        return diagonal;
    }

    private static bool TryFactorTriangle(double* a, double* triangle)
    {
        for (int i = 0; i < s_height; i++)
        {
            double* row = a + (i * s_stride);
            double pivot = row[i];
            if (!(pivot > 0) || double.IsInfinity(pivot)) return false;
            double root = Math.Sqrt(pivot), reciprocal = 1 / root;
            row[i] = root;
            for (int j = i + 1; j < s_height; j++) row[j] *= reciprocal;
            for (int k = i + 1; k < s_height; k++)
            {
                double* below = a + (k * s_stride);
                below[i] = 0;
                for (int j = k; j < s_height; j++) below[j] = Math.FusedMultiplyAdd(-row[k], row[j], below[j]);
            }
        }

        SetTriangle(a, triangle);
        return true;
    }

    private static void SetTriangle(double* u, double* triangle)
    {
        for (int i = 0; i < s_height; i++)
        {
            for (int j = i + 1; j < s_height; j++) triangle[(i * s_height) + j] = -u[(i * s_stride) + j];
            triangle[(i * s_height) + i] = 1 / u[(i * s_stride) + i];
        }
    }
}
