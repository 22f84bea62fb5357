namespace GnMlNet.Core.Data;

/// <summary>
/// Rows as passes over them want them, made once from a table: the weights are those of the objective, and behind the columns of the table each block has one
/// more of ones, since a bias is the weight of this constant input.
/// </summary>
/// <param name="Blocks">The rows; only the last block may have unused ones.</param>
/// <param name="TotalWeight">n: the sum of the table's weights.</param>
internal sealed record BlockedRows(RowBlock[] Blocks, double TotalWeight)
{
    /// <summary>The rows of a table with weights that sum to 1, so that a weighted sum of squares is a mean square.</summary>
    /// <param name="data">The table.</param>
    /// <param name="units">The units that features and label are brought to, or null where they stay as they are.</param>
    internal static BlockedRows Of(RegressionData data, Standardization? units = null) => Normalized(Copies(data), data.InputSize, units);

    /// <summary>Some rows of a table with weights that sum to 1.</summary>
    /// <param name="data">The table.</param>
    /// <param name="rows">Which of its rows, in order.</param>
    internal static BlockedRows Of(RegressionData data, ReadOnlySpan<int> rows) => Normalized(data.BlocksOf(rows, furtherColumns: 1), data.InputSize, units: null);

    /// <summary>Blocks that have their column of ones already, from now on with weights that sum to 1.</summary>
    internal static BlockedRows Of(RowBlock[] blocks)
    {
        double totalWeight = blocks.Sum(block => block.Weights.Sum());
        foreach (RowBlock block in blocks) block.DivideWeights(totalWeight);
        return new BlockedRows(blocks, totalWeight);
    }

    /// <summary>The rows of a table with their weights as they are.</summary>
    internal static BlockedRows AsGiven(RegressionData data) => new(Changed(Copies(data), data.InputSize, _ => { }), data.Weights().Sum());

    /// <summary>The features of a table with labels of their own, zeros where none are given, and weights of 1.</summary>
    internal static BlockedRows Unlabelled(RegressionData data, double[]? labels = null)
    {
        int row = 0;
        return new BlockedRows(Changed(Copies(data), data.InputSize, block =>
        {
            Array.Clear(block.Labels);
            labels?.AsSpan(row, block.RowCount).CopyTo(block.Labels);
            block.Weights.AsSpan(0, block.RowCount).Fill(1);
            row += block.RowCount;
        }), data.RowCount);
    }

    private static BlockedRows Normalized(RowBlock[] blocks, int inputs, Standardization? units)
    {
        double totalWeight = blocks.Sum(block => block.Weights.Sum());
        return new BlockedRows(Changed(blocks, inputs, block =>
        {
            units?.Standardize(block);
            block.DivideWeights(totalWeight);
        }), totalWeight);
    }

    private static RowBlock[] Copies(RegressionData data) => [.. data.Blocks.Select(block => block.Copy(furtherColumns: 1))];

    private static RowBlock[] Changed(RowBlock[] blocks, int inputs, Action<RowBlock> change)
    {
        foreach (RowBlock block in blocks)
        {
            block.Column(inputs).Fill(1);
            change(block);
        }

        return blocks;
    }
}
