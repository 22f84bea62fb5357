using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Makes the dot products of a <see cref="GramLayout"/> over blocks of rows and adds them to the sums. Each panel of left columns owns its sums and adds
/// the blocks in order, whoever computes it, so the bits do not depend on the number of threads.
/// </summary>
/// <typeparam name="T">Double, or float, which takes half the time.</typeparam>
internal sealed unsafe class GramAccumulator<T>
    where T : unmanaged, INumberBase<T>
{
    private static readonly int s_rows = JacobianFactors<T>.Rows;
    private static readonly int s_stride = JacobianFactors<T>.Stride;

    // Right columns held at a time, in tiles: 96 columns of 2 kilobytes fill a good part of the second-level cache.
    private const int ChunkTiles = 24;

    // Panels that meet a right tile one after the other while it is in the first-level cache.
    private const int GroupPanels = 2;

    // Pieces of work a pass is cut into for every thread, so that they finish together; a single thread needs but one.
    private const int TasksPerThread = 12;

    [ThreadStatic]
    private static AlignedBuffer<T>? t_scratch;

    private readonly GramLayout _layout;
    private readonly AlignedBuffer<double> _sums;
    private readonly WorkSharing _work;
    private readonly Action<int> _runTask;
    private ReadOnlyMemory<JacobianFactors<T>> _blocks;

    internal GramAccumulator(GramLayout layout, AlignedBuffer<double> sums, WorkSharing work)
    {
        _layout = layout;
        _sums = sums;
        _work = work;
        _runTask = RunTask;
    }

    /// <summary>Adds blocks of rows, in order.</summary>
    internal void Add(ReadOnlyMemory<JacobianFactors<T>> blocks)
    {
        if (blocks.IsEmpty) return;
        _blocks = blocks;
        _work.For(TaskCount, _runTask);
        _blocks = default;
    }

    private int TaskCount => Math.Min(_work.Threads == 1 ? 1 : TasksPerThread * _work.Threads, _layout.PanelCount);

    private void RunTask(int task)
    {
        t_scratch ??= new AlignedBuffer<T>(((GroupPanels * DotTile.Rows) + (ChunkTiles * DotTile.MostColumns)) * (long)s_stride);
        int panels = _layout.PanelCount, tasks = TaskCount;
        int first = (int)((long)panels * task / tasks), end = (int)((long)panels * (task + 1) / tasks);
        foreach (JacobianFactors<T> block in _blocks.Span)
        {
            foreach (ProductFamily family in _layout.Families)
            {
                int from = Math.Max(first, family.FirstPanel), to = Math.Min(end, family.FirstPanel + family.PanelCount);
                if (from < to) AddPanels(block, family, from - family.FirstPanel, to - family.FirstPanel, t_scratch);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddPanels(JacobianFactors<T> block, ProductFamily family, int first, int end, AlignedBuffer<T> scratch)
    {
        nint panelSize = family.TileCount * DotTile.Size;
        for (int chunk = 0; chunk < family.TileCount; chunk += ChunkTiles)
        {
            int tiles = Math.Min(ChunkTiles, family.TileCount - chunk);
            T* right = RightColumns(block, family, chunk, tiles, scratch);
            for (int group = first; group < end; group += GroupPanels)
            {
                int panels = Math.Min(GroupPanels, end - group);
                for (int g = 0; g < panels; g++) FormLeftPanel(block, family, group + g, scratch, g * DotTile.Rows);
                double* sums = _sums.Pointer + family.TileIndex(group, chunk);
                T* b = right;
                for (int t = chunk; t < chunk + tiles; t++)
                {
                    int width = family.TileStarts[t + 1] - family.TileStarts[t];
                    T* a = scratch.Pointer;
                    double* target = sums;
                    for (int g = 0; g < panels; g++)
                    {
                        DotTile.Accumulate(s_rows, a, s_stride, b, s_stride, width, target);
                        a += DotTile.Rows * s_stride;
                        target += panelSize;
                    }

                    b += width * s_stride;
                    sums += DotTile.Size;
                }
            }
        }
    }

    /// <summary>The right columns of some tiles: products of inputs, or the other columns where they are.</summary>
    private T* RightColumns(JacobianFactors<T> block, ProductFamily family, int firstTile, int tiles, AlignedBuffer<T> scratch)
    {
        int first = family.TileStarts[firstTile], end = family.TileStarts[firstTile + tiles];
        if (family.Kind != ProductKind.HiddenByHidden) return block.Others.Pointer + ((nint)first * s_stride);

        int behindPanels = GroupPanels * DotTile.Rows;
        for (int c = first; c < end; c++)
        {
            (int k, int k2) = _layout.InputPairs[c];
            Vectors.Multiply(block.Input(k), block.Input(k2), scratch.Slice((behindPanels + c - first) * (long)s_stride, s_rows));
        }

        return scratch.Pointer + (behindPanels * s_stride);
    }

    /// <summary>The left columns of a panel, the last one repeated where the family ends within it.</summary>
    private void FormLeftPanel(JacobianFactors<T> block, ProductFamily family, int panel, AlignedBuffer<T> scratch, int scratchColumn)
    {
        for (int r = 0; r < DotTile.Rows; r++)
        {
            int left = Math.Min((panel * DotTile.Rows) + r, family.LeftCount - 1);
            Span<T> column = scratch.Slice((scratchColumn + r) * (long)s_stride, s_rows);
            switch (family.Kind)
            {
                case ProductKind.HiddenByHidden:
                    Vectors.Multiply(block.Slope(_layout.UnitPairs[left].First), block.Slope(_layout.UnitPairs[left].Second), column);
                    break;
                case ProductKind.HiddenByOther:
                    Vectors.Multiply(block.Slope(_layout.Columns[left].First), block.Input(_layout.Columns[left].Second), column);
                    break;
                default:
                    block.Other(left).CopyTo(column);
                    break;
            }
        }
    }
}
