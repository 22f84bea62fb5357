namespace GnMlNet.Core.Streaming;

/// <summary>A pass over rows of a large table that makes a sum of vectors, one for each block: all that steps of training ask of rows. It says what to do, not where the rows are.</summary>
internal abstract class RowPass
{
    /// <summary>The length of the vectors.</summary>
    internal abstract int Length { get; }

    /// <summary>d, the number of inputs of its networks.</summary>
    internal abstract int InputSize { get; }

    /// <summary>The maps whose inputs it needs.</summary>
    internal abstract IReadOnlyList<int> Maps { get; }

    /// <summary>The blocks that it goes through, ascending.</summary>
    internal abstract int[] Blocks(TableLayout layout);

    /// <summary>How many rows they have.</summary>
    internal abstract long RowCount(TableLayout layout);

    /// <summary>Begins it: what adds blocks one by one.</summary>
    internal abstract PassSum Begin(TableLayout layout);
}
