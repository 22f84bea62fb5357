using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>Gathers rows that come one by one into blocks.</summary>
internal static class RowGathering
{
    /// <summary>The rows from the present one of a cursor on, in blocks that are full but for the last; a block is good until the next one.</summary>
    /// <param name="rows">The rows; disposed of at the end.</param>
    /// <param name="inputSize">d.</param>
    /// <param name="hasGroups">Whether rows come with groups.</param>
    /// <exception cref="ArgumentException">A row is not one of a table.</exception>
    internal static IEnumerable<SourceBlock> Blocks(IRowCursor rows, int inputSize, bool hasGroups)
    {
        using (rows)
        {
            var block = new RowBlock(inputSize);
            var groups = new int?[RowBlock.Capacity];
            long number = 0, place = 0;
            while (rows.MoveNext())
            {
                int row = block.RowCount++;
                if (row == 0) place = rows.Place;
                RowChecks.Check(rows.Features, inputSize, rows.Label, rows.Weight, number++);
                for (int k = 0; k < inputSize; k++) block.Column(k)[row] = rows.Features[k];
                (block.Labels[row], block.Weights[row], groups[row]) = (rows.Label, rows.Weight, hasGroups ? rows.Group : null);
                if (row < RowBlock.Capacity - 1) continue;
                yield return Of(place);
                Array.Clear(block.Weights);
                block.RowCount = 0;
            }

            if (block.RowCount > 0) yield return Of(place);

            SourceBlock Of(long first) => new(block, hasGroups ? groups.AsMemory(0, block.RowCount) : default) { Place = first };
        }
    }
}
