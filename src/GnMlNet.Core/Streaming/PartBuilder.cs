using System.Globalization;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Streaming;

/// <summary>Makes the blocks of one part of a large table after the other: rows are sorted into cells, shuffled within these, mapped, and written in blocks of one cell each.</summary>
/// <param name="recipe">How.</param>
/// <param name="work">The threads.</param>
internal sealed class PartBuilder(TableRecipe recipe, WorkSharing work)
{
    private readonly FeatureMap[] _maps = [.. recipe.Maps];
    private readonly BlockRecord _record = new(recipe.InputSize);
    private readonly List<RowBlock> _part = [];
    private readonly List<int[]> _cells = [];

    /// <summary>How it makes parts.</summary>
    internal TableRecipe Recipe => recipe;

    /// <summary>A block as bytes.</summary>
    internal BlockRecord Record => _record;

    /// <summary>Whether as many blocks have been gathered as a part has.</summary>
    internal bool IsFull => _part.Count == recipe.BlocksOfPart;

    /// <summary>Whether nothing has been gathered.</summary>
    internal bool IsEmpty => _part.Count == 0;

    /// <summary>Gathers a block of the part.</summary>
    /// <param name="block">The block, which is copied.</param>
    /// <param name="firstNumber">The number in the table of its first row.</param>
    internal void Gather(SourceBlock block, long firstNumber)
    {
        _part.Add(block.Rows.Copy());
        _cells.Add(recipe.CellsOf(block, firstNumber));
    }

    /// <summary>Forgets what has been gathered.</summary>
    internal void Clear()
    {
        _part.Clear();
        _cells.Clear();
    }

    /// <summary>Shuffles the gathered rows within their cells, and the blocks, writes them, and begins anew.</summary>
    /// <param name="part">The number of the part.</param>
    /// <param name="layout">The layout of the part and those before it.</param>
    /// <param name="stores">Where the blocks of each map go.</param>
    /// <exception cref="ArgumentException">A value is too far from the rows that the maps were made from to be finite in their units.</exception>
    /// <exception cref="TemporaryFileException">The folder for temporary files is full or cannot be written to.</exception>
    internal void Write(int part, TableLayout layout, RecordStore[] stores)
    {
        var random = new MersenneTwister((int)(RowHash.Of(recipe.Seed, (ulong)part) & int.MaxValue));
        List<(int Block, int Row)>[] rowsOf = [.. Enumerable.Range(0, recipe.Folds.CellCount).Select(_ => new List<(int, int)>())];
        for (int b = 0; b < _part.Count; b++)
        {
            for (int j = 0; j < _part[b].RowCount; j++) rowsOf[_cells[b][j]].Add((b, j));
        }

        var blocks = new List<(int Cell, (int Block, int Row)[] Rows)>();
        for (int cell = 0; cell < rowsOf.Length; cell++)
        {
            (int, int)[] rows = [.. Combinatorics.GeneratePermutation(rowsOf[cell].Count, random).Select(i => rowsOf[cell][i])];
            // Blocks of a cell are about equally full.
            int count = (rows.Length + RowBlock.Capacity - 1) / RowBlock.Capacity;
            for (int i = 0; i < count; i++) blocks.Add((cell, rows[(int)((long)i * rows.Length / count)..(int)((i + 1L) * rows.Length / count)]));
        }

        WriteBlocks([.. Combinatorics.GeneratePermutation(blocks.Count, random).Select(i => blocks[i])], layout, stores);
        layout.EndPart();
        Clear();
    }

    private void WriteBlocks((int Cell, (int Block, int Row)[] Rows)[] blocks, TableLayout layout, RecordStore[] stores)
    {
        // A few at a time, so that the mapped rows of a part are not in memory all at once.
        const int AtOnce = 64;
        var mapped = new RowBlock[AtOnce * _maps.Length];
        var records = new byte[AtOnce * _maps.Length][];
        for (int first = 0; first < blocks.Length; first += AtOnce)
        {
            int count = Math.Min(AtOnce, blocks.Length - first);
            work.For(count * _maps.Length, i =>
            {
                (int Block, int Row)[] rows = blocks[first + (i / _maps.Length)].Rows;
                RowBlock block = mapped[i] ??= new RowBlock(recipe.InputSize);
                Gather(rows, block, _maps[i % _maps.Length]);
                _record.Write(block, [], records[i] ??= new byte[_record.Bytes]);
            });
            for (int i = 0; i < count; i++)
            {
                Check(mapped[i * _maps.Length]);
                for (int map = 0; map < _maps.Length; map++) stores[map].Append(records[(i * _maps.Length) + map]);
                layout.Add(mapped[i * _maps.Length], recipe.Folds.CellAt(blocks[first + i].Cell));
            }
        }
    }

    private void Gather((int Block, int Row)[] rows, RowBlock target, FeatureMap map)
    {
        target.RowCount = rows.Length;
        Array.Clear(target.Weights);
        for (int k = 0; k < recipe.InputSize; k++)
        {
            Span<double> column = target.Column(k);
            ColumnMap of = map.Columns[k];
            column[rows.Length..].Clear();
            for (int j = 0; j < rows.Length; j++) column[j] = of.Map(_part[rows[j].Block].Values[(k * RowBlock.Stride) + rows[j].Row]);
        }

        target.Labels.AsSpan(rows.Length).Clear();
        for (int j = 0; j < rows.Length; j++)
        {
            RowBlock from = _part[rows[j].Block];
            (target.Labels[j], target.Weights[j]) = (recipe.Label.Standardize(from.Labels[rows[j].Row]), from.Weights[rows[j].Row]);
        }
    }

    private void Check(RowBlock block)
    {
        for (int k = 0; k < recipe.InputSize; k++)
        {
            foreach (double value in block.Column(k))
            {
                if (!float.IsFinite((float)value))
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Feature {k} of a row is so far from the mean of its column that it overflows in the units of training."));
            }
        }
    }
}
