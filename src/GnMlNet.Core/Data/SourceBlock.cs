namespace GnMlNet.Core.Data;

/// <summary>A block of rows of a source.</summary>
/// <param name="Rows">Features, labels and weights.</param>
/// <param name="Groups">The group of every row in use, or nothing where rows have none.</param>
internal readonly record struct SourceBlock(RowBlock Rows, ReadOnlyMemory<int?> Groups)
{
    /// <summary>Where its first row is in what it is read from, where that is known.</summary>
    internal long Place { get; init; }

    /// <summary>The group of a row, or null.</summary>
    internal int? GroupOf(int row) => Groups.IsEmpty ? null : Groups.Span[row];
}
