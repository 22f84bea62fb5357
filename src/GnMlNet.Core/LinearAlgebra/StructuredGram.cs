namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Accumulates J^T J without forming J, from its factors (see <see cref="JacobianFactors"/>), block of rows by block of rows.
/// With u units, q inputs and o other columns, three families of dot products make up the lower triangle:
/// <code>
/// sum_j (s_ji s_ji') (x_jk x_jk')     pairs of units   by pairs of inputs:  u (u + 1)/2 x q (q + 1)/2, half the products of J^T J
/// sum_j (s_ji x_jk) e_jl              columns of J     by other columns:    u q x o
/// sum_j e_jl e_jl'                    other columns    by other columns:    o x o
/// </code>
/// The left sides are cut into panels of <see cref="DotTile.Rows"/>. Each panel owns its sums and adds the blocks in order,
/// whoever computes it, so the bits do not depend on the number of threads.
/// </summary>
internal sealed unsafe class StructuredGram
{
    // Right columns held at a time: their products with 256 rows fill a good part of the second-level cache.
    private const int ChunkColumns = 96;

    // Pieces of work a pass is cut into; more than threads, so that they finish together.
    private const int Tasks = 32;

    [ThreadStatic]
    private static AlignedBuffer? t_scratch;

    private readonly int _inputs;
    private readonly int _others;
    private readonly Pair[] _unitPairs;
    private readonly Pair[] _inputPairs;
    private readonly Pair[] _columns;
    private readonly Family[] _families;
    private readonly AlignedBuffer _sums;
    private readonly int _panelCount;
    private readonly Action<int> _runTask;
    private ReadOnlyMemory<JacobianFactors> _blocks;

    internal StructuredGram(int units, int inputs, int others)
    {
        _inputs = inputs;
        _others = others;
        _unitPairs = LowerPairs(units);
        _inputPairs = LowerPairs(inputs);
        _columns = [.. from i in Enumerable.Range(0, units) from k in Enumerable.Range(0, inputs) select new Pair(i, k)];
        long offset = 0;
        _families =
        [
            Family.Create(FamilyKind.HiddenByHidden, _unitPairs.Length, _inputPairs.Length, ref offset, ref _panelCount),
            Family.Create(FamilyKind.HiddenByOther, _columns.Length, others, ref offset, ref _panelCount),
            Family.Create(FamilyKind.OtherByOther, others, others, ref offset, ref _panelCount),
        ];
        _sums = new AlignedBuffer(offset);
        _runTask = RunTask;
    }

    /// <summary>The bytes of the sums.</summary>
    internal static double Bytes(double units, double inputs, double others) =>
        sizeof(double) * ((units * (units + 1) / 2 * ((inputs * (inputs + 1) / 2) + DotTile.MostColumns)) + (units * inputs * (others + DotTile.MostColumns)) + (others * (others + DotTile.MostColumns)));

    internal void Clear() => _sums.Clear();

    /// <summary>Adds blocks of rows, in order.</summary>
    internal void Add(ReadOnlyMemory<JacobianFactors> blocks, int threads)
    {
        _blocks = blocks;
        WorkSharing.For(Math.Min(Tasks, _panelCount), threads, _runTask);
        _blocks = default;
    }

    /// <summary>Copies the sums out, when the last of the other columns holds the residuals r.</summary>
    /// <param name="target">J^T J of all columns but the last: the hidden weights unit by unit, then the other columns.</param>
    /// <param name="gradient">J^T r.</param>
    internal void CopyTo(SymmetricMatrix target, Span<double> gradient)
    {
        Family hidden = _families[0], mixed = _families[1], other = _families[2];
        for (int left = 0; left < _unitPairs.Length; left++)
        {
            (int i, int i2) = _unitPairs[left];
            double* sums = _sums.Pointer + hidden.SumIndex(left);
            for (int right = 0; right < _inputPairs.Length; right++)
            {
                (int k, int k2) = _inputPairs[right];
                target[(i * _inputs) + k, (i2 * _inputs) + k2] = sums[right];
                target[(i * _inputs) + k2, (i2 * _inputs) + k] = sums[right];
            }
        }

        for (int right = 0; right < _others; right++)
        {
            Span<double> row = right == _others - 1 ? gradient : target.Row(_columns.Length + right);
            for (int left = 0; left < _columns.Length; left++) row[left] = _sums.Pointer[mixed.SumIndex(left) + right];
            for (int left = 0; left < row.Length - _columns.Length; left++) row[_columns.Length + left] = _sums.Pointer[other.SumIndex(right) + left];
        }
    }

    private void RunTask(int task)
    {
        t_scratch ??= new AlignedBuffer((DotTile.Rows + ChunkColumns) * (long)RowBlock.Stride);
        int tasks = Math.Min(Tasks, _panelCount);
        int first = (int)((long)_panelCount * task / tasks), end = (int)((long)_panelCount * (task + 1) / tasks);
        foreach (JacobianFactors block in _blocks.Span)
        {
            foreach (Family family in _families)
            {
                int from = Math.Max(first, family.FirstPanel), to = Math.Min(end, family.FirstPanel + family.PanelCount);
                if (from < to) AddPanels(block, family, from - family.FirstPanel, to - family.FirstPanel, t_scratch);
            }
        }
    }

    private void AddPanels(JacobianFactors block, Family family, int first, int end, AlignedBuffer scratch)
    {
        for (int chunk = 0; chunk < family.RightCount; chunk += ChunkColumns)
        {
            int columns = Math.Min(ChunkColumns, family.RightCount - chunk);
            double* right = RightColumns(block, family.Kind, chunk, columns, scratch);
            for (int panel = first; panel < end; panel++)
            {
                double* left = LeftPanel(block, family, panel, scratch);
                double* sums = _sums.Pointer + family.SumIndex(panel * DotTile.Rows) + chunk;
                AddPanel(left, right, columns, sums, family.RightPadded);
            }
        }
    }

    private static void AddPanel(double* left, double* right, int columns, double* sums, nint sumStride)
    {
        double* tile = stackalloc double[DotTile.Rows * DotTile.MostColumns];
        // Widths that differ by at most one: a single narrow tile at the end would leave the multipliers idle.
        int tiles = (columns + DotTile.MostColumns - 1) / DotTile.MostColumns;
        int start = 0;
        for (int t = 1; t <= tiles; t++)
        {
            int end = columns * t / tiles;
            DotTile.Compute(RowBlock.Capacity, left, RowBlock.Stride, right + ((nint)start * RowBlock.Stride), RowBlock.Stride, end - start, tile);
            for (int r = 0; r < DotTile.Rows; r++)
            {
                for (int c = start; c < end; c++) sums[(r * sumStride) + c] += tile[(r * DotTile.MostColumns) + c - start];
            }

            start = end;
        }
    }

    /// <summary>The right columns from <paramref name="first"/> on: products of inputs, or the other columns where they are.</summary>
    private double* RightColumns(JacobianFactors block, FamilyKind kind, int first, int count, AlignedBuffer scratch)
    {
        if (kind != FamilyKind.HiddenByHidden) return block.Others.Pointer + ((nint)first * RowBlock.Stride);

        for (int c = 0; c < count; c++)
        {
            (int k, int k2) = _inputPairs[first + c];
            Vectors.Multiply(block.Inputs!.Column(k), block.Inputs.Column(k2), scratch.Slice((DotTile.Rows + c) * (long)RowBlock.Stride, RowBlock.Capacity));
        }

        return scratch.Pointer + (DotTile.Rows * RowBlock.Stride);
    }

    /// <summary>The left columns of a panel, the last one repeated where the family ends within it.</summary>
    private double* LeftPanel(JacobianFactors block, Family family, int panel, AlignedBuffer scratch)
    {
        for (int r = 0; r < DotTile.Rows; r++)
        {
            int left = Math.Min((panel * DotTile.Rows) + r, family.LeftCount - 1);
            Span<double> column = scratch.Slice(r * (long)RowBlock.Stride, RowBlock.Capacity);
            switch (family.Kind)
            {
                case FamilyKind.HiddenByHidden:
                    Vectors.Multiply(block.Slope(_unitPairs[left].First), block.Slope(_unitPairs[left].Second), column);
                    break;
                case FamilyKind.HiddenByOther:
                    Vectors.Multiply(block.Slope(_columns[left].First), block.Inputs!.Column(_columns[left].Second), column);
                    break;
                default:
                    block.Other(left).CopyTo(column);
                    break;
            }
        }

        return scratch.Pointer;
    }

    private static Pair[] LowerPairs(int count) => [.. from i in Enumerable.Range(0, count) from j in Enumerable.Range(0, i + 1) select new Pair(i, j)];

    private readonly record struct Pair(int First, int Second);

    private enum FamilyKind
    {
        HiddenByHidden,
        HiddenByOther,
        OtherByOther,
    }

    /// <summary>A family of dot products and where its sums lie: a row of <see cref="RightPadded"/> numbers for each left column, whole panels of rows.</summary>
    private sealed record Family(FamilyKind Kind, int LeftCount, int RightCount, int RightPadded, long Offset, int FirstPanel, int PanelCount)
    {
        internal static Family Create(FamilyKind kind, int leftCount, int rightCount, ref long offset, ref int firstPanel)
        {
            int padded = (rightCount + DotTile.MostColumns - 1) / DotTile.MostColumns * DotTile.MostColumns;
            int panels = (leftCount + DotTile.Rows - 1) / DotTile.Rows;
            var family = new Family(kind, leftCount, rightCount, padded, offset, firstPanel, panels);
            offset += (long)panels * DotTile.Rows * padded;
            firstPanel += panels;
            return family;
        }

        internal long SumIndex(int left) => Offset + ((long)left * RightPadded);
    }
}
