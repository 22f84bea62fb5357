using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>Blocks of a large table that a member trains on.</summary>
/// <param name="Member">The number of the member; null for all rows.</param>
/// <param name="Sample">Which of its blocks, by their places in <see cref="TableLayout.Order"/>.</param>
internal readonly record struct BlockChoice(int? Member, RowSample Sample)
{
    /// <summary>The blocks, ascending.</summary>
    internal int[] Blocks(TableLayout layout)
    {
        int[] order = layout.Order(Member), blocks = new int[Sample.Count];
        if (Sample.Total > order.Length) throw new FormatException($"There are {order.Length} blocks for a sample of {Sample.Total}.");
        for (int i = 0; i < blocks.Length; i++) blocks[i] = order[Sample.Block(i)];
        Array.Sort(blocks);
        return blocks;
    }

    /// <summary>How many rows they have.</summary>
    internal int RowCount(TableLayout layout)
    {
        int[] order = layout.Order(Member);
        int rows = 0;
        for (int i = 0; i < Sample.Count; i++) rows = checked(rows + layout.RowCountOf(order[Sample.Block(i)]));
        return rows;
    }

    /// <summary>The weight of their rows, summed in the order of the sample.</summary>
    internal double Weight(TableLayout layout)
    {
        int[] order = layout.Order(Member);
        double sum = 0;
        for (int i = 0; i < Sample.Count; i++) sum += layout.WeightOf(order[Sample.Block(i)]);
        return sum;
    }
}
