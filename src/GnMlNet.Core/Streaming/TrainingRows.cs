using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>Rows to train on that need not fit into memory: kept as they come (<see cref="RowSpool"/>), or read anew whenever they are gone through (<see cref="RereadRows"/>).</summary>
public abstract class TrainingRows : IRowSource, IDisposable
{
    private readonly CategoryRange[] _categories = [];
    private readonly HashSet<int> _known = [];
    private long _withoutGroup;

    private protected TrainingRows(int inputSize, bool hasGroups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        (InputSize, HasGroups) = (inputSize, hasGroups);
    }

    /// <summary>d, the number of features of every row.</summary>
    public int InputSize { get; }

    /// <summary>n, the number of rows so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Whether rows come with groups.</summary>
    public bool HasGroups { get; }

    /// <summary>How many groups there are so far, where a row without one is a group of its own.</summary>
    public long GroupCount => _known.Count + _withoutGroup;

    /// <summary>The least label so far.</summary>
    public double LeastLabel { get; private set; } = double.PositiveInfinity;

    /// <summary>The greatest label so far.</summary>
    public double GreatestLabel { get; private set; } = double.NegativeInfinity;

    /// <inheritdoc cref="RegressionData.Categories"/>
    public IReadOnlyList<CategoryRange> Categories
    {
        get => _categories;
        init => _categories = [.. new RegressionData(InputSize) { Categories = value }.Categories];
    }

    /// <summary>The rows as a table in memory.</summary>
    /// <exception cref="ArgumentException">There are more than a table holds.</exception>
    public RegressionData ToTable()
    {
        if (RowCount > Array.MaxLength) throw new ArgumentException($"A table in memory holds at most {Array.MaxLength} rows; these are {RowCount}.");
        var table = new RegressionData(InputSize) { Categories = Categories };
        foreach (SourceBlock block in Blocks()) table.Append(block.Rows, block.Groups.Span);
        return table;
    }

    /// <summary>The labels of some rows, spread evenly over all.</summary>
    /// <param name="most">How many at most; at least 1.</param>
    public double[] SomeLabels(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        long step = Math.Max(1, (RowCount + most - 1) / most), next = 0, first = 0;
        var labels = new List<double>();
        foreach (SourceBlock block in Blocks())
        {
            for (; next < first + block.Rows.RowCount; next += step) labels.Add(block.Rows.Labels[(int)(next - first)]);
            first += block.Rows.RowCount;
        }

        return [.. labels];
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    IEnumerable<SourceBlock> IRowSource.Blocks() => Blocks();

    /// <inheritdoc cref="IRowSource.Blocks"/>
    private protected abstract IEnumerable<SourceBlock> Blocks();

    /// <summary>Takes a row into account.</summary>
    private protected void Count(double label, int? group)
    {
        RowCount++;
        (LeastLabel, GreatestLabel) = (Math.Min(LeastLabel, label), Math.Max(GreatestLabel, label));
        if (group is { } known) _known.Add(known);
        else _withoutGroup++;
    }
}
