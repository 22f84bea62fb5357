using System.Numerics;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Data;

/// <summary>
/// A table of rows (x_j, y_j, w_j), in the units that whoever made it chose. Rows are added one by one and keep their order.
/// </summary>
public sealed class RegressionData
{
    private readonly List<RowBlock> _blocks = [];
    private readonly List<int?> _groups = [];
    private readonly CategoryRange[] _categories = [];

    /// <summary>Makes an empty table.</summary>
    /// <param name="inputSize">d, the number of features of every row; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is below 1.</exception>
    public RegressionData(int inputSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        InputSize = inputSize;
    }

    /// <summary>d, the number of features of every row.</summary>
    public int InputSize { get; }

    /// <summary>n, the number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Which features are the indicators of categorical columns; ranges must not overlap. A kernel then has one rate for each of these columns, not one for each category.</summary>
    /// <exception cref="ArgumentException">A range is empty, reaches beyond the features, or overlaps another.</exception>
    public IReadOnlyList<CategoryRange> Categories
    {
        get => _categories;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            CategoryRange[] ranges = [.. value.OrderBy(range => range.First)];
            for (int i = 0; i < ranges.Length; i++)
            {
                if (ranges[i].First < (i == 0 ? 0 : ranges[i - 1].Last + 1) || ranges[i].Last < ranges[i].First || ranges[i].Last >= InputSize)
                    throw new ArgumentException($"Features {ranges[i].First} to {ranges[i].Last} are no range of their own within the {InputSize} features.", nameof(value));
            }

            _categories = ranges;
        }
    }

    /// <summary>Whether rows were added with a group.</summary>
    public bool HasGroups { get; private set; }

    /// <summary>How many groups there are, where a row without one is a group of its own.</summary>
    public int GroupCount => HasGroups ? GroupNumbers().Max() + 1 : RowCount;

    internal IReadOnlyList<RowBlock> Blocks => _blocks;

    /// <summary>Adds a row.</summary>
    /// <param name="features">d finite numbers.</param>
    /// <param name="label">y_j, finite.</param>
    /// <param name="weight">w_j, finite and positive.</param>
    /// <exception cref="ArgumentException">The number of features is wrong, a number is not finite, or the weight is not positive.</exception>
    public void Add(ReadOnlySpan<double> features, double label, double weight) => AddRow(features, label, weight);

    /// <inheritdoc cref="Add(ReadOnlySpan{double}, double, double)"/>
    public void Add(ReadOnlySpan<float> features, double label, double weight) => AddRow(features, label, weight);

    /// <summary>Adds a row of a group. Whatever holds rows out, in training, holds out the whole group, so that errors and intervals are those of rows of new groups.</summary>
    /// <param name="features">d finite numbers.</param>
    /// <param name="label">y_j, finite.</param>
    /// <param name="weight">w_j, finite and positive.</param>
    /// <param name="group">Any number; rows of the same number are one group. Null: the row is a group of its own.</param>
    /// <exception cref="ArgumentException">The number of features is wrong, a number is not finite, or the weight is not positive.</exception>
    public void Add(ReadOnlySpan<double> features, double label, double weight, int? group)
    {
        AddRow(features, label, weight);
        SetGroup(group);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{double}, double, double, int?)"/>
    public void Add(ReadOnlySpan<float> features, double label, double weight, int? group)
    {
        AddRow(features, label, weight);
        SetGroup(group);
    }

    /// <summary>The groups in order; null for a row without one.</summary>
    internal int?[] Groups() => [.. _groups, .. Enumerable.Repeat((int?)null, RowCount - _groups.Count)];

    /// <inheritdoc cref="RowGroups.Number"/>
    internal int[] GroupNumbers() => RowGroups.Number(Groups());

    /// <summary>The features in order, row by row.</summary>
    internal IEnumerable<double> Inputs() =>
        from block in _blocks from j in Enumerable.Range(0, block.RowCount) from k in Enumerable.Range(0, InputSize) select block.Values[(k * RowBlock.Stride) + j];

    /// <summary>The features of some rows, one row after the other in the same array.</summary>
    /// <param name="rows">Which rows, in order.</param>
    internal IEnumerable<double[]> InputsOf(IEnumerable<int> rows)
    {
        var inputs = new double[InputSize];
        foreach (int row in rows)
        {
            double[] values = _blocks[row / RowBlock.Capacity].Values;
            for (int k = 0, at = row % RowBlock.Capacity; k < inputs.Length; k++, at += RowBlock.Stride) inputs[k] = values[at];
            yield return inputs;
        }
    }

    /// <summary>The features of all rows, one row after the other in the same array.</summary>
    internal IEnumerable<double[]> InputsOfAll() => InputsOf(Enumerable.Range(0, RowCount));

    /// <summary>A feature in all rows, in order.</summary>
    internal double[] Column(int k) => Gather(block => block.Column(k));

    /// <summary>The labels in order.</summary>
    internal double[] Labels() => Gather(block => block.Labels);

    /// <summary>The weights in order.</summary>
    internal double[] Weights() => Gather(block => block.Weights);

    /// <summary>Splits the groups, where there are some, or else the rows, at random into two tables; which go where depends only on the state of <paramref name="random"/>.</summary>
    /// <param name="secondCount">How many of them go to the second table; from 1 to their number less 1.</param>
    /// <param name="random">The source of randomness.</param>
    internal (RegressionData First, RegressionData Second) Split(int secondCount, Random random)
    {
        int[] numbers = GroupNumbers(), order = MathNet.Numerics.Combinatorics.GeneratePermutation(GroupCount, random);
        var isSecond = new bool[order.Length];
        foreach (int number in order.AsSpan(0, secondCount)) isSecond[number] = true;
        int[] Rows(bool second) => [.. Enumerable.Range(0, RowCount).Where(row => isSecond[numbers[row]] == second)];
        return (Select(Rows(second: false)), Select(Rows(second: true)));
    }

    /// <summary>The same rows with other features, as many as before, and other labels.</summary>
    /// <param name="rewrite">Writes the features of a block of rows into a block that has its weights; blocks are independent of each other.</param>
    /// <param name="work">The threads.</param>
    /// <exception cref="ArgumentException">A feature or label that was written is not finite; the message names the first row with one.</exception>
    internal RegressionData Rewrite(Action<RowBlock, RowBlock> rewrite, WorkSharing work)
    {
        RegressionData result = Copy();
        work.For(_blocks.Count, index => rewrite(_blocks[index], result._blocks[index]));
        for (int index = 0; index < _blocks.Count; index++)
        {
            if (result._blocks[index].IsFinite) continue;
            RowBlock block = result._blocks[index];
            int row = Enumerable.Range(0, block.RowCount).First(j => !double.IsFinite(block.Labels[j]) || Enumerable.Range(0, InputSize).Any(k => !double.IsFinite(block.Column(k)[j])));
            throw new ArgumentException($"Row {(index * RowBlock.Capacity) + row} has a feature or label that is not finite in the units of training.");
        }

        return result;
    }

    /// <summary>The same rows in random order.</summary>
    internal RegressionData Shuffle(Random random) => Select(MathNet.Numerics.Combinatorics.GeneratePermutation(RowCount, random));

    /// <summary>The same rows in a table of their own.</summary>
    internal RegressionData Copy()
    {
        var copy = new RegressionData(InputSize) { RowCount = RowCount, HasGroups = HasGroups, Categories = _categories };
        copy._blocks.AddRange(_blocks.Select(block => block.Copy()));
        copy._groups.AddRange(_groups);
        return copy;
    }

    /// <summary>The same rows with other weights.</summary>
    /// <param name="weights">One positive number for each row.</param>
    internal RegressionData WithWeights(double[] weights)
    {
        RegressionData copy = Copy();
        for (int block = 0; block < copy._blocks.Count; block++) weights.AsSpan(block * RowBlock.Capacity, copy._blocks[block].RowCount).CopyTo(copy._blocks[block].Weights);
        return copy;
    }

    /// <summary>Some rows, in the order given.</summary>
    internal RegressionData Select(ReadOnlySpan<int> rows)
    {
        var selection = new RegressionData(InputSize) { RowCount = rows.Length, HasGroups = HasGroups, Categories = _categories };
        selection._blocks.AddRange(BlocksOf(rows));
        if (HasGroups)
        {
            int?[] groups = Groups();
            foreach (int row in rows) selection._groups.Add(groups[row]);
        }

        return selection;
    }

    /// <summary>Appends rows as they are; only full blocks may follow each other, but for the last.</summary>
    /// <param name="rows">Rows of as many features; copied.</param>
    /// <param name="groups">Their groups, or nothing.</param>
    internal void Append(RowBlock rows, ReadOnlySpan<int?> groups)
    {
        _blocks.Add(rows.Copy());
        RowCount += rows.RowCount;
        foreach (int? group in groups)
        {
            HasGroups |= group is not null;
            _groups.Add(group);
        }
    }

    private delegate ReadOnlySpan<double> PartOf(RowBlock block);

    private double[] Gather(PartOf part)
    {
        var all = new double[RowCount];
        int row = 0;
        foreach (RowBlock block in _blocks)
        {
            part(block)[..block.RowCount].CopyTo(all.AsSpan(row));
            row += block.RowCount;
        }

        return all;
    }

    /// <summary>Blocks of some rows, in the order given, with room for further columns behind theirs.</summary>
    internal RowBlock[] BlocksOf(ReadOnlySpan<int> rows, int furtherColumns = 0)
    {
        var blocks = new RowBlock[(rows.Length + RowBlock.Capacity - 1) / RowBlock.Capacity];
        for (int index = 0; index < blocks.Length; index++)
        {
            ReadOnlySpan<int> chosen = rows[(index * RowBlock.Capacity)..];
            var target = blocks[index] = new RowBlock(InputSize + furtherColumns) { RowCount = Math.Min(RowBlock.Capacity, chosen.Length) };
            for (int j = 0; j < target.RowCount; j++)
            {
                RowBlock source = _blocks[chosen[j] / RowBlock.Capacity];
                int at = chosen[j] % RowBlock.Capacity;
                for (int k = 0; k < InputSize; k++) target.Values[(k * RowBlock.Stride) + j] = source.Values[(k * RowBlock.Stride) + at];
                (target.Labels[j], target.Weights[j]) = (source.Labels[at], source.Weights[at]);
            }
        }

        return blocks;
    }

    private void SetGroup(int? group)
    {
        if (group is null) return;
        HasGroups = true;
        while (_groups.Count < RowCount - 1) _groups.Add(null);
        _groups.Add(group);
    }

    private void AddRow<T>(ReadOnlySpan<T> features, double label, double weight)
        where T : struct, INumberBase<T>
    {
        RowChecks.Check(features, InputSize, label, weight, RowCount);
        int j = RowCount % RowBlock.Capacity;
        if (j == 0) _blocks.Add(new RowBlock(InputSize));
        RowBlock block = _blocks[^1];
        for (int k = 0; k < features.Length; k++) block.Column(k)[j] = double.CreateTruncating(features[k]);
        block.Labels[j] = label;
        block.Weights[j] = weight;
        block.RowCount = j + 1;
        RowCount++;
    }
}
