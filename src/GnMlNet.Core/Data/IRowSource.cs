namespace GnMlNet.Core.Data;

/// <summary>Rows that can be gone through as often as wanted, always in the same order, wherever they are.</summary>
internal interface IRowSource
{
    /// <summary>d, the number of features.</summary>
    int InputSize { get; }

    /// <summary>n, the number of rows.</summary>
    long RowCount { get; }

    /// <summary>Whether rows have groups.</summary>
    bool HasGroups { get; }

    /// <inheritdoc cref="RegressionData.Categories"/>
    IReadOnlyList<CategoryRange> Categories { get; }

    /// <summary>The rows in blocks, all full but the last; a block is good until the next one.</summary>
    IEnumerable<SourceBlock> Blocks();
}
