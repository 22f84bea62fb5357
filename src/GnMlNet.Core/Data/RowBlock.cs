using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Data;

/// <summary>
/// Up to <see cref="Capacity"/> rows of a table, column by column: column k fills <c>Values[k * Stride ..]</c>.
/// The unused rows at the end of the last block have weight zero, so no kernel needs a remainder loop.
/// </summary>
internal sealed class RowBlock
{
    /// <inheritdoc cref="BlockSize.Rows"/>
    internal const int Capacity = BlockSize.Rows;

    /// <inheritdoc cref="BlockSize.Stride"/>
    internal const int Stride = BlockSize.Stride;

    internal RowBlock(int columnCount) => (ColumnCount, Values) = (columnCount, new double[columnCount * Stride]);

    /// <summary>How many columns there are, the label apart.</summary>
    internal int ColumnCount { get; }

    /// <summary>The features, column-major.</summary>
    internal double[] Values { get; }

    /// <summary>The labels.</summary>
    internal double[] Labels { get; } = new double[Capacity];

    /// <summary>The row weights; zero on unused rows.</summary>
    internal double[] Weights { get; } = new double[Capacity];

    /// <summary>Whether all features and labels are finite numbers.</summary>
    internal bool IsFinite => Array.TrueForAll(Values, double.IsFinite) && Array.TrueForAll(Labels, double.IsFinite);

    /// <summary>How many rows are in use.</summary>
    internal int RowCount { get; set; }

    /// <summary>Column <paramref name="k"/>, unused rows included.</summary>
    internal Span<double> Column(int k) => Values.AsSpan(k * Stride, Capacity);

    /// <summary>Divides all weights by a number.</summary>
    internal void DivideWeights(double total)
    {
        for (int j = 0; j < RowCount; j++) Weights[j] /= total;
    }

    /// <summary>The same rows once more, with room for further columns behind theirs.</summary>
    internal RowBlock Copy(int furtherColumns = 0)
    {
        var copy = new RowBlock(ColumnCount + furtherColumns) { RowCount = RowCount };
        Values.CopyTo(copy.Values, 0);
        Labels.CopyTo(copy.Labels, 0);
        Weights.CopyTo(copy.Weights, 0);
        return copy;
    }
}
