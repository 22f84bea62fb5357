using System.Globalization;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// Makes a <see cref="LargeTable"/> in one pass over a source: rows are gathered part by part, sorted into cells, shuffled within these, mapped, and written in blocks of one cell each. What a part becomes depends on its rows and its
/// number alone.
/// </summary>
internal sealed class LargeTableBuilder
{
    // Numbers of a part that lie in memory at a time, and its rows where they are few.
    private const int NumbersOfPart = 1 << 23;
    private const int MostBlocksOfPart = 512;
    private const int LeastBlocksOfPart = 16;

    private readonly FeatureMap[] _maps;
    private readonly ColumnScale _label;
    private readonly FoldRule _folds;
    private readonly ulong _seed;
    private readonly int _inputSize;
    private readonly int _blocksOfPart;
    private readonly WorkSharing _work;
    private readonly RecordStore[] _stores;
    private readonly BlockRecord _record;
    private readonly TableLayout _layout;

    /// <param name="maps">How features become inputs.</param>
    /// <param name="label">The scale of the label.</param>
    /// <param name="folds">Which members leave out a row.</param>
    /// <param name="seed">The seed of the order of rows.</param>
    /// <param name="work">The threads.</param>
    /// <param name="newStore">Makes room for records of a size.</param>
    /// <param name="blocksOfPart">How many blocks of the source become a part; null for <see cref="BlocksOfPart"/>.</param>
    internal LargeTableBuilder(IReadOnlyList<FeatureMap> maps, ColumnScale label, FoldRule folds, ulong seed, WorkSharing work, Func<int, RecordStore> newStore, int? blocksOfPart = null)
    {
        (_maps, _label, _folds, _seed, _work, _inputSize) = ([.. maps], label, folds, seed, work, maps[0].Columns.Count);
        _blocksOfPart = blocksOfPart ?? BlocksOfPart(_inputSize);
        _record = new BlockRecord(_inputSize);
        _stores = [.. _maps.Select(_ => newStore(_record.Bytes))];
        _layout = new TableLayout(folds.Folds);
    }

    /// <summary>The bytes that a table takes, but for what partly filled blocks waste.</summary>
    internal static double Bytes(long rows, int inputs, int maps) => (double)rows * maps * ((inputs * sizeof(float)) + (2 * sizeof(double)));

    /// <summary>How many blocks of a source become a part: so many in memory at a time.</summary>
    internal static int BlocksOfPart(int inputs) => Math.Clamp(NumbersOfPart / (RowBlock.Capacity * (inputs + 2)), LeastBlocksOfPart, MostBlocksOfPart);

    /// <summary>The bytes in memory while a part is made.</summary>
    internal static double PartBytes(int inputs) => 2.0 * BlocksOfPart(inputs) * RowBlock.Stride * (inputs + 2) * sizeof(double);

    /// <summary>Makes the table.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="ArgumentException">A value is too far from the rows that the maps were made from to be finite in their units.</exception>
    /// <exception cref="TemporaryFileException">The folder for temporary files is full or cannot be written to.</exception>
    internal LargeTable Build(IRowSource source, CancellationToken cancellation)
    {
        try
        {
            var part = new List<RowBlock>();
            var cells = new List<int[]>();
            long number = 0;
            foreach (SourceBlock block in source.Blocks())
            {
                cancellation.ThrowIfCancellationRequested();
                part.Add(block.Rows.Copy());
                cells.Add(CellsOf(block, number));
                number += block.Rows.RowCount;
                if (part.Count == _blocksOfPart) WritePart(part, cells);
            }

            if (part.Count > 0) WritePart(part, cells);
            foreach (RecordStore store in _stores) store.Complete();
            return new LargeTable(_layout, _record, _stores, _inputSize);
        }
        catch
        {
            foreach (RecordStore store in _stores) store.Dispose();
            throw;
        }
    }

    private int[] CellsOf(SourceBlock block, long firstNumber) =>
        [.. Enumerable.Range(0, block.Rows.RowCount).Select(j => _folds.IndexOf(_folds.Of(block.Rows, j, block.GroupOf(j), firstNumber + j)))];

    /// <summary>Shuffles the rows of a part within their cells, and its blocks, and writes them.</summary>
    private void WritePart(List<RowBlock> part, List<int[]> cells)
    {
        var random = new MersenneTwister((int)(RowHash.Of(_seed, (ulong)_layout.PartCount) & int.MaxValue));
        List<(int Block, int Row)>[] rowsOf = [.. Enumerable.Range(0, _folds.CellCount).Select(_ => new List<(int, int)>())];
        for (int b = 0; b < part.Count; b++)
        {
            for (int j = 0; j < part[b].RowCount; j++) rowsOf[cells[b][j]].Add((b, j));
        }

        var blocks = new List<(int Cell, (int Block, int Row)[] Rows)>();
        for (int cell = 0; cell < rowsOf.Length; cell++)
        {
            (int, int)[] rows = [.. Combinatorics.GeneratePermutation(rowsOf[cell].Count, random).Select(i => rowsOf[cell][i])];
            // Blocks of a cell are about equally full.
            int count = (rows.Length + RowBlock.Capacity - 1) / RowBlock.Capacity;
            for (int i = 0; i < count; i++) blocks.Add((cell, rows[(int)((long)i * rows.Length / count)..(int)((i + 1L) * rows.Length / count)]));
        }

        WriteBlocks(part, [.. Combinatorics.GeneratePermutation(blocks.Count, random).Select(i => blocks[i])]);
        _layout.EndPart();
        part.Clear();
        cells.Clear();
    }

    private void WriteBlocks(List<RowBlock> part, (int Cell, (int Block, int Row)[] Rows)[] blocks)
    {
        // A few at a time, so that the mapped rows of a part are not in memory all at once.
        const int AtOnce = 64;
        var mapped = new RowBlock[AtOnce * _maps.Length];
        var records = new byte[AtOnce * _maps.Length][];
        for (int first = 0; first < blocks.Length; first += AtOnce)
        {
            int count = Math.Min(AtOnce, blocks.Length - first);
            _work.For(count * _maps.Length, i =>
            {
                (int Block, int Row)[] rows = blocks[first + (i / _maps.Length)].Rows;
                RowBlock block = mapped[i] ??= new RowBlock(_inputSize);
                Gather(part, rows, block, _maps[i % _maps.Length]);
                _record.Write(block, [], records[i] ??= new byte[_record.Bytes]);
            });
            for (int i = 0; i < count; i++)
            {
                Check(mapped[i * _maps.Length]);
                for (int map = 0; map < _maps.Length; map++) _stores[map].Append(records[(i * _maps.Length) + map]);
                _layout.Add(mapped[i * _maps.Length], _folds.CellAt(blocks[first + i].Cell));
            }
        }
    }

    private void Gather(List<RowBlock> part, (int Block, int Row)[] rows, RowBlock target, FeatureMap map)
    {
        target.RowCount = rows.Length;
        Array.Clear(target.Weights);
        for (int k = 0; k < _inputSize; k++)
        {
            Span<double> column = target.Column(k);
            ColumnMap of = map.Columns[k];
            column[rows.Length..].Clear();
            for (int j = 0; j < rows.Length; j++) column[j] = of.Map(part[rows[j].Block].Values[(k * RowBlock.Stride) + rows[j].Row]);
        }

        target.Labels.AsSpan(rows.Length).Clear();
        for (int j = 0; j < rows.Length; j++)
        {
            RowBlock from = part[rows[j].Block];
            (target.Labels[j], target.Weights[j]) = (_label.Standardize(from.Labels[rows[j].Row]), from.Weights[rows[j].Row]);
        }
    }

    private void Check(RowBlock block)
    {
        for (int k = 0; k < _inputSize; k++)
        {
            foreach (double value in block.Column(k))
            {
                if (!float.IsFinite((float)value))
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Feature {k} of a row is so far from the mean of its column that it overflows in the units of training."));
            }
        }
    }
}
