using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Data;

/// <summary>
/// Up to <see cref="Capacity"/> rows of a table, column by column: column k fills <c>Values[k * Stride ..]</c>.
/// The unused rows at the end of the last block are zero and have weight zero, so no kernel needs a remainder loop.
/// </summary>
internal sealed class RowBlock
{
    /// <inheritdoc cref="BlockSize.Rows"/>
    internal const int Capacity = BlockSize.Rows;

    /// <inheritdoc cref="BlockSize.Stride"/>
    internal const int Stride = BlockSize.Stride;

    internal RowBlock(int columnCount) => Values = new double[columnCount * Stride];

    /// <summary>The features, column-major.</summary>
    internal double[] Values { get; }

    /// <summary>The labels.</summary>
    internal double[] Labels { get; } = new double[Capacity];

    /// <summary>The row weights; zero on unused rows.</summary>
    internal double[] Weights { get; } = new double[Capacity];

    /// <summary>How many rows are in use.</summary>
    internal int RowCount { get; set; }

    /// <summary>Column <paramref name="k"/>, unused rows included.</summary>
    internal Span<double> Column(int k) => Values.AsSpan(k * Stride, Capacity);
}
