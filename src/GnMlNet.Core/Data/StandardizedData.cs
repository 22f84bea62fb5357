
namespace GnMlNet.Core.Data;

/// <summary>
/// Rows in standardized units; the row weights sum to 1, so a weighted sum of squares is a mean square.
/// Behind the features, each block has one more input column of ones: a bias is the weight of this constant input.
/// </summary>
internal sealed record StandardizedData(RowBlock[] Blocks)
{
    /// <summary>n: the sum of the row weights before they were brought to 1; the number of rows where nothing else is said.</summary>
    internal double TotalWeight { get; init; } = Blocks.Sum(block => block.RowCount);
}
