using System.Runtime.CompilerServices;

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
    // Right columns held at a time, in tiles: 96 columns of 256 rows fill a good part of the second-level cache.
    private const int ChunkTiles = 24;

    // Panels that meet a right tile one after the other while it is in the first-level cache.
    private const int GroupPanels = 2;

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
    private readonly WorkSharing _work;
    private ReadOnlyMemory<JacobianFactors> _blocks;

    internal StructuredGram(int units, int inputs, int others, WorkSharing work)
    {
        _work = work;
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

    /// <summary>The bytes of the sums, to within the padding of the last panels and tiles.</summary>
    internal static double Bytes(double units, double inputs, double others) =>
        sizeof(double) * ((units * (units + 1) / 2 * (inputs + 1) * ((inputs / 2) + 1)) + (units * inputs * (others + 3)) + ((others + 3) * (others + 3)));

    internal void Clear() => _sums.Clear();

    /// <summary>Adds blocks of rows, in order.</summary>
    internal void Add(ReadOnlyMemory<JacobianFactors> blocks)
    {
        if (blocks.IsEmpty) return;
        _blocks = blocks;
        _work.For(Math.Min(Tasks, _panelCount), _runTask);
        _blocks = default;
    }

    /// <summary>Copies the sums out: the hidden weights unit by unit, then the other columns.</summary>
    internal void CopyTo(SymmetricMatrix target)
    {
        (Family hidden, Family mixed, Family other) = (_families[0], _families[1], _families[2]);
        for (int left = 0; left < _unitPairs.Length; left++)
        {
            (int i, int i2) = _unitPairs[left];
            double* corner = target.Pointer + ((long)i * _inputs * target.Stride) + (i2 * _inputs);
            double* sums = _sums.Pointer + hidden.SumIndex(left, 0);
            for (int tile = 0; tile < hidden.TileCount; tile++)
            {
                int start = hidden.TileStarts[tile], width = hidden.TileStarts[tile + 1] - start;
                for (int c = 0; c < width; c++)
                {
                    // On the diagonal, i = i2, the second write falls above it, where nothing is read.
                    (int k, int k2) = _inputPairs[start + c];
                    corner[((long)k * target.Stride) + k2] = sums[c];
                    corner[((long)k2 * target.Stride) + k] = sums[c];
                }

                sums += DotTile.Size;
            }
        }

        for (int right = 0; right < _others; right++)
        {
            Span<double> row = target.Row(_columns.Length + right);
            for (int left = 0; left < _columns.Length; left++) row[left] = _sums.Pointer[mixed.SumIndex(left, right)];
            for (int left = 0; left <= right; left++) row[_columns.Length + left] = _sums.Pointer[other.SumIndex(right, left)];
        }
    }

    private void RunTask(int task)
    {
        t_scratch ??= new AlignedBuffer(((GroupPanels * DotTile.Rows) + (ChunkTiles * DotTile.MostColumns)) * (long)RowBlock.Stride);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPanels(JacobianFactors block, Family family, int first, int end, AlignedBuffer scratch)
    {
        nint panelSize = family.TileCount * DotTile.Size;
        for (int chunk = 0; chunk < family.TileCount; chunk += ChunkTiles)
        {
            int tiles = Math.Min(ChunkTiles, family.TileCount - chunk);
            double* right = RightColumns(block, family, chunk, tiles, scratch);
            for (int group = first; group < end; group += GroupPanels)
            {
                int panels = Math.Min(GroupPanels, end - group);
                for (int g = 0; g < panels; g++) FormLeftPanel(block, family, group + g, scratch, g * DotTile.Rows);
                double* sums = _sums.Pointer + family.TileIndex(group, chunk);
                double* b = right;
                for (int t = chunk; t < chunk + tiles; t++)
                {
                    int width = family.TileStarts[t + 1] - family.TileStarts[t];
                    double* a = scratch.Pointer, target = sums;
                    for (int g = 0; g < panels; g++)
                    {
                        DotTile.Accumulate(RowBlock.Capacity, a, RowBlock.Stride, b, RowBlock.Stride, width, target);
                        a += DotTile.Rows * RowBlock.Stride;
                        target += panelSize;
                    }

                    b += width * RowBlock.Stride;
                    sums += DotTile.Size;
                }
            }
        }
    }

    /// <summary>The right columns of some tiles: products of inputs, or the other columns where they are.</summary>
    private double* RightColumns(JacobianFactors block, Family family, int firstTile, int tiles, AlignedBuffer scratch)
    {
        int first = family.TileStarts[firstTile], end = family.TileStarts[firstTile + tiles];
        if (family.Kind != FamilyKind.HiddenByHidden) return block.Others.Pointer + ((nint)first * RowBlock.Stride);

        const int behindPanels = GroupPanels * DotTile.Rows;
        for (int c = first; c < end; c++)
        {
            (int k, int k2) = _inputPairs[c];
            Vectors.Multiply(block.Inputs!.Column(k), block.Inputs.Column(k2), scratch.Slice((behindPanels + c - first) * (long)RowBlock.Stride, RowBlock.Capacity));
        }

        return scratch.Pointer + (behindPanels * RowBlock.Stride);
    }

    /// <summary>The left columns of a panel, the last one repeated where the family ends within it.</summary>
    private void FormLeftPanel(JacobianFactors block, Family family, int panel, AlignedBuffer scratch, int scratchColumn)
    {
        for (int r = 0; r < DotTile.Rows; r++)
        {
            int left = Math.Min((panel * DotTile.Rows) + r, family.LeftCount - 1);
            Span<double> column = scratch.Slice((scratchColumn + r) * (long)RowBlock.Stride, RowBlock.Capacity);
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
    }

    private static Pair[] LowerPairs(int count) => [.. from i in Enumerable.Range(0, count) from j in Enumerable.Range(0, i + 1) select new Pair(i, j)];

    private readonly record struct Pair(int First, int Second);

    private enum FamilyKind
    {
        HiddenByHidden,
        HiddenByOther,
        OtherByOther,
    }

    /// <summary>A family of dot products and where its sums lie: panel by panel, and in a panel tile by tile.</summary>
    private sealed record Family(FamilyKind Kind, int LeftCount, int RightCount, long Offset, int FirstPanel, int PanelCount)
    {
        internal int TileCount => TileStarts.Length - 1;

        /// <summary>The first right column of each tile, and the end. Widths differ by at most one: a single narrow tile would leave the multipliers idle.</summary>
        internal int[] TileStarts { get; } = Split(RightCount, (RightCount + DotTile.MostColumns - 1) / DotTile.MostColumns);

        internal static Family Create(FamilyKind kind, int leftCount, int rightCount, ref long offset, ref int firstPanel)
        {
            int panels = (leftCount + DotTile.Rows - 1) / DotTile.Rows;
            var family = new Family(kind, leftCount, rightCount, offset, firstPanel, panels);
            offset += (long)panels * family.TileCount * DotTile.Size;
            firstPanel += panels;
            return family;
        }

        internal long TileIndex(int panel, int tile) => Offset + ((((long)panel * TileCount) + tile) * DotTile.Size);

        internal long SumIndex(int left, int right)
        {
            int tile = (int)(((((long)right + 1) * TileCount) - 1) / RightCount);
            return TileIndex(left / DotTile.Rows, tile) + (left % DotTile.Rows * DotTile.MostColumns) + right - TileStarts[tile];
        }

        private static int[] Split(int count, int parts) => [.. Enumerable.Range(0, parts + 1).Select(part => (int)((long)count * part / parts))];
    }
}
